package dev.chainrule.processor.testing;

import dev.chainrule.runtime.TrainableNetwork;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;

/** A graph with numbers, and records of which the first is true to tell. */
public record GraphCase(
        GraphNetwork declared, double[] parameters, double[] constants, double[] inputs, double[] targets) {
    /** As many as a block and a few more. */
    public static final int RECORDS = 75;

    /** The case of a seed. */
    public static GraphCase of(long seed) {
        GraphNetwork declared = RandomGraph.of(seed);
        Random random = new Random(seed);
        double[] parameters =
                random.doubles(GraphTruth.parameters(declared), -1, 1).toArray();
        double[] constants =
                random.doubles(GraphTruth.constants(declared), 0.5, 1.5).toArray();
        double[] inputs = Stream.generate(() -> input(declared, random))
                .limit(RECORDS)
                .flatMapToDouble(Arrays::stream)
                .toArray();
        double[] targets = Stream.generate(() -> target(declared, random))
                .limit(RECORDS)
                .flatMapToDouble(Arrays::stream)
                .toArray();
        return new GraphCase(declared, parameters, constants, inputs, targets);
    }

    private static double[] input(GraphNetwork declared, Random random) {
        return declared.parts().stream()
                .flatMapToDouble(part -> part.categories() > 0
                        ? Arrays.stream(new double[] {part.first() + random.nextInt(part.categories())})
                        : random.doubles(part.size(), -1, 1))
                .toArray();
    }

    private static double[] target(GraphNetwork declared, Random random) {
        return declared.outputs().stream()
                .flatMapToDouble(output -> {
                    double[] targets =
                            random.doubles(declared.units(output.layer())).toArray();
                    double sum = Arrays.stream(targets).sum();
                    return Arrays.stream(targets).map(target -> target / sum);
                })
                .toArray();
    }

    /** The inputs of a record. */
    public double[] input(int record) {
        int width = inputs.length / RECORDS;
        return Arrays.copyOfRange(inputs, record * width, (record + 1) * width);
    }

    /** Its targets. */
    public double[] target(int record) {
        int width = targets.length / RECORDS;
        return Arrays.copyOfRange(targets, record * width, (record + 1) * width);
    }

    /** Its network, compiled from a declaration {@link #with} how it is unrolled. */
    public TrainableNetwork of(Compiled compiled, String unroll) {
        return compiled.instance(with(unroll), parameters, constants);
    }

    /** Its declaration with how it is unrolled. */
    public GraphNetwork with(String unroll) {
        return declared.with(unroll, ", unroll = Unroll." + unroll);
    }
}
