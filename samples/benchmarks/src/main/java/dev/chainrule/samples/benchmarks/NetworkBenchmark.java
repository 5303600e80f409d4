package dev.chainrule.samples.benchmarks;

import dev.chainrule.samples.benchmarks.contenders.FixedNetwork;
import dev.chainrule.samples.benchmarks.contenders.Generated;
import dev.chainrule.samples.benchmarks.contenders.Learner;
import dev.chainrule.samples.benchmarks.contenders.Numbers;
import dev.chainrule.samples.benchmarks.contenders.PlainLoops;
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

/**
 * The Java side of the speed table by JMH: nanoseconds a record. With {@code -prof gc} it shows that nothing is allocated:
 * {@code gc.alloc.rate.norm} is less than the smallest object, and {@code gc.alloc.rate} the same for all, as it is JMH's own.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class NetworkBenchmark {
    /** Whose computation it is. */
    public enum Implementation {
        GENERATED,
        PLAIN_LOOPS
    }

    @Param
    public FixedNetwork network;

    @Param
    public Implementation implementation;

    private Learner learner;
    private double[] inputs;
    private double[] targets;
    private double[][] inputRows;
    private double[][] targetRows;
    private double[] output;
    private int record;

    /** The numbers of the speed table. */
    @Setup
    public void prepare() {
        Numbers numbers = Numbers.of(network.shape());
        double[] parameters = numbers.parameters();
        learner = implementation == Implementation.GENERATED
                ? new Generated(network.generated(parameters))
                : new PlainLoops(network.shape(), parameters);
        inputs = numbers.inputs();
        targets = numbers.targets();
        inputRows = Numbers.rows(inputs);
        targetRows = Numbers.rows(targets);
        output = new double[network.shape().outputs()];
    }

    /** One record a call. */
    @Benchmark
    public double[] forward() {
        learner.forward(inputRows[next()], output);
        return output;
    }

    /** One record a call. */
    @Benchmark
    public double backprop() {
        int i = next();
        return learner.backprop(inputRows[i], targetRows[i]);
    }

    /** 64 records a call. */
    @Benchmark
    @OperationsPerInvocation(Numbers.RECORDS)
    public double backprop64() {
        return learner.backprop(inputs, targets, 0, Numbers.RECORDS);
    }

    private int next() {
        record = (record + 1) % Numbers.RECORDS;
        return record;
    }
}
