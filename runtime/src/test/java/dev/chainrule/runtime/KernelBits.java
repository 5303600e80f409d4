package dev.chainrule.runtime;

import dev.chainrule.runtime.FloatKernelCase.Kernel;
import java.util.function.DoubleUnaryOperator;

/** A hash of what the kernels return for a hundred thousand arguments: run by {@link KernelSameBitsTest} in several JVMs. */
final class KernelBits {
    private static final int ARGUMENTS = 25_000;

    private KernelBits() {}

    public static void main(String[] args) {
        System.out.println(hashes());
    }

    /** That of the kernels in double, and that of those in float. */
    static String hashes() {
        return Long.toHexString(hash()) + " " + Long.toHexString(floatHash());
    }

    private static long hash() {
        long hash = hash(Kernels::exp);
        hash = 31 * hash + hash(Kernels::expm1);
        hash = 31 * hash + hash(Kernels::sigmoid);
        hash = 31 * hash + hash(Kernels::tanh);
        hash = 31 * hash + hash(Kernels::softplus);
        hash = 31 * hash + hash(Kernels::log);
        hash = 31 * hash + hash(Kernels::logCosh);
        hash = 31 * hash + hash(Kernels::huber);
        hash = 31 * hash + hash(Kernels::erf);
        hash = 31 * hash + hash(Kernels::log1p);
        hash = 31 * hash + hash(Kernels::sqrt);
        hash = 31 * hash + hash(Kernels::sin);
        hash = 31 * hash + hash(Kernels::cos);
        hash = 31 * hash + hash(Kernels::atan);
        return 31 * hash + hash(x -> Kernels.power(x, 7));
    }

    private static long floatHash() {
        long hash = floatHash(FloatKernels::exp);
        hash = 31 * hash + floatHash(FloatKernels::expm1);
        hash = 31 * hash + floatHash(FloatKernels::sigmoid);
        hash = 31 * hash + floatHash(FloatKernels::tanh);
        hash = 31 * hash + floatHash(FloatKernels::softplus);
        hash = 31 * hash + floatHash(FloatKernels::erf);
        hash = 31 * hash + floatHash(FloatKernels::log);
        hash = 31 * hash + floatHash(FloatKernels::log1p);
        hash = 31 * hash + floatHash(FloatKernels::sqrt);
        hash = 31 * hash + floatHash(FloatKernels::sin);
        hash = 31 * hash + floatHash(FloatKernels::cos);
        hash = 31 * hash + floatHash(FloatKernels::atan);
        return 31 * hash + floatHash(x -> FloatKernels.power(x, 7));
    }

    /** Half the arguments are any bits at all, half are of the size that occurs in networks. */
    private static long hash(DoubleUnaryOperator kernel) {
        long hash = 0;
        long random = 1;
        for (int i = 0; i < ARGUMENTS; i++) {
            random = random * 6364136223846793005L + 1442695040888963407L; // Knuth's MMIX generator
            hash = 31 * hash + bits(kernel.applyAsDouble(Double.longBitsToDouble(random)));
            hash = 31 * hash + bits(kernel.applyAsDouble((random >> 11) * 0x1p-47));
        }
        return hash;
    }

    private static long floatHash(Kernel kernel) {
        long hash = 0;
        int random = 1;
        for (int i = 0; i < ARGUMENTS; i++) {
            random = random * 1664525 + 1013904223; // Knuth and Lewis
            hash = 31 * hash + Float.floatToIntBits(kernel.at(Float.intBitsToFloat(random)));
            hash = 31 * hash + Float.floatToIntBits(kernel.at((random >> 8) * 0x1p-20f));
        }
        return hash;
    }

    /** The bits, one pattern for all NaNs: which of them an operation returns is left to the processor. */
    private static long bits(double x) {
        return Double.doubleToLongBits(x);
    }
}
