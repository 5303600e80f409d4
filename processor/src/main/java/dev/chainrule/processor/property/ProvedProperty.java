package dev.chainrule.processor.property;

/**
 * A property that holds.
 *
 * @param boxes how many boxes of inputs the proof takes
 * @param margin the tightest of the bounds that prove it
 */
public record ProvedProperty(Property property, int boxes, double margin) {}
