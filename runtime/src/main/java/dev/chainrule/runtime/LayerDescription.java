package dev.chainrule.runtime;

import java.util.List;
import java.util.Objects;

/**
 * A fully connected layer of a network.
 *
 * @param units how many units it has, 1 or more
 * @param activation the name of their activation, as in the annotations, or its formula
 * @param value what the activation makes of the sum z, as {@link Formula#of} reads it; empty where that is not told
 * @param bias whether they have biases
 * @param letters the trainable letters of the formula, ascending
 */
public record LayerDescription(int units, String activation, String value, boolean bias, List<String> letters) {
    /**
     * Makes a description.
     *
     * @param units how many units it has, 1 or more
     * @param activation the name of their activation, as in the annotations, or its formula
     * @param value what the activation makes of the sum z, as {@link Formula#of} reads it; empty where that is not told
     * @param bias whether they have biases
     * @param letters the trainable letters of the formula, ascending
     * @throws IllegalArgumentException if there are no units
     */
    public LayerDescription {
        if (units < 1) {
            throw new IllegalArgumentException("units is " + units + "; expected 1 or more");
        }
        Objects.requireNonNull(activation, "activation");
        Objects.requireNonNull(value, "value");
        letters = List.copyOf(letters);
    }

    /**
     * Makes a description, as generated classes do.
     *
     * @param units how many units it has, 1 or more
     * @param activation the name of their activation, as in the annotations, or its formula
     * @param value what the activation makes of the sum z
     * @param bias whether they have biases
     * @param letters the trainable letters of the formula, ascending
     * @throws IllegalArgumentException if there are no units
     */
    public LayerDescription(int units, String activation, String value, boolean bias, String... letters) {
        this(units, activation, value, bias, List.of(letters));
    }

    /**
     * Makes a description that does not tell what the activation is.
     *
     * @param units how many units it has, 1 or more
     * @param activation the name of their activation, as in the annotations, or its formula
     * @param bias whether they have biases
     * @param letters the trainable letters of the formula, ascending
     * @throws IllegalArgumentException if there are no units
     */
    public LayerDescription(int units, String activation, boolean bias, String... letters) {
        this(units, activation, "", bias, letters);
    }

    /** As a network's topology has it: {@code 3(TANH)}, {@code 1(SIGMOID, no bias)}. */
    @Override
    public String toString() {
        return units + "(" + activation + (bias ? ")" : ", no bias)");
    }
}
