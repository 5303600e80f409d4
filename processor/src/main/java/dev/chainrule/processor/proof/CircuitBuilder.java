package dev.chainrule.processor.proof;

import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Expression.Call;
import dev.chainrule.processor.equations.Expression.Condition;
import dev.chainrule.processor.equations.Expression.Constant;
import dev.chainrule.processor.equations.Expression.Letter;
import dev.chainrule.processor.network.ActivationFunction;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.Output;
import dev.chainrule.processor.network.Part;
import dev.chainrule.processor.network.Source;
import dev.chainrule.processor.network.TrainedNetwork;
import dev.chainrule.processor.proof.Step.UnitFunction;
import dev.chainrule.processor.rewrite.PartialSums;
import dev.chainrule.processor.rules.Activations;
import dev.chainrule.processor.rules.Rule;
import dev.chainrule.processor.schedule.Schedule;
import dev.chainrule.processor.schedule.Sparsity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** From a network and its numbers to the steps that its frozen class takes. */
final class CircuitBuilder {
    private static final Expression RECTIFIER = Expression.call(Rule.MAX, Expression.ZERO, Activations.Z);

    private final TrainedNetwork trained;
    private final Network network;
    private final FloatingPoint arithmetic;
    private final Sparsity sparsity;
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, int[]> categories = new HashMap<>();
    private final List<int[]> layers = new ArrayList<>();
    private int values;

    private CircuitBuilder(TrainedNetwork trained) {
        this.trained = trained;
        this.network = trained.network();
        this.arithmetic = FloatingPoint.of(trained.precision());
        this.sparsity = Schedule.of(trained).sparsity();
        this.values = network.inputs();
    }

    static Circuit of(TrainedNetwork trained) {
        return new CircuitBuilder(trained).circuit();
    }

    private Circuit circuit() {
        boolean[] isCategory = new boolean[network.inputs()];
        for (Part part : network.parts()) {
            if (part.isCategory()) {
                isCategory[part.first()] = true;
                int first = added(part.categories());
                steps.add(new Step.Categories(first, part.categories(), part.first(), part.firstCategory()));
                categories.put(part.name(), range(first, part.categories()));
            }
        }
        for (Layer layer : network.layers()) {
            layers.add(activated(layer, beforeActivation(layer)));
        }
        int[] outputs = network.outputLayers().stream()
                .map(Output::layer)
                .flatMapToInt(number -> IntStream.of(layers.get(number - 1)))
                .toArray();
        return new Circuit(arithmetic, network.inputs(), isCategory, values, steps, layers, outputs);
    }

    private int added(int count) {
        values += count;
        return values - count;
    }

    private static int[] range(int first, int count) {
        return IntStream.range(first, first + count).toArray();
    }

    /** Where the units that a layer reads stand. */
    private int[] units(Source source) {
        if (!source.category().isEmpty()) {
            return categories.get(source.category());
        }
        return source.layer() == 0 ? range(source.first(), source.units()) : layers.get(source.layer() - 1);
    }

    /** Where z stands. */
    private int[] beforeActivation(Layer layer) {
        List<int[]> sources = layer.sources().stream().map(this::units).toList();
        return switch (layer.kind()) {
            case DENSE -> dense(layer, joined(sources), sparsity.isWrittenOut(layers.size() + 1));
            case CONCATENATE -> joined(sources);
            case ADD -> folded(sources, Step.Additions::new);
            case MULTIPLY -> folded(sources, Step.Products::new);
            case SCALE -> functions(sources.get(0), unit -> scaled(layer, unit));
        };
    }

    private static int[] joined(List<int[]> sources) {
        return sources.stream().flatMapToInt(IntStream::of).toArray();
    }

    private interface Pairwise {
        Step of(int first, int count, int[] left, int[] right);
    }

    /** Sources taken together from left to right. */
    private int[] folded(List<int[]> sources, Pairwise step) {
        int[] left = sources.get(0);
        for (int[] right : sources.subList(1, sources.size())) {
            int first = added(left.length);
            steps.add(step.of(first, left.length, left, right));
            left = range(first, left.length);
        }
        return left;
    }

    private int[] dense(Layer layer, int[] sources, boolean withoutZeros) {
        Layer owner = layer.weightsOf() == 0 ? layer : network.layer(layer.weightsOf());
        int units = layer.units();
        double[] start = new double[units];
        double[] weights = new double[units * sources.length];
        for (int j = 0; j < units; j++) {
            start[j] = layer.bias() ? trained.parameters()[owner.firstBias() + j] : 0;
            for (int k = 0; k < sources.length; k++) {
                weights[j * sources.length + k] = trained.parameters()[owner.weight(k, j)];
            }
        }
        int first = added(units);
        boolean inEight = PartialSums.isSplitForward(sources.length, units);
        steps.add(Step.Sums.of(first, units, sources, start, weights, inEight, withoutZeros));
        return range(first, units);
    }

    private Expression scaled(Layer layer, int unit) {
        Expression shift = new Constant(trained.constants()[layer.constants() + unit]);
        Expression scale = new Constant(trained.constants()[layer.constants() + layer.units() + unit]);
        return layer.inverse()
                ? Expression.sum(new Expression.Quotient(Activations.Z, scale), shift)
                : new Expression.Product(List.of(Expression.difference(Activations.Z, shift), scale));
    }

    /** Where a stands. */
    private int[] activated(Layer layer, int[] sums) {
        ActivationFunction activation = layer.activation();
        if (activation.isSoftmax()) {
            int first = added(sums.length);
            steps.add(new Step.Softmax(first, sums.length, sums));
            return range(first, sums.length);
        }
        Expression value = Activations.formula(activation);
        if (value.equals(Activations.Z)) {
            return sums;
        }
        List<String> letters = List.copyOf(activation.letters().keySet());
        return functions(sums, unit -> {
            Map<Expression, Expression> numbers = new HashMap<>();
            for (int i = 0; i < letters.size(); i++) {
                int place = layer.firstLetter() + i * layer.units() + unit;
                numbers.put(new Letter(letters.get(i)), new Constant(trained.parameters()[place]));
            }
            return value.with(numbers);
        });
    }

    private int[] functions(int[] sources, IntFunction<Expression> function) {
        List<UnitFunction> functions = new ArrayList<>();
        boolean isRectifier = true;
        for (int unit = 0; unit < sources.length; unit++) {
            Expression value = function.apply(unit);
            isRectifier &= value.equals(RECTIFIER);
            functions.add(function(value, arithmetic));
        }
        int first = added(sources.length);
        steps.add(new Step.Functions(first, sources.length, sources, functions, isRectifier));
        return range(first, sources.length);
    }

    /** A function of z, with where it may have a kink or a step: what z is compared with, and 0. */
    static UnitFunction function(Expression value, FloatingPoint arithmetic) {
        TreeSet<Double> corners = new TreeSet<>(List.of(0.0));
        collect(value, corners, arithmetic);
        return new UnitFunction(
                value, corners.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static void collect(Expression expression, TreeSet<Double> corners, FloatingPoint arithmetic) {
        boolean compares = expression instanceof Condition || expression instanceof Call;
        if (compares && expression.operands().contains(Activations.Z)) {
            for (Expression operand : expression.operands()) {
                if (operand instanceof Constant constant) {
                    // + 0, as a zero below it would be another corner
                    corners.add(arithmetic.literal(constant.value()) + 0.0);
                }
            }
        }
        expression.operands().forEach(operand -> collect(operand, corners, arithmetic));
    }
}
