package dev.chainrule.processor.onnx;

import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.onnx.Value.Sizes;
import dev.chainrule.processor.resources.Quoted;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A node with the values that it takes. Messages go on from its name. */
final class Operands {
    private static final String OPERATOR = "OnnxOperator";

    private final Node node;
    private final Map<String, Value> values;
    private final Room room;
    private final Map<Expression.Letter, double[]> letters = new HashMap<>();

    /** @param room for numbers that are made for units */
    Operands(Node node, Map<String, Value> values, Room room) {
        this.room = room;
        this.node = node;
        this.values = values;
    }

    /** An operator of two values in the place of this one: of a value that was made of the first inputs, and an input. */
    Operands ofTwo(String operator, Value left, int right) throws OnnxException {
        String name = right == 1 ? name(0) : node.outputs().get(0);
        Map<String, Value> both = new HashMap<>(Map.of(name(right), value(right)));
        both.put(name, left);
        Node ofTwo =
                new Node(node.name(), node.domain(), operator, List.of(name, name(right)), node.outputs(), List.of());
        return new Operands(ofTwo, both, room);
    }

    Node node() {
        return node;
    }

    /** Checks how many inputs there are, and that no attribute has another name. */
    Operands expect(int fewest, int most, String... attributes) throws OnnxException {
        int count = node.inputs().size();
        if (count < fewest || count > most) {
            throw new OnnxException(
                    OPERATOR,
                    "takes " + count + " values; expected " + fewest + (most > fewest ? " to " + most : "") + ".");
        }
        Set<String> names = new HashSet<>();
        for (Attribute attribute : node.attributes()) {
            if (!List.of(attributes).contains(attribute.name())) {
                throw new OnnxException(
                        OPERATOR, "has an attribute " + Quoted.plain(attribute.name()) + ", which is not known.");
            }
            if (!names.add(attribute.name())) {
                throw new OnnxException(OPERATOR, "has two attributes " + Quoted.plain(attribute.name()) + ".");
            }
        }
        return this;
    }

    /** The first input that depends on the model's. */
    Units anyUnits() throws OnnxException {
        for (int input = 0; input < node.inputs().size(); input++) {
            if (has(input) && !isConstant(input)) {
                return units(input);
            }
        }
        return units(0);
    }

    /** An input for one unit: a function of the z that the others are functions of, or a number of their type. */
    Expression ofUnit(int input) throws OnnxException {
        Units any = anyUnits();
        if (isConstant(input)) {
            Constant constant = constant(input, "an operand");
            return constant.isSingle()
                    ? Expression.constant(number(input, "an operand", any.type()))
                    : letter(constant, any);
        }
        Units units = units(input);
        if (any.origin() != units.origin()) {
            throw new OnnxException(
                    "OnnxBranch",
                    "joins " + Quoted.of(any.name()) + " and " + Quoted.of(units.name())
                            + ", which are not made of the same layer alone; known are sums, differences, products and"
                            + " quotients of such.");
        }
        if (!any.shape().equals(units.shape())) {
            throw new OnnxException("OnnxShape", "joins " + any + " and " + units + "; the shapes must be the same.");
        }
        letters.putAll(units.letters());
        return units.function();
    }

    private Expression letter(Constant constant, Units any) throws OnnxException {
        Expression.Letter letter = new Expression.Letter("[" + constant.name() + "]");
        letters.put(letter, perUnit(constant, any));
        return letter;
    }

    /** A number for each of some units. */
    double[] perUnit(Constant constant, Units units) throws OnnxException {
        same(units.type(), constant);
        int[] places = Broadcast.places(constant.shape(), units)
                .orElseThrow(() -> new OnnxException(
                        "OnnxShape",
                        "takes " + constant + " as an operand of " + units
                                + "; expected a number, or one for each unit."));
        room.take(places.length);
        double[] numbers = new double[places.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = constant.number(places[i]);
            if (!Double.isFinite(numbers[i])) {
                throw new OnnxException(
                        "OnnxTensor",
                        "takes " + Quoted.of(constant.name()) + ", whose number " + places[i] + " is " + numbers[i]
                                + "; a network needs finite ones.");
            }
        }
        return numbers;
    }

    /** Some units of a value. */
    Units picked(Units units, int[] picks, List<Long> ofRecord) throws OnnxException {
        room.take(picks.length);
        return units.picked(picks, ofRecord);
    }

    /** The values of letters that stand in what {@link #ofUnit} gave. */
    Map<Expression.Letter, double[]> letters() {
        return letters;
    }

    /** Whether there is such an input. */
    boolean has(int input) {
        return input < node.inputs().size() && !node.inputs().get(input).isEmpty();
    }

    String name(int input) {
        return node.inputs().get(input);
    }

    Value value(int input) throws OnnxException {
        Value value = values.get(name(input));
        if (value == null) {
            throw new OnnxException(
                    "OnnxValue",
                    "takes " + Quoted.of(name(input))
                            + ", which is no input or initialiser of the model and no output of an earlier node.");
        }
        if (value == Value.Unknown.UNKNOWN) {
            throw new OnnxException.Consequence();
        }
        return value;
    }

    boolean isConstant(int input) throws OnnxException {
        return value(input) instanceof Tensor;
    }

    /** An input that depends on the model's. */
    Units units(int input) throws OnnxException {
        if (value(input) instanceof Units units) {
            return units;
        }
        throw new OnnxException(
                OPERATOR,
                "takes " + Quoted.of(name(input))
                        + ", which does not depend on the model's input; fold constants when exporting.");
    }

    /** An input that does not depend on the model's. */
    Constant constant(int input, String what) throws OnnxException {
        if (value(input) instanceof Tensor tensor) {
            return Constant.of(name(input), tensor);
        }
        throw new OnnxException(
                OPERATOR,
                "takes " + Quoted.of(name(input)) + " as " + what + ", which must not depend on the model's input.");
    }

    /** A single number that does not depend on the model's input. */
    double number(int input, String what) throws OnnxException {
        Constant constant = constant(input, what);
        if (!constant.isSingle()) {
            throw new OnnxException("OnnxShape", "takes " + constant + " as " + what + "; expected a single number.");
        }
        return constant.number(0);
    }

    /** A number of the type of other values. */
    double number(int input, String what, DataType type) throws OnnxException {
        same(type, constant(input, what));
        return number(input, what);
    }

    /** Checks that the numbers are of the type of other values. */
    void same(DataType type, Constant constant) throws OnnxException {
        if (constant.type() != type) {
            throw new OnnxException(
                    "OnnxType",
                    "takes " + Quoted.of(constant.name()) + " of type " + constant.type() + " with values of type "
                            + type + "; the two must be the same.");
        }
    }

    /** An attribute that is a number. */
    float real(String attribute, float otherwise) throws OnnxException {
        Optional<Tensor> value = attribute(attribute, Attribute.Type.FLOAT);
        return value.isEmpty()
                ? otherwise
                : (float) Constant.of(attribute, value.get()).number(0);
    }

    /** An attribute that is a whole number. */
    long integer(String attribute, long otherwise) throws OnnxException {
        Optional<Tensor> value = attribute(attribute, Attribute.Type.INT);
        return value.isEmpty()
                ? otherwise
                : (long) Constant.of(attribute, value.get()).number(0);
    }

    /** An attribute that is a text. */
    String text(String attribute, String otherwise) throws OnnxException {
        return attribute(attribute, Attribute.Type.STRING)
                .map(value -> value.bytes().toStringUtf8())
                .orElse(otherwise);
    }

    /** An attribute that is some numbers, empty where it is not there. */
    Optional<Constant> list(String attribute, Attribute.Type type) throws OnnxException {
        Optional<Tensor> value = attribute(attribute, type);
        return value.isEmpty() ? Optional.empty() : Optional.of(Constant.of(attribute, value.get()));
    }

    /** How many numbers or texts an attribute has, 0 where it is not there. */
    long count(String attribute) {
        return node.attributes().stream()
                .filter(candidate -> candidate.name().equals(attribute))
                .mapToLong(candidate -> candidate.value().shape().numbersFrom(0))
                .sum();
    }

    /** Sizes, axes or places. */
    Sizes sizes(int input, String what) throws OnnxException {
        if (value(input) instanceof Sizes sizes) {
            return sizes;
        }
        return Broadcast.sizes(constant(input, what));
    }

    private Optional<Tensor> attribute(String name, Attribute.Type type) throws OnnxException {
        Optional<Attribute> attribute = node.attributes().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst();
        if (attribute.isPresent() && attribute.get().type() != type) {
            throw new OnnxException(
                    OPERATOR,
                    "has an attribute " + name + " of type " + attribute.get().type() + "; expected " + type + ".");
        }
        return attribute.map(Attribute::value);
    }
}
