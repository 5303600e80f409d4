package dev.chainrule.runtime.weights;

/** What loading is to put up with. */
public enum LoadOption {
    /** NaN and infinities are loaded like other values, where they would otherwise be refused. */
    ALLOW_NON_FINITE
}
