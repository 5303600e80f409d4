package dev.chainrule.processor;

import static dev.chainrule.processor.testing.Vectors.assertSameBits;
import static dev.chainrule.processor.testing.Vectors.assertWithin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.PlainNetwork;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import dev.chainrule.runtime.FullGradientNetwork;
import dev.chainrule.runtime.TrainableNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks of a million parameters, and middle-sized ones that are written out in part and loops in part. */
class LargeNetworksTest {
    private static final int RECORDS = 2;

    /** The records of a range: a block of 64 and a part of another. */
    private static final int RANGE = 77;

    /** The step of difference quotients, for a direction of length 1. */
    private static final double STEP = 0x1p-9;

    /**
     * How far a derivative along a direction may be from the quotient, by the larger of 1 and itself. The worst that
     * was measured is a hundredth of this; one weight of a million that is left out is a hundred times as much.
     */
    private static final double QUOTIENT = 1e-8;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    @Tag("slow")
    void aMillionParametersCompileAndRun() {
        compilesAndRuns(Topologies.of(
                "Values", "2000-500-10", Activation.SILU, Activation.SIGMOID, Loss.SUM_OF_SQUARES, Unroll.AUTO));
    }

    @Test
    @Tag("long")
    void aMillionParametersOfClassesCompileAndRun() {
        compilesAndRuns(Topologies.of(
                "Classes",
                "1000-900-100-10",
                Activation.TANH,
                Activation.SOFTMAX,
                Loss.CATEGORICAL_CROSS_ENTROPY,
                Unroll.AUTO));
    }

    private static void compilesAndRuns(Topology topology) {
        assertThat(topology.parameters()).isGreaterThan(990_000);
        Records records = new Records(topology);
        Compiled compiled =
                Compiled.of(new NetworkProcessor(), List.of(topology.with(Unroll.AUTO), topology.with(Unroll.NONE)));
        List<TrainableNetwork> networks = variants(compiled, topology, records.parameters, Unroll.AUTO, Unroll.NONE);
        PlainNetwork plain = new PlainNetwork(topology, records.parameters);
        double[] input = records.input(0);
        double[] target = records.target(0);

        assertSameBits("output", outputs(networks.get(0), input), outputs(plain, input));
        assertSameResults(networks, records);
        isTheSlopeOfTheLoss(networks.get(0), plain, input, target);
    }

    @Test
    void manyInputsTakeRecordsOneByOne() {
        Topology topology =
                Topologies.of("Inputs", "16381-3-1", Activation.TANH, Activation.SIGMOID, Loss.HUBER, Unroll.AUTO);
        Records records = new Records(topology);
        Compiled compiled =
                Compiled.of(new NetworkProcessor(), List.of(topology.with(Unroll.AUTO), topology.with(Unroll.NONE)));
        assertThat(compiled.source(topology.with(Unroll.AUTO).networkName()))
                .contains("fromRecord")
                .doesNotContain("BLOCK");
        assertSameResults(variants(compiled, topology, records.parameters, Unroll.AUTO, Unroll.NONE), records);
    }

    static Stream<Topology> middleSized() {
        return Stream.of(
                middle("Sigmoids", "60-40-12", Activation.SIGMOID, Activation.SIGMOID, Loss.BINARY_CROSS_ENTROPY),
                middle("Classes", "60-40-12", Activation.TANH, Activation.SOFTMAX, Loss.CATEGORICAL_CROSS_ENTROPY),
                middle("Shares", "10-40-3-4", Activation.SOFTSIGN, Activation.SOFTMAX, Loss.LOG_COSH),
                middle("Gelu", "60-40-12", Activation.GELU_TANH, Activation.GELU_TANH, Loss.HUBER),
                middle("Selu", "10-40-30-4", Activation.SELU, Activation.SELU, Loss.MEAN_ABSOLUTE_ERROR),
                // Either side of where loops by tiles end: 8, 12, 16 and 24
                middle(
                        "Borders",
                        "12-16-13-17-24-18-8-20-9-16-25-30-1",
                        Activation.SOFTPLUS,
                        Activation.IDENTITY,
                        Loss.HUBER),
                middle("FullGradient", "26-20-2", Activation.ELU, Activation.SOFTMAX, Loss.MEAN_SQUARED_ERROR));
    }

    private static Compiled middle;

    @BeforeAll
    static void compileMiddleSized() {
        middle = Compiled.of(
                new NetworkProcessor(),
                middleSized()
                        .flatMap(topology -> Arrays.stream(Unroll.values()).map(topology::with))
                        .toList());
    }

    private static Topology middle(String name, String sizes, Activation hidden, Activation output, Loss loss) {
        return Topologies.of(name, sizes, hidden, output, loss, Unroll.AUTO);
    }

    @ParameterizedTest
    @MethodSource("middleSized")
    void loopedAndWrittenOutLayersHaveTheSameBits(Topology topology) {
        Records records = new Records(topology);
        List<TrainableNetwork> networks = variants(middle, topology, records.parameters, Unroll.values());
        PlainNetwork plain = new PlainNetwork(topology, records.parameters);
        for (int record = 0; record < RECORDS; record++) {
            double[] input = records.input(record);
            double[] target = records.target(record);
            assertSameBits("output", outputs(networks.get(0), input), outputs(plain, input));
            assertWithin(
                    "backprop",
                    gradient(networks.get(0), input, target),
                    gradient(plain, input, target),
                    1e-12,
                    plain.gradientMagnitude(input, target));
        }
        assertSameResults(networks, records);
    }

    /** What all networks compute, against the first of them. */
    private static void assertSameResults(List<TrainableNetwork> networks, Records records) {
        TrainableNetwork first = networks.get(0);
        for (TrainableNetwork network : networks.subList(1, networks.size())) {
            String of = " of " + network.getClass().getSimpleName();
            for (int record = 0; record < RECORDS; record++) {
                double[] input = records.input(record);
                double[] target = records.target(record);
                same("output" + of, network, first, n -> outputs(n, input));
                same("loss" + of, network, first, n -> new double[] {n.loss(input, target)});
                same("backprop" + of, network, first, n -> gradient(n, input, target));
                same("inputGradient" + of, network, first, n -> inputGradient(n, input, target));
                assertThat(network instanceof FullGradientNetwork)
                        .as("fullGradient" + of)
                        .isEqualTo(first instanceof FullGradientNetwork);
                if (network instanceof FullGradientNetwork full && first instanceof FullGradientNetwork other) {
                    assertSameBits(
                            "fullGradient" + of, fullGradient(full, input, target), fullGradient(other, input, target));
                }
            }
            same("backprop of all records" + of, network, first, n -> rangeGradient(n, records));
        }
        double[] gradient = new double[first.parameters().length];
        double[] outputs = new double[RANGE * first.outputs()];
        for (int record = 0; record < RANGE; record++) {
            first.backprop(records.input(record), records.target(record), gradient);
            double[] output = outputs(first, records.input(record));
            System.arraycopy(output, 0, outputs, record * output.length, output.length);
        }
        assertSameBits("backprop one by one", rangeGradient(first, records), gradient);
        assertSameBits("outputs one by one", rangeOutputs(first, records), outputs);
    }

    private static void same(
            String what, TrainableNetwork actual, TrainableNetwork expected, Function<TrainableNetwork, double[]> of) {
        assertSameBits(what, of.apply(actual), of.apply(expected));
    }

    /** The gradient along random directions, one for each layer's weights, each layer's biases and the inputs. */
    private static void isTheSlopeOfTheLoss(
            TrainableNetwork network, PlainNetwork plain, double[] input, double[] target) {
        double[] gradient = gradient(network, input, target);
        Random random = new Random(1);
        double[] parameters = plain.parameters();
        int from = 0;
        while (from < parameters.length) {
            String block = kind(plain, from);
            int to = from;
            while (to < parameters.length && kind(plain, to).equals(block)) {
                to++;
            }
            double[] direction = direction(from, to, random, parameters.length, gradient);
            double quotient = quotient(parameters, direction, () -> plain.loss(input, target));
            assertNear("dE along " + block, dot(gradient, direction), quotient);
            from = to;
        }
        double[] byInput = inputGradient(network, input, target);
        double[] direction = direction(0, input.length, random, input.length, byInput);
        double quotient = quotient(input, direction, () -> plain.loss(input, target));
        assertNear("dE along the inputs", dot(byInput, direction), quotient);
    }

    private static void assertNear(String what, double derivative, double quotient) {
        assertWithin(what, derivative, quotient, QUOTIENT * Math.max(1, Math.abs(quotient)));
    }

    /** {@code w2} for a weight of layer 2, {@code b2} for a bias. */
    private static String kind(TrainableNetwork network, int parameter) {
        String name = network.description().layout().name(parameter);
        return name.substring(0, name.indexOf('_'));
    }

    /** Of length 1, as random as it can be while E changes along it: signs mostly those of the gradient. */
    private static double[] direction(int from, int to, Random random, int length, double[] gradient) {
        double[] direction = new double[length];
        for (int i = from; i < to; i++) {
            direction[i] = (random.nextInt(4) == 0 ? -1 : 1) * (gradient[i] < 0 ? -1 : 1) / Math.sqrt(to - from);
        }
        return direction;
    }

    /** The derivative along a direction by central differences of two steps, extrapolated to none. */
    private static double quotient(double[] point, double[] direction, DoubleSupplier loss) {
        return (4 * centralDifference(point, direction, loss, STEP / 2)
                        - centralDifference(point, direction, loss, STEP))
                / 3;
    }

    private static double centralDifference(double[] point, double[] direction, DoubleSupplier loss, double h) {
        double[] centre = point.clone();
        Arrays.setAll(point, i -> centre[i] + h * direction[i]);
        double above = loss.getAsDouble();
        Arrays.setAll(point, i -> centre[i] - h * direction[i]);
        double below = loss.getAsDouble();
        System.arraycopy(centre, 0, point, 0, point.length);
        return (above - below) / (2 * h);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** The network by each {@link Unroll}. */
    private static List<TrainableNetwork> variants(
            Compiled compiled, Topology topology, double[] parameters, Unroll... unrolls) {
        return Arrays.stream(unrolls)
                .map(unroll -> compiled.instance(topology.with(unroll), parameters))
                .toList();
    }

    private static double[] outputs(TrainableNetwork network, double[] input) {
        double[] output = new double[network.outputs()];
        network.forward(input, output);
        return output;
    }

    private static double[] gradient(TrainableNetwork network, double[] input, double[] target) {
        double[] gradient = new double[network.parameters().length];
        network.backprop(input, target, gradient);
        return gradient;
    }

    private static double[] rangeGradient(TrainableNetwork network, Records records) {
        double[] gradient = new double[network.parameters().length];
        network.backprop(records.inputs, records.targets, 0, RANGE, gradient);
        return gradient;
    }

    private static double[] rangeOutputs(TrainableNetwork network, Records records) {
        double[] outputs = new double[RANGE * network.outputs()];
        network.forward(records.inputs, 0, RANGE, outputs);
        return outputs;
    }

    private static double[] fullGradient(FullGradientNetwork network, double[] input, double[] target) {
        double[] gradient = new double[network.parameters().length];
        network.fullGradient(input, target, gradient);
        return gradient;
    }

    private static double[] inputGradient(TrainableNetwork network, double[] input, double[] target) {
        double[] gradient = new double[network.inputs()];
        network.inputGradient(input, target, gradient);
        return gradient;
    }

    /** Parameters and records for a topology. */
    private static final class Records {
        final Topology topology;
        final double[] parameters;
        final double[] inputs;
        final double[] targets;

        Records(Topology topology) {
            Random random = new Random(topology.parameters());
            this.topology = topology;
            this.parameters = new double[topology.parameters()];
            this.inputs =
                    random.doubles((long) RANGE * topology.inputs(), -1, 1).toArray();
            this.targets = new double[RANGE * topology.outputs()];
            int index = 0;
            for (int layer = 1; layer <= topology.depth(); layer++) {
                int in = topology.units(layer - 1);
                for (int i = 0; i < (in + 1) * topology.units(layer); i++) {
                    parameters[index++] = 1.5 / Math.sqrt(in) * random.nextGaussian();
                }
            }
            // One output of each record is to be 1: right for every loss
            for (int record = 0; record < RANGE; record++) {
                targets[record * topology.outputs() + random.nextInt(topology.outputs())] = 1;
            }
        }

        double[] input(int record) {
            return Arrays.copyOfRange(inputs, record * topology.inputs(), (record + 1) * topology.inputs());
        }

        double[] target(int record) {
            return Arrays.copyOfRange(targets, record * topology.outputs(), (record + 1) * topology.outputs());
        }
    }
}
