package dev.chainrule.processor.onnx;

import dev.chainrule.annotations.Activation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.formula.Formulas;
import dev.chainrule.processor.network.ActivationFunction;
import dev.chainrule.processor.network.ActivationFunction.Named;
import dev.chainrule.processor.notation.TextRenderer;
import dev.chainrule.processor.resources.Quoted;
import dev.chainrule.processor.rules.Activations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Values that depend on the input. Each is the same function of a z: of the pre-activation of a unit or, before the
 * first layer, of the input itself.
 *
 * @param name the value that they are
 * @param shape records first, or that of one record
 * @param isOneRecord whether the shape is that of one record
 * @param origin where the z is from
 * @param function of the letter z, and of letters that have another value for each unit
 * @param letters these values
 * @param by the node that made the function what it is; empty while it is z
 */
record Units(
        String name,
        DataType type,
        Shape shape,
        boolean isOneRecord,
        Origin origin,
        Expression function,
        Map<Expression.Letter, double[]> letters,
        Optional<Node> by)
        implements Value {
    /** Constants of the model's precision are within half of this of the true value. */
    private static final double FLOAT_TOLERANCE = 0x1p-23;

    private static final double DOUBLE_TOLERANCE = 0x1p-52;

    /** In place of all longer functions, of which none is an activation: each use of a value repeats its function. */
    private static final Expression LONG = new Expression.Letter("...");

    /** In nodes. */
    private static final int LONGEST = 100;

    /** The z of an origin. */
    static Units of(String name, DataType type, Shape shape, boolean isOneRecord, Origin origin) {
        return new Units(name, type, shape, isOneRecord, origin, Activations.Z, Map.of(), Optional.empty());
    }

    /** The same values in another shape. */
    Units shaped(Shape newShape, boolean newIsOneRecord) {
        return new Units(name, type, newShape, newIsOneRecord, origin, function, letters, by);
    }

    /** The z of another origin, of as many units or in the shape of a record. */
    Units from(Origin other, List<Long> ofRecord) {
        List<Long> sizes = new ArrayList<>(ofRecord);
        if (!isOneRecord) {
            sizes.add(0, shape.size(0));
        }
        return of(name, type, new Shape(sizes), isOneRecord, other);
    }

    /** The z of another origin, in the same shape. */
    Units from(Origin other) {
        return of(name, type, shape, isOneRecord, other);
    }

    /** The same under the name of what a node yields. */
    Units named(String newName) {
        return new Units(newName, type, shape, isOneRecord, origin, function, letters, by);
    }

    /** Another function of the same z. */
    Units with(Expression newFunction, Map<Expression.Letter, double[]> newLetters, Node node) {
        Expression shown = size(newFunction) > LONGEST ? LONG : newFunction;
        return new Units(node.outputs().get(0), type, shape, isOneRecord, origin, shown, newLetters, Optional.of(node));
    }

    private static int size(Expression expression) {
        int size = expression.equals(LONG) ? LONGEST : 1;
        for (Expression operand : expression.operands()) {
            size += size(operand);
        }
        return size;
    }

    /** Whether they are z itself. */
    boolean areZ() {
        return function.equals(Activations.Z);
    }

    /** Where the sizes of a record begin in the shape. */
    int firstAxis() {
        return isOneRecord ? 0 : 1;
    }

    /** The sizes of a record. */
    List<Long> ofRecord() {
        return shape.sizes().subList(firstAxis(), shape.rank());
    }

    /** The numbers of a record, {@link Shape#OPEN} where the model does not say. */
    long width() {
        return shape.numbersFrom(firstAxis());
    }

    /** How many records there are, {@link Shape#OPEN} where only the caller knows. */
    long records() {
        return isOneRecord ? 1 : shape.size(0);
    }

    /** With as many numbers of a record as they are used with, where the model does not say how many they are. */
    Units ofWidth(long width) {
        if (width() != Shape.OPEN
                || !(origin instanceof Origin.Input input)
                || ofRecord().size() != 1) {
            return this;
        }
        Origin known = new Origin.Input(input.name(), input.first(), (int) width);
        List<Long> sizes = isOneRecord ? List.of(width) : List.of(shape.size(0), width);
        return new Units(name, type, new Shape(sizes), isOneRecord, known, function, letters, by);
    }

    /** Some of the units, in this order. */
    Units picked(int[] picks, List<Long> ofRecord) throws OnnxException {
        Map<Expression.Letter, double[]> newLetters = new HashMap<>();
        letters.forEach((letter, values) -> newLetters.put(letter, Picking.picked(values, picks)));
        Units z = from(Picking.of(origin, picks), ofRecord);
        return new Units(name, type, z.shape, isOneRecord, z.origin, function, newLetters, by);
    }

    /**
     * As a layer reads them.
     *
     * @throws OnnxException if the function is no activation
     */
    Signal signal() throws OnnxException {
        if (areZ()) {
            return Signal.of(origin);
        }
        double tolerance = type == DataType.FLOAT ? FLOAT_TOLERANCE : DOUBLE_TOLERANCE;
        Optional<Named> named = letters.isEmpty()
                ? Recognition.of(
                        function, tolerance, constants(function).distinct().toList())
                : Optional.empty();
        if (named.isPresent()) {
            return new Signal(origin, named.get(), new TreeMap<>());
        }
        SortedMap<String, double[]> values = new TreeMap<>();
        Map<Expression, Expression> names = new HashMap<>();
        letters(function).distinct().forEach(letter -> {
            String own = "p" + (values.isEmpty() ? "" : values.size());
            values.put(own, letters.get(letter));
            names.put(letter, new Expression.Letter(own));
        });
        String text = TextRenderer.expression(function.with(names));
        boolean isFinite = constants(function).allMatch(Double::isFinite);
        ActivationFunction formula = (isFinite
                        ? Formulas.activation(text).value()
                        : Optional.<ActivationFunction.Formula>empty())
                .orElseThrow(() -> new OnnxException(
                        "OnnxActivation",
                        "takes what " + by.orElseThrow() + " makes of "
                                + (origin instanceof Origin.Input
                                        ? "the input z"
                                        : "the pre-activation z of layer " + origin.depth())
                                + ", " + text + "; that is no activation of a Layer."));
        return new Signal(origin, formula, values);
    }

    /** The softmax of what these are, over all units. */
    Units softmax() throws OnnxException {
        Signal signal = signal();
        Origin z = signal.isZ() ? origin : signal.settled().origin();
        Signal softmax = new Signal(z, Named.of(Activation.SOFTMAX), new TreeMap<>());
        return from(softmax.settled().origin());
    }

    /** Whether they are a softmax. */
    boolean areSoftmax() {
        return areZ() && Signal.of(origin).source().activation().isSoftmax();
    }

    private Stream<Expression.Letter> letters(Expression expression) {
        return expression instanceof Expression.Letter letter && letters.containsKey(letter)
                ? Stream.of(letter)
                : expression.operands().stream().flatMap(this::letters);
    }

    private static Stream<Double> constants(Expression expression) {
        return expression instanceof Expression.Constant constant
                ? Stream.of(constant.value())
                : expression.operands().stream().flatMap(Units::constants);
    }

    @Override
    public String toString() {
        return Quoted.of(name) + " of shape " + shape;
    }
}
