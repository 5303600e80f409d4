package dev.chainrule.processor.code;

/**
 * A private field in which methods of one instance leave values for each other.
 *
 * @param name the field's name, {@code a1} or {@code max2}
 * @param size the array's length, or 0 for a single double
 */
public record Scratch(String name, int size) {}
