package dev.chainrule.processor;

import static dev.chainrule.processor.testing.Vectors.assertSameBits;
import static dev.chainrule.processor.testing.Vectors.assertWithin;

import dev.chainrule.processor.testing.Kinks;
import dev.chainrule.processor.testing.PlainNetwork;
import dev.chainrule.processor.testing.RandomNetwork;
import dev.chainrule.processor.testing.Topology;
import dev.chainrule.runtime.FullGradientNetwork;
import dev.chainrule.runtime.ParameterLayout;
import dev.chainrule.runtime.Perturbation;
import dev.chainrule.runtime.TrainableNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What holds for every generated network, checked on one of them. */
final class RandomNetworkChecks {
    /** Of the sum of absolute products: some 9000 roundings, while a product has a few and a sum of paths some hundreds. */
    private static final double ROUNDING = 1e-12;

    /**
     * The step of difference quotients. At {@code h = 2^-12} a smooth error leaves {@code h^4/480 = 7e-18} of its fifth
     * derivative after extrapolation, and its rounding of about {@code 1e-15 E} is divided by {@code h/3}, so that both are
     * near 1e-11. Measured on these networks, the worst is 1e-11 of the larger of 1, E and the sum of absolute products.
     */
    private static final double STEP = 0x1p-12;

    /** A hundred times the worst that was measured. */
    private static final double DIFFERENCE_QUOTIENT = 1e-9;

    private final RandomNetwork random;
    private final RandomNetwork many;
    private final PlainNetwork plain;
    private final List<TrainableNetwork> variants;
    private final int units;

    RandomNetworkChecks(RandomNetwork random, List<TrainableNetwork> variants) {
        this.random = random;
        this.many = random.withRecords(131);
        this.plain = new PlainNetwork(random.topology(), random.parameters());
        this.variants = variants;
        this.units = random.topology().layers().stream()
                .mapToInt(Topology.Layer::units)
                .sum();
    }

    void run() {
        TrainableNetwork first = variants.get(0);
        describesItself(first);
        for (int record = 0; record < RandomNetwork.RECORDS; record++) {
            double[] input = random.input(record);
            double[] target = random.target(record);
            hasTheBitsOfPlainLoops(first, input, target);
            hasTheGradientOfPlainLoops(first, input, target);
            for (TrainableNetwork variant : variants) {
                hasTheSameBits(variant, first, input, target);
            }
        }
        agreesWithDifferenceQuotients(first, random.input(0), random.target(0));
        for (TrainableNetwork variant : variants) {
            sumsRangesInOrder(variant);
            weighsRecords(variant);
        }
        addsToGradients(first, random.input(0), random.target(0));
    }

    /** By the specification, from another implementation's topology. */
    private String text(TrainableNetwork network) {
        int parameters = plain.parameters().length;
        return "%s %s, %d %s"
                .formatted(
                        network.getClass().getSimpleName(),
                        plain.declared().line(),
                        parameters,
                        parameters == 1 ? "parameter" : "parameters");
    }

    private void describesItself(TrainableNetwork network) {
        equal("topology", network.description().topology(), plain.declared().line());
        equal("description", network.description(), plain.description());
        equal("text", network.toString(), text(network));
        equal("inputs", network.inputs(), plain.inputs());
        equal("outputs", network.outputs(), plain.outputs());
        equal("number of parameters", network.parameters().length, plain.parameters().length);
        ParameterLayout names = plain.declared().layout();
        for (int i = 0; i < plain.parameters().length; i++) {
            equal("name of parameter " + i, network.description().layout().name(i), names.name(i));
        }
    }

    private void hasTheBitsOfPlainLoops(TrainableNetwork network, double[] input, double[] target) {
        assertSameBits("output", outputs(network, input), outputs(plain, input));
        assertSameBits("activations", activations(network, input), activations(plain, input));
        // Far out, where activations saturate
        double[] far = Arrays.stream(input).map(x -> 100 * x).toArray();
        assertSameBits("output far out", outputs(network, far), outputs(plain, far));

        double loss = plain.loss(input, target);
        assertWithin("loss", network.loss(input, target), loss, 1e-13 * Math.max(1, loss));
    }

    private void hasTheGradientOfPlainLoops(TrainableNetwork network, double[] input, double[] target) {
        double[] expected = new double[plain.parameters().length];
        double[] expectedByInput = new double[plain.inputs()];
        plain.backprop(input, target, expected);
        plain.inputGradient(input, target, expectedByInput);
        double[] scale = plain.gradientMagnitude(input, target);

        assertWithin("backprop", backprop(network, input, target), expected, ROUNDING, scale);
        if (network instanceof FullGradientNetwork full) {
            assertWithin("fullGradient", fullGradient(full, input, target), expected, ROUNDING, scale);
        }
        assertWithin(
                "inputGradient",
                inputGradient(network, input, target),
                expectedByInput,
                ROUNDING,
                plain.inputGradientMagnitude(input, target));
    }

    private void hasTheSameBits(TrainableNetwork network, TrainableNetwork other, double[] input, double[] target) {
        String loops = " in another Unroll";
        assertSameBits("output" + loops, outputs(network, input), outputs(other, input));
        assertSameBits("activations" + loops, activations(network, input), activations(other, input));
        assertSameBits("loss" + loops, network.loss(input, target), other.loss(input, target));
        assertSameBits("backprop" + loops, backprop(network, input, target), backprop(other, input, target));
        assertSameBits(
                "inputGradient" + loops, inputGradient(network, input, target), inputGradient(other, input, target));
        equal(
                "having a fullGradient" + loops,
                network instanceof FullGradientNetwork,
                other instanceof FullGradientNetwork);
        if (network instanceof FullGradientNetwork full && other instanceof FullGradientNetwork otherFull) {
            assertSameBits(
                    "fullGradient" + loops, fullGradient(full, input, target), fullGradient(otherFull, input, target));
        }
    }

    private void agreesWithDifferenceQuotients(TrainableNetwork network, double[] input, double[] target) {
        double[] coarse = new double[plain.parameters().length];
        double[] fine = coarse.clone();
        double error = new Perturbation(network, STEP).gradient(input, target, coarse);
        new Perturbation(network, STEP / 2).gradient(input, target, fine);

        double[] backprop = backprop(network, input, target);
        double[] numeric = new double[coarse.length];
        double[] scale = plain.gradientMagnitude(input, target);
        for (int i = 0; i < numeric.length; i++) {
            numeric[i] = (4 * fine[i] - coarse[i]) / 3;
            scale[i] = Math.max(scale[i], Math.max(1, error));
            boolean apart = Math.abs(numeric[i] - backprop[i]) > DIFFERENCE_QUOTIENT * scale[i];
            if (apart && Kinks.isBetween(plain, input, target, i, STEP)) {
                // Across a kink a difference quotient says nothing
                scale[i] = Double.POSITIVE_INFINITY;
            }
        }
        String quotients = ", against difference quotients";
        assertWithin("backprop" + quotients, backprop, numeric, DIFFERENCE_QUOTIENT, scale);
        if (network instanceof FullGradientNetwork full) {
            double[] fullGradient = fullGradient(full, input, target);
            assertWithin("fullGradient" + quotients, fullGradient, numeric, DIFFERENCE_QUOTIENT, scale);
        }
    }

    /** Ranges of few records, which go through the network alone, and of blocks of 64, whole and in part. */
    private void sumsRangesInOrder(TrainableNetwork network) {
        for (int[] range : new int[][] {{0, 0}, {3, 3}, {0, 1}, {1, 3}, {0, 7}, {2, 10}, {0, 64}, {5, 77}, {0, 131}}) {
            int from = range[0];
            int to = range[1];
            double[] expected = start();
            double expectedError = 0;
            double[] expectedOutputs = new double[131 * network.outputs()];
            for (int record = from; record < to; record++) {
                double[] input = many.input(record);
                expectedError += network.backprop(input, many.target(record), expected);
                double[] output = outputs(network, input);
                System.arraycopy(output, 0, expectedOutputs, record * output.length, output.length);
            }
            double[] gradient = start();
            double error = network.backprop(many.inputs(), many.targets(), from, to, gradient);
            double[] outputs = new double[expectedOutputs.length];
            network.forward(many.inputs(), from, to, outputs);

            String text = " of records " + from + " to " + to;
            assertSameBits("backprop" + text, gradient, expected);
            assertSameBits("error" + text, error, expectedError);
            assertSameBits("outputs" + text, outputs, expectedOutputs);
        }
    }

    /** Each record's derivatives count as often as its weight says; weights of 1 change no bit, also after others. */
    private void weighsRecords(TrainableNetwork network) {
        for (int[] range : new int[][] {{0, 0}, {1, 4}, {5, 77}}) {
            double[] weights = new Random(random.seed())
                    .doubles(131)
                    .map(x -> 4 * x * x - 0.5)
                    .map(x -> Math.max(0, x))
                    .toArray();
            double[] expected = new double[plain.parameters().length];
            double[] scale = new double[expected.length];
            double expectedError = 0;
            for (int record = range[0]; record < range[1]; record++) {
                double weight = weights[record];
                double[] one = backprop(network, many.input(record), many.target(record));
                double[] magnitude = plain.gradientMagnitude(many.input(record), many.target(record));
                for (int i = 0; i < one.length; i++) {
                    expected[i] += weight * one[i];
                    scale[i] += weight * Math.max(1, magnitude[i]);
                }
                expectedError += weight * network.loss(many.input(record), many.target(record));
            }
            double[] gradient = new double[expected.length];
            double error = network.backprop(many.inputs(), many.targets(), weights, range[0], range[1], gradient);
            String text = " of weighted records " + range[0] + " to " + range[1];
            assertWithin("backprop" + text, gradient, expected, ROUNDING, scale);
            assertWithin("error" + text, error, expectedError, 1e-13 * Math.max(1, expectedError));

            double[] unweighted = start();
            double sum = network.backprop(many.inputs(), many.targets(), range[0], range[1], unweighted);
            double[] ones = start();
            Arrays.fill(weights, 1);
            assertSameBits(
                    "error with weights of 1" + text,
                    network.backprop(many.inputs(), many.targets(), weights, range[0], range[1], ones),
                    sum);
            assertSameBits("backprop with weights of 1" + text, ones, unweighted);
        }
    }

    /** The gradient is what was there before, plus what is added to zeros; the error is that of loss(). */
    private void addsToGradients(TrainableNetwork network, double[] input, double[] target) {
        double loss = network.loss(input, target);
        double[] gradient = start();
        assertSameBits("error of backprop", network.backprop(input, target, gradient), loss);
        assertWithin(
                "backprop, added",
                gradient,
                sum(start(), backprop(network, input, target)),
                1e-15,
                magnitude(gradient));

        if (network instanceof FullGradientNetwork full) {
            double[] fullGradient = start();
            assertSameBits("error of fullGradient", full.fullGradient(input, target, fullGradient), loss);
            double[] expected = sum(start(), fullGradient(full, input, target));
            assertWithin("fullGradient, added", fullGradient, expected, 1e-15, magnitude(fullGradient));
        }

        double[] inputGradient = Arrays.copyOf(input, input.length);
        assertSameBits("error of inputGradient", network.inputGradient(input, target, inputGradient), loss);
        double[] expected = sum(input, inputGradient(network, input, target));
        assertWithin("inputGradient, added", inputGradient, expected, 1e-15, magnitude(inputGradient));
    }

    /** A gradient that is not zero before. */
    private double[] start() {
        return new Random(random.seed())
                .doubles(plain.parameters().length, -1, 1)
                .toArray();
    }

    private double[] activations(TrainableNetwork network, double[] input) {
        double[] activations = new double[units];
        network.activations(input, activations);
        return activations;
    }

    private static double[] outputs(TrainableNetwork network, double[] input) {
        double[] output = new double[network.outputs()];
        network.forward(input, output);
        return output;
    }

    private static double[] backprop(TrainableNetwork network, double[] input, double[] target) {
        double[] gradient = new double[network.parameters().length];
        network.backprop(input, target, gradient);
        return gradient;
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

    private static double[] sum(double[] a, double[] b) {
        double[] sum = new double[a.length];
        Arrays.setAll(sum, i -> a[i] + b[i]);
        return sum;
    }

    private static double[] magnitude(double[] gradient) {
        return Arrays.stream(gradient)
                .map(value -> Math.max(1, Math.abs(value)))
                .toArray();
    }

    private static void equal(String what, Object actual, Object expected) {
        if (!actual.equals(expected)) {
            throw new AssertionError("%s is %s; expected %s".formatted(what, actual, expected));
        }
    }
}
