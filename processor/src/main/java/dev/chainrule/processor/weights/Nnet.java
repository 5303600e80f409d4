package dev.chainrule.processor.weights;

import dev.chainrule.annotations.Activation;
import dev.chainrule.processor.formula.Formulas;
import dev.chainrule.processor.network.ActivationFunction;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.TrainedNetwork;
import dev.chainrule.processor.resources.Quoted;
import dev.chainrule.processor.resources.UnusableFileException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A network in the text format <a href="https://github.com/sisl/NNet">NNet</a>: comments, sizes, limits and means and ranges of the
 * inputs and of the outputs, then of each layer the weights, a line a unit, and the biases. Inputs are limited and normalised, hidden
 * layers are ReLU, and outputs are scaled back.
 */
final class Nnet {
    private final Iterator<String> lines;

    private Nnet(List<String> lines) {
        this.lines = lines.iterator();
    }

    /**
     * The network of a text.
     *
     * @throws UnusableFileException if it is no such network
     */
    static TrainedNetwork read(String text, int mostParameters) throws UnusableFileException {
        List<String> lines = text.lines()
                .filter(line -> !line.isBlank() && !line.strip().startsWith("//"))
                .toList();
        return new Nnet(lines).network(mostParameters);
    }

    private TrainedNetwork network(int mostParameters) throws UnusableFileException {
        double[] sizes = numbers("the sizes", 4);
        int layers = whole(sizes[0], "the number of layers", Network.MOST_LAYERS);
        double[] units = numbers("the sizes of layers", layers + 1);
        int inputs = whole(units[0], "the number of inputs", Network.MOST_UNITS);
        numbers("a flag", 1);
        double[] least = numbers("the least inputs", inputs);
        double[] greatest = numbers("the greatest inputs", inputs);
        double[] means = numbers("means", inputs + 1);
        double[] ranges = numbers("ranges", inputs + 1);
        Chain chain = new Chain(inputs, mostParameters);
        ActivationFunction limits =
                Formulas.activation("clamp(z, p, p1)").value().orElseThrow();
        chain.activation(limits, least, greatest);
        chain.scale(
                Arrays.copyOf(means, inputs),
                IntStream.range(0, inputs)
                        .mapToDouble(i -> 1 / range(ranges[i]))
                        .toArray(),
                false);
        for (int layer = 1; layer <= layers; layer++) {
            layer(chain, whole(units[layer], "the size of layer " + layer, Network.MOST_UNITS));
            if (layer < layers) {
                chain.activation(ActivationFunction.Named.of(Activation.RELU));
            }
        }
        double[] mean = new double[chain.units()];
        double[] scale = new double[chain.units()];
        Arrays.fill(mean, means[inputs]);
        Arrays.fill(scale, 1 / range(ranges[inputs]));
        chain.scale(mean, scale, true);
        return chain.network();
    }

    /** A constant input has the range 0, and is not scaled. */
    private static double range(double range) {
        return range == 0 ? 1 : range;
    }

    private void layer(Chain chain, int units) throws UnusableFileException {
        int inputs = chain.units();
        double[] weights = chain.weights(units);
        for (int unit = 0; unit < units; unit++) {
            double[] row = numbers("weights", inputs);
            for (int from = 0; from < inputs; from++) {
                weights[from * units + unit] = row[from];
            }
        }
        double[] biases = new double[units];
        for (int unit = 0; unit < units; unit++) {
            biases[unit] = numbers("a bias", 1)[0];
        }
        chain.dense(units, weights, Optional.of(biases));
    }

    /** The numbers of a line, each followed by a comma or not. */
    private double[] numbers(String what, int count) throws UnusableFileException {
        String line = lines.hasNext() ? lines.next() : "";
        String[] parts = line.strip().replaceFirst(",$", "").split("\\s*,\\s*");
        double[] numbers = new double[0];
        try {
            numbers = Arrays.stream(parts)
                    .limit(count)
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        } catch (NumberFormatException e) {
            // They are too few then
        }
        if (numbers.length < count || !Arrays.stream(numbers).allMatch(Double::isFinite)) {
            throw new UnusableFileException(
                    "NotAModel",
                    "This is no network in the format NNet: where " + what + " are expected, " + count
                            + " numbers, it has " + Quoted.of(line) + ".");
        }
        return numbers;
    }

    private static int whole(double number, String what, int most) throws UnusableFileException {
        if (number < 1 || number > most || number != Math.rint(number)) {
            throw new UnusableFileException(
                    "NotAModel", "It has " + number + " as " + what + "; expected 1 to " + most + ".");
        }
        return (int) number;
    }
}
