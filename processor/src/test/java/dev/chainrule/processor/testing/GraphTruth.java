package dev.chainrule.processor.testing;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a graph computes, by an oracle in forward mode that goes by the declaration, layer after layer. */
public final class GraphTruth {
    private final GraphNetwork network;
    private final int variables;
    private final Map<String, List<Dual>> values = new HashMap<>();

    /** By the name of a layer with weights of its own, where they begin. */
    private final Map<String, Integer> weights = new HashMap<>();

    /** How each variable moves; empty where none does. */
    private final double[] direction;

    private boolean isNearTie;

    private GraphTruth(GraphNetwork network, int variables, double[] direction) {
        this.network = network;
        this.variables = variables;
        this.direction = direction;
    }

    /** What a record's outputs and loss are, with all derivatives by parameters and then inputs. */
    private record Whole(List<Dual> outputs, Dual error) {}

    /**
     * Derivatives by the parameters, and then by the inputs.
     *
     * @param jacobian of the outputs, a row each
     * @param jacobianSizes the scales of these
     * @param changes how the derivatives of the loss change along a direction
     * @param changeSizes the scales of these
     */
    public record Second(double[][] jacobian, double[][] jacobianSizes, double[] changes, double[] changeSizes) {}

    /** The number of weights and biases. */
    public static int parameters(GraphNetwork network) {
        return network.layers().stream()
                .filter(layer -> layer.isDense() && layer.weightsOf() == null)
                .mapToInt(layer -> (network.inputs(layer) + (layer.bias() ? 1 : 0)) * layer.units())
                .sum();
    }

    /** The number of shifts and scales. */
    public static int constants(GraphNetwork network) {
        return network.layers().stream()
                .filter(layer -> layer.kind().equals("SCALE"))
                .mapToInt(layer -> 2 * network.units(layer))
                .sum();
    }

    /** What it makes of a record; empty where a comparison is too close to tell, or numbers get out of hand. */
    public static Optional<FormulaTruth.Record> of(
            GraphNetwork network, double[] parameters, double[] constants, double[] input, double[] target) {
        return new GraphTruth(network, parameters.length + input.length, new double[0])
                .whole(parameters, constants, input, target)
                .map(GraphTruth::record);
    }

    /**
     * Second derivatives of a record, forward mode over forward mode; empty as {@link #of} is.
     *
     * @param direction how each parameter, and then each input, moves
     */
    public static Optional<Second> second(
            GraphNetwork network,
            double[] parameters,
            double[] constants,
            double[] input,
            double[] target,
            double[] direction) {
        return new GraphTruth(network, parameters.length + input.length, direction)
                .whole(parameters, constants, input, target)
                .map(whole -> {
                    Dual.Motion moved = whole.error().motion().orElseGet(() -> Dual.Motion.none(direction.length));
                    return new Second(
                            whole.outputs().stream().map(Dual::slopes).toArray(double[][]::new),
                            whole.outputs().stream().map(Dual::slopeSizes).toArray(double[][]::new),
                            moved.changes(),
                            moved.changeSizes());
                });
    }

    private Dual variable(double value, int number) {
        Dual variable = Dual.variable(value, number, variables);
        return direction.length == 0 ? variable : variable.moving(direction[number]);
    }

    private Optional<Whole> whole(double[] parameters, double[] constants, double[] input, double[] target) {
        List<Dual> p = IntStream.range(0, parameters.length)
                .mapToObj(i -> variable(parameters[i], i))
                .toList();
        parts(input, parameters.length);
        int offset = 0;
        int constant = 0;
        for (GraphNetwork.Layer layer : network.layers()) {
            List<List<Dual>> sources = layer.from().stream().map(values::get).toList();
            int units = network.units(layer);
            List<Dual> z = new ArrayList<>();
            for (int j = 0; j < units; j++) {
                int unit = j;
                List<Dual> ofUnit = layer.kind().equals("DENSE") || layer.kind().equals("CONCATENATE")
                        ? List.of()
                        : sources.stream().map(source -> source.get(unit)).toList();
                z.add(
                        switch (layer.kind()) {
                            case "ADD" -> ofUnit.stream().reduce(Dual::plus).orElseThrow();
                            case "MULTIPLY" ->
                                ofUnit.stream().reduce(Dual::times).orElseThrow();
                            case "CONCATENATE" ->
                                sources.stream().flatMap(List::stream).toList().get(j);
                            case "SCALE" ->
                                scaled(
                                        layer,
                                        ofUnit.get(0),
                                        number(constants[constant + j]),
                                        number(constants[constant + units + j]));
                            default -> sum(layer, sources, p, offset, j);
                        });
            }
            if (layer.isDense() && layer.weightsOf() == null) {
                weights.put(layer.name(), offset);
                offset += (network.inputs(layer) + (layer.bias() ? 1 : 0)) * units;
            }
            constant += layer.kind().equals("SCALE") ? 2 * units : 0;
            values.put(layer.name(), activated(layer.activation(), z));
        }
        return loss(target, constants);
    }

    private Dual number(double value) {
        return Dual.constant(value, variables);
    }

    private void parts(double[] input, int first) {
        int at = 0;
        for (GraphNetwork.Part part : network.parts()) {
            List<Dual> units = new ArrayList<>();
            for (int i = 0; i < part.units(); i++) {
                units.add(
                        part.categories() > 0
                                ? number(input[at] == part.first() + i ? 1 : 0)
                                : variable(input[at + i], first + at + i));
            }
            values.put(part.name(), units);
            at += part.size();
        }
    }

    private static Dual scaled(GraphNetwork.Layer layer, Dual a, Dual shift, Dual scale) {
        return layer.inverse() ? a.over(scale).plus(shift) : a.minus(shift).times(scale);
    }

    private Dual sum(GraphNetwork.Layer layer, List<List<Dual>> sources, List<Dual> p, int own, int j) {
        GraphNetwork.Layer owner = layer.weightsOf() == null ? layer : network.layer(layer.weightsOf());
        int offset = layer.weightsOf() == null ? own : weights.get(layer.weightsOf());
        int units = owner.units();
        Dual z = owner.bias() ? p.get(offset + network.inputs(owner) * units + j) : number(0);
        int row = 0;
        for (List<Dual> source : sources) {
            for (Dual value : source) {
                z = z.plus(value.times(p.get(offset + row * units + j)));
                row++;
            }
        }
        return z;
    }

    private List<Dual> activated(String activation, List<Dual> z) {
        if (activation.equals("SOFTMAX")) {
            List<Dual> powers = z.stream().map(one -> formula("exp(z)", one)).toList();
            Dual sum = powers.stream().reduce(Dual::plus).orElseThrow();
            return powers.stream().map(power -> power.over(sum)).toList();
        }
        String formula = BuiltInFormulas.of(Activation.valueOf(activation));
        return z.stream().map(one -> formula(formula, one)).toList();
    }

    private Dual formula(String formula, Dual z) {
        FormulaOracle.Result result = FormulaOracle.of(formula, Map.of("z", z), variables);
        isNearTie |= result.isNearTie();
        return result.value();
    }

    private Optional<Whole> loss(double[] target, double[] constants) {
        List<Dual> outputs = new ArrayList<>();
        Dual error = number(0);
        for (GraphNetwork.Output output : network.outputs()) {
            GraphNetwork.Layer layer = network.layer(output.layer());
            List<Dual> own = values.get(output.layer());
            double[] targets = Arrays.copyOfRange(target, outputs.size(), outputs.size() + own.size());
            outputs.addAll(own);
            List<Dual> compared = own;
            if (layer.inverse()) {
                compared = values.get(layer.from().get(0));
                int first = firstConstant(layer);
                for (int j = 0; j < targets.length; j++) {
                    targets[j] = (targets[j] - constants[first + j]) * constants[first + targets.length + j];
                }
            }
            String formula = BuiltInFormulas.of(Loss.valueOf(output.loss()));
            FormulaOracle.Result loss = FormulaOracle.ofLoss(formula, compared, targets, variables);
            isNearTie |= loss.isNearTie();
            error = error.plus(loss.value().times(number(output.weight())));
        }
        if (isNearTie || !error.isTame() || !outputs.stream().allMatch(Dual::isTame)) {
            return Optional.empty();
        }
        return Optional.of(new Whole(outputs, error));
    }

    private static FormulaTruth.Record record(Whole whole) {
        return new FormulaTruth.Record(
                whole.outputs().stream().mapToDouble(Dual::value).toArray(),
                whole.outputs().stream().mapToDouble(Dual::size).toArray(),
                whole.error().value(),
                whole.error().size(),
                whole.error().slopes(),
                whole.error().slopeSizes());
    }

    private int firstConstant(GraphNetwork.Layer of) {
        int first = 0;
        for (GraphNetwork.Layer layer : network.layers()) {
            if (layer.equals(of)) {
                break;
            }
            first += layer.kind().equals("SCALE") ? 2 * network.units(layer) : 0;
        }
        return first;
    }
}
