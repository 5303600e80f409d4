package dev.chainrule.processor.testing;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A random network with records for it, the same for a seed on every JVM.
 *
 * @param inputs {@link #RECORDS} records, row-major
 * @param targets as many, suited to the loss
 */
public record RandomNetwork(long seed, Topology topology, double[] parameters, double[] inputs, double[] targets) {
    public static final int RECORDS = 3;

    private static final List<Activation> HIDDEN = List.of(Activation.values());

    /** The network of a seed. */
    public static RandomNetwork of(long seed) {
        // Scrambled, for the first numbers of neighbouring seeds are alike
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        Topology topology = topology(seed, random);
        while (hasLongFullGradient(topology) && random.nextInt(8) != 0) {
            topology = topology(seed, random);
        }
        return new RandomNetwork(
                seed, topology, parameters(topology, random), inputs(topology, random), targets(topology, random));
    }

    /** The same with more records: these, one after the other again and again, each time with smaller inputs. */
    public RandomNetwork withRecords(int count) {
        double[] moreInputs = new double[count * topology.inputs()];
        double[] moreTargets = new double[count * topology.outputs()];
        for (int i = 0; i < moreInputs.length; i++) {
            moreInputs[i] = inputs[i % inputs.length] / (1 + i / inputs.length);
        }
        for (int i = 0; i < moreTargets.length; i++) {
            moreTargets[i] = targets[i % targets.length];
        }
        return new RandomNetwork(seed, topology, parameters, moreInputs, moreTargets);
    }

    /** The inputs of one record. */
    public double[] input(int record) {
        return Arrays.copyOfRange(inputs, record * topology.inputs(), (record + 1) * topology.inputs());
    }

    /** The targets of one record. */
    public double[] target(int record) {
        return Arrays.copyOfRange(targets, record * topology.outputs(), (record + 1) * topology.outputs());
    }

    private static Topology topology(long seed, Random random) {
        int widest = widest(random);
        int depth = oneOf(List.of(1, 1, 2, 2, 2, 3, 3, 3, 4, 5), random);
        List<Topology.Layer> layers = new ArrayList<>();
        for (int layer = 1; layer < depth; layer++) {
            layers.add(new Topology.Layer(1 + random.nextInt(widest), oneOf(HIDDEN, random), bias(random)));
        }
        Loss loss = oneOf(List.of(Loss.values()), random);
        Activation output = switch (loss) {
            case BINARY_CROSS_ENTROPY -> Activation.SIGMOID;
            case CATEGORICAL_CROSS_ENTROPY -> Activation.SOFTMAX;
            default -> oneOf(List.of(Activation.values()), random);
        };
        layers.add(new Topology.Layer(1 + random.nextInt(widest), output, bias(random)));
        Unroll unroll = oneOf(List.of(Unroll.values()), random);
        return new Topology("Random" + seed, 1 + random.nextInt(widest), layers, loss, unroll);
    }

    /**
     * Whether the equations of the full gradient are long, but not too long to be generated. Compiling them takes most of the
     * time, so most such networks are drawn again.
     */
    private static boolean hasLongFullGradient(Topology topology) {
        long paths = 1;
        long terms = 0;
        for (int layer = topology.depth(); layer >= 1; layer--) {
            int perUnit = topology.units(layer - 1) + (topology.layer(layer).bias() ? 1 : 0);
            terms += perUnit * topology.units(layer) * paths;
            paths *= topology.units(layer);
        }
        return terms > 500 && terms <= 10_000;
    }

    /** The units of the widest layer there can be: mostly 4, at times 8, now and then 40. */
    private static int widest(Random random) {
        int kind = random.nextInt(100);
        return kind < 85 ? 4 : kind < 95 ? 8 : 40;
    }

    private static boolean bias(Random random) {
        return random.nextInt(4) != 0;
    }

    /** N(0, 1.5 / sqrt(in)), so that pre-activations are neither small nor far out, however wide the layer. */
    private static double[] parameters(Topology topology, Random random) {
        double[] parameters = new double[topology.parameters()];
        int index = 0;
        for (int layer = 1; layer <= topology.depth(); layer++) {
            int in = topology.units(layer - 1);
            int biases = topology.layer(layer).bias() ? 1 : 0;
            for (int i = 0; i < (in + biases) * topology.units(layer); i++) {
                parameters[index++] = 1.5 / Math.sqrt(in) * random.nextGaussian();
            }
        }
        return parameters;
    }

    /** N(0, 1), and now and then 0. */
    private static double[] inputs(Topology topology, Random random) {
        double[] inputs = new double[RECORDS * topology.inputs()];
        Arrays.setAll(inputs, i -> random.nextInt(20) == 0 ? 0 : random.nextGaussian());
        return inputs;
    }

    private static double[] targets(Topology topology, Random random) {
        int outputs = topology.outputs();
        double[] targets = new double[RECORDS * outputs];
        for (int record = 0; record < RECORDS; record++) {
            double[] target = target(topology.loss(), outputs, random);
            System.arraycopy(target, 0, targets, record * outputs, outputs);
        }
        return targets;
    }

    private static double[] target(Loss loss, int outputs, Random random) {
        double[] target = new double[outputs];
        boolean hard = random.nextBoolean();
        switch (loss) {
            case BINARY_CROSS_ENTROPY -> Arrays.setAll(target, j -> hard ? random.nextInt(2) : random.nextDouble());
            case CATEGORICAL_CROSS_ENTROPY -> {
                Arrays.setAll(target, j -> hard ? 0 : 1 + random.nextInt(9));
                target[random.nextInt(outputs)] += 1;
                double sum = Arrays.stream(target).sum();
                Arrays.setAll(target, j -> target[j] / sum);
            }
            default -> Arrays.setAll(target, j -> random.nextGaussian());
        }
        return target;
    }

    private static <T> T oneOf(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }

    /** What to reproduce a failure with. */
    @Override
    public String toString() {
        return "seed " + seed + ": " + topology;
    }
}
