package dev.chainrule.processor.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a network with formulas computes, by an oracle of their texts, with all derivatives of the loss in forward mode. */
public final class FormulaTruth {
    private static final Pattern QUOTED = Pattern.compile("\"(.*)\"");

    private static final Pattern NAME = Pattern.compile("(?<![\\w.])[A-Za-z]\\w*+(?!\\s*\\()");

    private final FormulaNetwork network;
    private final int variables;
    private boolean isNearTie;

    private FormulaTruth(FormulaNetwork network) {
        this.network = network;
        this.variables = parameters(network) + network.inputs();
    }

    /**
     * The true numbers of a record.
     *
     * @param sizes the scales of the outputs
     * @param gradient by the parameters, and then by the inputs
     */
    public record Record(
            double[] outputs,
            double[] sizes,
            double loss,
            double lossSize,
            double[] gradient,
            double[] gradientSizes) {}

    /** The letters of a formula, in order. */
    public static List<String> letters(String activation) {
        TreeSet<String> letters = new TreeSet<>();
        Matcher quoted = QUOTED.matcher(activation);
        if (quoted.find()) {
            Matcher name = NAME.matcher(quoted.group(1).replaceAll(";.*", ""));
            while (name.find()) {
                letters.add(name.group());
            }
        }
        letters.removeAll(List.of("z", "pi"));
        return List.copyOf(letters);
    }

    /** The number of weights, biases and letters. */
    public static int parameters(FormulaNetwork network) {
        int parameters = 0;
        int inputs = network.inputs();
        for (FormulaNetwork.Layer layer : network.layers()) {
            int ofUnit = inputs
                    + (layer.bias() ? 1 : 0)
                    + letters(layer.activation()).size();
            parameters += ofUnit * layer.units();
            inputs = layer.units();
        }
        return parameters;
    }

    /** What it makes of a record; empty where a comparison is too close to tell, or numbers get out of hand. */
    public static Optional<Record> of(FormulaNetwork network, double[] parameters, double[] input, double[] target) {
        return new FormulaTruth(network).record(parameters, input, target);
    }

    private Optional<Record> record(double[] parameters, double[] input, double[] target) {
        List<Dual> p = new ArrayList<>();
        for (int i = 0; i < parameters.length; i++) {
            p.add(Dual.variable(parameters[i], i, variables));
        }
        List<Dual> values = new ArrayList<>();
        for (int i = 0; i < input.length; i++) {
            values.add(Dual.variable(input[i], parameters.length + i, variables));
        }
        int from = 0;
        for (FormulaNetwork.Layer layer : network.layers()) {
            int ofUnit = values.size()
                    + (layer.bias() ? 1 : 0)
                    + letters(layer.activation()).size();
            values = layer(layer, values, p.subList(from, from + ofUnit * layer.units()));
            from += ofUnit * layer.units();
        }
        Matcher quoted = QUOTED.matcher(network.loss());
        if (!quoted.find()) {
            throw new IllegalArgumentException("no formula of a loss: " + network.loss());
        }
        FormulaOracle.Result loss = FormulaOracle.ofLoss(quoted.group(1), values, target, variables);
        if (isNearTie
                || loss.isNearTie()
                || !loss.value().isTame()
                || !values.stream().allMatch(Dual::isTame)) {
            return Optional.empty();
        }
        return Optional.of(new Record(
                values.stream().mapToDouble(Dual::value).toArray(),
                values.stream().mapToDouble(Dual::size).toArray(),
                loss.value().value(),
                loss.value().size(),
                loss.value().slopes(),
                loss.value().slopeSizes()));
    }

    private List<Dual> layer(FormulaNetwork.Layer layer, List<Dual> values, List<Dual> p) {
        int units = layer.units();
        List<Dual> sums = new ArrayList<>();
        for (int j = 0; j < units; j++) {
            Dual z = layer.bias() ? p.get(values.size() * units + j) : Dual.constant(0, variables);
            for (int k = 0; k < values.size(); k++) {
                z = z.plus(values.get(k).times(p.get(k * units + j)));
            }
            sums.add(z);
        }
        Matcher quoted = QUOTED.matcher(layer.activation());
        if (!quoted.find()) {
            return named(layer.activation(), sums);
        }
        List<String> letters = letters(layer.activation());
        int first = (values.size() + (layer.bias() ? 1 : 0)) * units;
        List<Dual> results = new ArrayList<>();
        for (int j = 0; j < units; j++) {
            Map<String, Dual> names = new HashMap<>(Map.of("z", sums.get(j)));
            for (int i = 0; i < letters.size(); i++) {
                names.put(letters.get(i), p.get(first + i * units + j));
            }
            FormulaOracle.Result result = FormulaOracle.of(quoted.group(1), names, variables);
            isNearTie |= result.isNearTie();
            results.add(result.value());
        }
        return results;
    }

    private List<Dual> named(String activation, List<Dual> sums) {
        if (activation.endsWith("IDENTITY")) {
            return sums;
        } else if (!activation.endsWith("SOFTMAX")) {
            throw new IllegalArgumentException("no oracle for " + activation);
        }
        List<Dual> exponentials = sums.stream()
                .map(z -> FormulaOracle.of("exp(z)", Map.of("z", z), variables).value())
                .toList();
        Dual sum = exponentials.stream().reduce(Dual.constant(0, variables), Dual::plus);
        return exponentials.stream().map(e -> e.over(sum)).toList();
    }

    /** A random network with formulas. */
    public static FormulaNetwork random(long seed) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        List<FormulaNetwork.Layer> layers = new ArrayList<>();
        layers.add(layer(random));
        if (random.nextInt(6) == 0) {
            layers.add(FormulaNetwork.Layer.named(1 + random.nextInt(3), "SOFTMAX"));
        }
        layers.add(layer(random));
        return FormulaNetwork.of("Formula" + seed, 1 + random.nextInt(2), layers, RandomFormula.ofLoss(random));
    }

    private static FormulaNetwork.Layer layer(Random random) {
        String formula = RandomFormula.ofLayer(random);
        return new FormulaNetwork.Layer(1 + random.nextInt(2), "formula = \"" + formula + "\"", random.nextInt(4) != 0);
    }

    /** Random parameters, or inputs, or targets. */
    public static double[] numbers(Random random, int count) {
        double[] numbers = new double[count];
        Arrays.setAll(numbers, i -> random.nextGaussian());
        return numbers;
    }
}
