package dev.chainrule.runtime;

import java.io.Serializable;

/**
 * Those targets of a record that belong to one of the output layers.
 *
 * @param kind which targets the layer's loss has a meaning for
 * @param from the first of them
 * @param end the last (exclusive)
 * @serial exclude
 */
public record TargetSlice(TargetKind kind, int from, int end) implements Serializable {}
