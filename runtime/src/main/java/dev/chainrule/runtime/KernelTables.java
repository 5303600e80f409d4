package dev.chainrule.runtime;

/**
 * The tables behind {@link Kernels}, for generated classes that are to run without this library: for each row of a table the value
 * at its node as the sum of two doubles, the slope there, and a double without meaning.
 */
public final class KernelTables {
    private KernelTables() {}

    /** {@return a copy of the table of {@link Kernels#sigmoid}} */
    public static double[] sigmoid() {
        return Nodes.Sigmoid.TABLE.clone();
    }

    /** {@return a copy of the table of {@link Kernels#tanh}} */
    public static double[] tanh() {
        return Nodes.Tanh.TABLE.clone();
    }

    /** {@return a copy of the table of {@link Kernels#softplus}} */
    public static double[] softplus() {
        return Nodes.Softplus.TABLE.clone();
    }

    /** {@return a copy of the table of {@link Kernels#exp}: powers of two, each followed by its relative error} */
    public static double[] exp() {
        return PowersOfTwo.TABLE.clone();
    }
}
