package dev.chainrule.processor.onnx;

import static dev.chainrule.processor.equations.Expression.ONE;
import static dev.chainrule.processor.equations.Expression.ZERO;
import static dev.chainrule.processor.equations.Expression.call;
import static dev.chainrule.processor.equations.Expression.ifPositive;

import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Expression.Quotient;
import dev.chainrule.processor.resources.Quoted;
import dev.chainrule.processor.rules.Activations;
import dev.chainrule.processor.rules.Rule;
import java.util.List;
import java.util.Optional;

/** The operators of ai.onnx.ml that scikit-learn's models are written with. Messages go on from the name of a node. */
final class LearnOperators {
    static final String DOMAIN = "ai.onnx.ml";

    private static final String OPERATOR = "OnnxOperator";

    private LearnOperators() {}

    static List<Value> apply(Operands operands) throws OnnxException {
        return switch (operands.node().operator()) {
            case "ArrayFeatureExtractor" -> List.of(extracted(operands));
            case "LabelEncoder" -> List.of(ShapeOperators.label(operands));
            case "LinearClassifier" -> List.of(Value.Label.LABEL, classifier(operands));
            case "LinearRegressor" -> List.of(regressor(operands));
            case "Normalizer" -> List.of(normalizer(operands));
            case "Scaler" -> List.of(scaler(operands));
            case "ZipMap" -> List.of(zipMap(operands));
            default ->
                throw new OnnxException(
                        OPERATOR,
                        "is an operator of the domain "
                                + Quoted.plain(operands.node().domain())
                                + " that no layers can be made of; known are ArrayFeatureExtractor, LinearClassifier,"
                                + " LinearRegressor, Normalizer, Scaler and ZipMap.");
        };
    }

    /** {@code (x - offset) * scale}. */
    private static Units scaler(Operands operands) throws OnnxException {
        operands.expect(1, 1, "offset", "scale");
        Constant offset = list(operands, "offset");
        Constant scale = list(operands, "scale");
        Units any = operands.units(0);
        Units units = any.ofWidth(Math.max(offset.length(), scale.length()));
        Origin.Scale shifted = GraphOperators.shifted(units, operands.perUnit(offset, units));
        return units.from(GraphOperators.times(shifted, operands.perUnit(scale, units)))
                .named(operands.node().outputs().get(0));
    }

    private static Constant list(Operands operands, String name) throws OnnxException {
        return operands.list(name, Attribute.Type.FLOATS)
                .orElseThrow(() -> new OnnxException(OPERATOR, "has no attribute " + name + "."));
    }

    private static Units regressor(Operands operands) throws OnnxException {
        operands.expect(1, 1, "coefficients", "intercepts", "targets", "post_transform");
        return transformed(operands, linear(operands, operands.integer("targets", 1)));
    }

    /** The scores of classes. */
    private static Units classifier(Operands operands) throws OnnxException {
        operands.expect(
                1,
                1,
                "coefficients",
                "intercepts",
                "classlabels_ints",
                "classlabels_strings",
                "multi_class",
                "post_transform");
        Constant intercepts = list(operands, "intercepts");
        Units scores = linear(operands, intercepts.length());
        long labels = Math.max(operands.count("classlabels_ints"), operands.count("classlabels_strings"));
        if (scores.width() != labels && labels > 0) {
            throw new OnnxException(
                    OPERATOR,
                    "has " + scores.width() + " rows of coefficients for " + labels
                            + " classes; known is one for each class.");
        }
        return transformed(operands, scores);
    }

    private static Units linear(Operands operands, long rows) throws OnnxException {
        Constant coefficients = list(operands, "coefficients");
        if (rows < 1 || coefficients.length() % rows != 0) {
            throw new OnnxException(
                    OPERATOR, "has " + coefficients.length() + " coefficients for " + rows + " rows of them.");
        }
        Constant weights = coefficients.shaped(rows, coefficients.length() / rows);
        Units layer = DenseOperators.layer(operands, operands.units(0), weights, true, 1);
        Optional<Constant> intercepts = operands.list("intercepts", Attribute.Type.FLOATS);
        return intercepts.isEmpty() ? layer : DenseOperators.withBias(operands, layer, intercepts.get(), 1);
    }

    private static Units transformed(Operands operands, Units scores) throws OnnxException {
        String transform = operands.text("post_transform", "NONE");
        return switch (transform) {
            case "NONE" -> scores;
            case "LOGISTIC" -> scores.with(call(Rule.SIGMOID, Activations.Z), scores.letters(), operands.node());
            case "SOFTMAX" -> scores.softmax();
            default ->
                throw new OnnxException(
                        OPERATOR,
                        "has post_transform = " + Quoted.of(transform)
                                + "; known are \"NONE\", \"LOGISTIC\" and \"SOFTMAX\".");
        };
    }

    /** Divided by the sum of magnitudes, or by the root of the sum of squares; zeros stay zeros. */
    private static Units normalizer(Operands operands) throws OnnxException {
        operands.expect(1, 1, "norm");
        Units units = operands.units(0);
        if (units.width() == Shape.OPEN) {
            throw new OnnxException("OnnxShape", "normalises " + units + "; known is a number of units that is said.");
        }
        String norm = operands.text("norm", "MAX");
        Expression z = units.function();
        boolean isPositive = z instanceof Expression.Call function && function.function() == Rule.SIGMOID;
        Expression size = switch (norm) {
            case "L1" -> isPositive ? z : call(Rule.ABS, z);
            case "L2" -> Expression.product(z, z);
            default ->
                throw new OnnxException(OPERATOR, "has norm = " + Quoted.of(norm) + "; known are \"L1\" and \"L2\".");
        };
        if (norm.equals("L1") && units.areSoftmax()) {
            return units; // whose sum is 1
        }
        Units sum = GraphOperators.sum(units.with(size, units.letters(), operands.node()), 1);
        Expression root = norm.equals("L1") ? Activations.Z : call(Rule.SQRT, Activations.Z);
        Expression inverse = ifPositive(Activations.Z, new Quotient(ONE, root), ZERO);
        return GraphOperators.product(units, sum.with(inverse, sum.letters(), operands.node()))
                .named(operands.node().outputs().get(0));
    }

    /** A map from classes to probabilities: the row of these. */
    private static Value zipMap(Operands operands) throws OnnxException {
        return operands.expect(1, 1, "classlabels_int64s", "classlabels_strings")
                .units(0);
    }

    /** Of a record the numbers at some places; of labels the one of a record. */
    private static Value extracted(Operands operands) throws OnnxException {
        operands.expect(2, 2);
        return operands.value(1) == Value.Label.LABEL ? Value.Label.LABEL : AxisOperators.extracted(operands);
    }
}
