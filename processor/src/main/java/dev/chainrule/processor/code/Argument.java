package dev.chainrule.processor.code;

/** What a method is given. */
public enum Argument {
    /** The arrays in which methods leave values for each other, where these are not fields of an instance. */
    SCRATCH,
    /** The record's inputs. */
    INPUTS,
    /** The record's targets. */
    TARGETS,
    /** The array for the outputs. */
    OUTPUT,
    /** The array for the values of all units. */
    ACTIVATIONS,
    /** The number of the output that is derived. */
    CHOSEN,
    /** The array that says how what moves does so. */
    DIRECTION,
    /** The array that the gradient is added to. */
    GRADIENT,
    /** The array that derivatives of an output are written to, and where in it. */
    JACOBIAN
}
