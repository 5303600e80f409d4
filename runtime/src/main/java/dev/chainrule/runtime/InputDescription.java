package dev.chainrule.runtime;

import java.util.Objects;

/**
 * {@code state:8}, or {@code rank:1 of 4 categories from 1}: a part of a network's input, the numbers of a record that
 * follow those of the parts before it. Of categories, the record has the number of one, and the network a unit for
 * each, which is 1 for that one and 0 for the others.
 *
 * @param name by which layers read it; empty for the one part of an input that is not told apart
 * @param size how many numbers of a record it is, 1 or more; 1 where it has categories
 * @param categories how many categories the number tells apart, 2 or more, or 0 where it is a quantity
 * @param first the number of the first category
 */
public record InputDescription(String name, int size, int categories, int first) {
    /**
     * Makes a description, as generated classes do.
     *
     * @param name by which layers read it; empty for the one part of an input that is not told apart
     * @param size how many numbers of a record it is, 1 or more; 1 where it has categories
     * @param categories how many categories the number tells apart, 2 or more, or 0 where it is a quantity
     * @param first the number of the first category
     * @throws IllegalArgumentException if {@code size} or {@code categories} is another number
     */
    public InputDescription {
        Objects.requireNonNull(name, "name");
        String what = name.isEmpty() ? "inputs" : "the size of input " + name;
        if (size < 1 || categories != 0 && size != 1) {
            throw new IllegalArgumentException(
                    what + " is " + size + "; expected " + (categories == 0 ? "1 or more" : "1, as it has categories"));
        }
        if (categories != 0 && categories < 2) {
            throw new IllegalArgumentException("the number of categories of input " + name + " is " + categories
                    + "; expected 2 or more, or 0 for a quantity");
        }
    }

    /**
     * Quantities.
     *
     * @param name by which layers read them; empty for the one part of an input that is not told apart
     * @param size how many they are, 1 or more
     * @throws IllegalArgumentException if there are none
     */
    public InputDescription(String name, int size) {
        this(name, size, 0, 0);
    }

    /**
     * Categories, of which a record has the number of one.
     *
     * @param name by which layers read it
     * @param categories how many there are, 2 or more
     * @param first the number of the first one
     * @throws IllegalArgumentException if there are fewer
     */
    public InputDescription(String name, int categories, int first) {
        this(name, 1, categories, first);
    }

    /** {@return how many units it is to the layers that read it} */
    public int units() {
        return categories > 0 ? categories : size;
    }

    /** As a network's topology has it. */
    @Override
    public String toString() {
        String text = LayerDescription.source(name) + ":" + size;
        return categories == 0 ? text : text + " of " + categories + " categories from " + first;
    }
}
