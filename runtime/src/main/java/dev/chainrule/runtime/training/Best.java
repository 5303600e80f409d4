package dev.chainrule.runtime.training;

/** Which of two values of a measure is the better one. */
public enum Best {
    /** The lesser, as of errors. */
    LEAST,
    /** The greater, as of accuracies. */
    GREATEST
}
