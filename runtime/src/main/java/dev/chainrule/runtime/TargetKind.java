package dev.chainrule.runtime;

/** Which targets a network's loss has a meaning for. */
public enum TargetKind {
    /** Any finite numbers. */
    ANY,
    /** Each in [0, 1], as for the binary cross-entropy. */
    PROBABILITIES,
    /** Each in [0, 1] and together 1, as for the categorical cross-entropy. */
    DISTRIBUTION
}
