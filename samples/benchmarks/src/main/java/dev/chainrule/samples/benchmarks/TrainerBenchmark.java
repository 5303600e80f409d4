package dev.chainrule.samples.benchmarks;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Layer;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;
import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.training.History;
import dev.chainrule.runtime.training.Initializers;
import dev.chainrule.runtime.training.Optimizer;
import dev.chainrule.runtime.training.OptimizerState;
import dev.chainrule.runtime.training.Optimizers;
import dev.chainrule.runtime.training.Records;
import dev.chainrule.runtime.training.Trainer;
import java.util.Arrays;
import java.util.Random;
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
 * What the trainer costs besides the gradient and the update: nanoseconds a record of {@code trainer} against a loop that does
 * nothing but these two, {@code gradientAndUpdate}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class TrainerBenchmark {
    private static final int RECORDS = 1024;
    private static final int BATCH = 64;
    private static final int EPOCHS = 20;

    /** The network, by its shape. */
    @Param({"2-2-2-2", "6-2-1", "16-32-32-4"})
    public String shape;

    private TrainableNetwork network;
    private Records records;
    private final Optimizer optimizer = Optimizers.gradientDescent(1e-3);
    private Trainer trainer;

    /** The identity network of the documents. */
    @Network(
            inputs = 2,
            layers = {
                @Layer(units = 2, activation = Activation.SIGMOID),
                @Layer(units = 2, activation = Activation.SIGMOID),
                @Layer(units = 2, activation = Activation.SIGMOID)
            },
            loss = Loss.SUM_OF_SQUARES)
    interface Small {}

    /** The larger network of the admissions data. */
    @Network(
            inputs = 6,
            layers = {
                @Layer(units = 2, activation = Activation.SIGMOID, bias = false),
                @Layer(units = 1, activation = Activation.SIGMOID, bias = false)
            },
            loss = Loss.HALF_SUM_OF_SQUARES)
    interface Admissions {}

    /** A network that is written out in several methods, or looped. */
    @Network(
            inputs = 16,
            layers = {
                @Layer(units = 32, activation = Activation.TANH),
                @Layer(units = 32, activation = Activation.TANH),
                @Layer(units = 4, activation = Activation.TANH)
            },
            loss = Loss.SUM_OF_SQUARES)
    interface Medium {}

    /** Makes the network, records for it, and a trainer. */
    @Setup
    public void setUp() {
        network = switch (shape) {
            case "2-2-2-2" -> new TrainerBenchmark_SmallNetwork();
            case "6-2-1" -> new TrainerBenchmark_AdmissionsNetwork();
            default -> new TrainerBenchmark_MediumNetwork();
        };
        Initializers.glorotUniform().initialize(network, 1);
        Random random = new Random(1);
        double[] inputs =
                random.doubles((long) RECORDS * network.inputs(), -1, 1).toArray();
        double[] targets =
                random.doubles((long) RECORDS * network.outputs(), 0, 1).toArray();
        records = Records.wrap(inputs, network.inputs(), targets, network.outputs());
        trainer = Trainer.builder()
                .optimizer(optimizer)
                .batchSize(BATCH)
                .epochs(EPOCHS)
                .build();
    }

    /** A training, all that the trainer does for each step and epoch included. */
    @Benchmark
    @OperationsPerInvocation(RECORDS * EPOCHS)
    public History trainer() {
        return trainer.train(network, records);
    }

    /** The same gradients, averages and updates. */
    @Benchmark
    @OperationsPerInvocation(RECORDS * EPOCHS)
    public double gradientAndUpdate() {
        double[] parameters = network.parameters();
        double[] gradient = new double[parameters.length];
        OptimizerState state = optimizer.start(parameters.length);
        double error = 0;
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            for (int from = 0; from < RECORDS; from += BATCH) {
                Arrays.fill(gradient, 0);
                error += network.backprop(records.inputs(), records.targets(), from, from + BATCH, gradient);
                for (int i = 0; i < gradient.length; i++) {
                    gradient[i] /= BATCH;
                }
                state.step(parameters, gradient, optimizer.learningRate());
            }
        }
        return error;
    }
}
