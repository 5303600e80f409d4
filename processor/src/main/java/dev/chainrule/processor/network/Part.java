package dev.chainrule.processor.network;

/**
 * A part of the input.
 *
 * @param name empty for an input of one part without a name
 * @param first where its numbers begin in a record
 * @param size how many they are
 * @param categories how many units its only number becomes, or 0 where each number is a unit
 * @param firstCategory the number for which the first of them is 1
 */
public record Part(String name, int first, int size, int categories, int firstCategory) {
    /** An input of one part without a name. */
    public static Part whole(int size) {
        return new Part("", 0, size, 0, 0);
    }

    /** Whether its number tells a category. */
    public boolean isCategory() {
        return categories > 0;
    }

    /** How many units layers see. */
    public int units() {
        return isCategory() ? categories : size;
    }

    /** What a layer reads where it reads this part. */
    public Source source() {
        return new Source(0, isCategory() ? 0 : first, units(), isCategory() ? name : "");
    }

    /** As a network's topology has it. */
    String topology() {
        return (name.isEmpty() ? "input" : name) + ":"
                + (isCategory() ? "1 of " + categories + " categories from " + firstCategory : size);
    }
}
