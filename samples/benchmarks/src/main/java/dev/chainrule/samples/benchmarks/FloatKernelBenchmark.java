package dev.chainrule.samples.benchmarks;

import dev.chainrule.runtime.FloatKernels;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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

/** {@link KernelBenchmark} in {@code float}: nanoseconds a call. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 6, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 20, time = 100, timeUnit = TimeUnit.MILLISECONDS)
public class FloatKernelBenchmark {
    private static final int CALLS = 1024;

    /** From float to float. */
    private interface FloatOperator {
        float apply(float x);
    }

    /** The function; each runs in a JVM of its own, so that the call is inlined as it would be in a network. */
    public enum Function {
        EXP(FloatKernels::exp),
        EXPM1(FloatKernels::expm1),
        SIGMOID(FloatKernels::sigmoid),
        TANH(FloatKernels::tanh),
        SOFTPLUS(FloatKernels::softplus);

        private final FloatOperator kernel;

        Function(FloatOperator kernel) {
            this.kernel = kernel;
        }
    }

    @Param
    public Function function;

    private FloatOperator operator;
    private final float[] arguments = new float[CALLS];
    private final float[] results = new float[CALLS];

    /** Arguments as they occur in a network: about normal, within 8 of zero. */
    @Setup
    public void prepare() {
        operator = function.kernel;
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < CALLS; i++) {
            arguments[i] = (float) random.doubles(4, -2, 2).sum();
        }
    }

    /** Calls that do not wait for each other, as those of the units of one layer. */
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public float[] independent() {
        FloatOperator f = operator;
        for (int i = 0; i < CALLS; i++) {
            results[i] = f.apply(arguments[i]);
        }
        return results;
    }

    /** Calls each of which waits for the one before, as from layer to layer; the multiply-add in between counts, too. */
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public float chained() {
        FloatOperator f = operator;
        float y = 0;
        for (int i = 0; i < CALLS; i++) {
            y = f.apply(Math.fma(y, 1e-9f, arguments[i]));
        }
        return y;
    }
}
