package dev.chainrule.samples.benchmarks;

import dev.chainrule.runtime.ExactFma;
import dev.chainrule.runtime.Kernels;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleUnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The kernels against what one would write with {@link Math}: nanoseconds a call. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 6, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 20, time = 100, timeUnit = TimeUnit.MILLISECONDS)
public class KernelBenchmark {
    private static final int CALLS = 1024;

    /** The function; each runs in a JVM of its own, so that the call is inlined as it would be in a network. */
    public enum Function {
        EXP(Kernels::exp, Math::exp),
        EXPM1(Kernels::expm1, Math::expm1),
        SIGMOID(Kernels::sigmoid, z -> 1 / (1 + Math.exp(-z))),
        TANH(Kernels::tanh, Math::tanh),
        SOFTPLUS(Kernels::softplus, z -> Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)))),
        LOG_COSH(Kernels::logCosh, d -> Math.abs(d) + Math.log1p(Math.exp(-2 * Math.abs(d))) - Math.log(2)),
        /** Where the JVM has no instruction for it, as with {@code -jvmArgs -XX:-UseFMA}, it is {@link Math} that is slow. */
        FMA(x -> ExactFma.fma(x, x, 0.5), x -> Math.fma(x, x, 0.5));

        private final DoubleUnaryOperator kernel;
        private final DoubleUnaryOperator math;

        Function(DoubleUnaryOperator kernel, DoubleUnaryOperator math) {
            this.kernel = kernel;
            this.math = math;
        }
    }

    /** Whose function it is. */
    public enum Implementation {
        KERNELS,
        MATH
    }

    @Param
    public Function function;

    @Param
    public Implementation implementation;

    private DoubleUnaryOperator operator;
    private final double[] arguments = new double[CALLS];
    private final double[] results = new double[CALLS];

    /** Arguments as they occur in a network: about normal, within 8 of zero. */
    @Setup
    public void prepare() {
        operator = implementation == Implementation.KERNELS ? function.kernel : function.math;
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < CALLS; i++) {
            arguments[i] = random.doubles(4, -2, 2).sum();
        }
    }

    /** Calls that do not wait for each other, as those of the units of one layer. */
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public double[] independent() {
        DoubleUnaryOperator f = operator;
        for (int i = 0; i < CALLS; i++) {
            results[i] = f.applyAsDouble(arguments[i]);
        }
        return results;
    }

    /** Calls each of which waits for the one before, as from layer to layer; the multiply-add in between counts, too. */
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public double chained() {
        DoubleUnaryOperator f = operator;
        double y = 0;
        for (int i = 0; i < CALLS; i++) {
            y = f.applyAsDouble(Math.fma(y, 1e-9, arguments[i]));
        }
        return y;
    }
}
