package dev.chainrule.processor.property;

/**
 * A property that holds.
 *
 * @param boxes how many boxes of inputs the proof takes
 * @param margin the tightest of the bounds that prove it
 * @param key what tells that the proof is of this property of this network
 * @param proof for a certificate
 */
public record ProvedProperty(Property property, int boxes, double margin, String key, String proof) {}
