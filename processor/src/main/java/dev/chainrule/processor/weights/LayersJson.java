package dev.chainrule.processor.weights;

import dev.chainrule.annotations.Activation;
import dev.chainrule.processor.formula.Formulas;
import dev.chainrule.processor.network.ActivationFunction;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.TrainedNetwork;
import dev.chainrule.processor.resources.Quoted;
import dev.chainrule.processor.resources.UnusableFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The layers of a Keras model in JSON, as <a href="https://github.com/jatinchowdhury18/RTNeural">RTNeural</a>'s exporter writes them:
 * {@code in_shape}, and {@code layers} with {@code type}, {@code activation}, {@code shape} and {@code weights}.
 */
final class LayersJson {
    private static final Map<String, Activation> ACTIVATIONS = Map.ofEntries(
            Map.entry("", Activation.IDENTITY),
            Map.entry("linear", Activation.IDENTITY),
            Map.entry("elu", Activation.ELU),
            Map.entry("relu", Activation.RELU),
            Map.entry("selu", Activation.SELU),
            Map.entry("sigmoid", Activation.SIGMOID),
            Map.entry("silu", Activation.SILU),
            Map.entry("softmax", Activation.SOFTMAX),
            Map.entry("softplus", Activation.SOFTPLUS),
            Map.entry("softsign", Activation.SOFTSIGN),
            Map.entry("swish", Activation.SILU),
            Map.entry("tanh", Activation.TANH));

    /** What Keras adds to a variance, where the file does not say. */
    private static final double EPSILON = 1e-3;

    private final Chain chain;
    private int number;

    private LayersJson(Chain chain) {
        this.chain = chain;
    }

    /**
     * The network of a text.
     *
     * @throws UnusableFileException if it is no such model, or has layers that no network has
     */
    static TrainedNetwork read(String text, int mostParameters) throws UnusableFileException {
        Map<?, ?> model = model(text);
        List<?> shape = list(model.get("in_shape"), "in_shape");
        int inputs = size(shape, "in_shape");
        LayersJson layers = new LayersJson(new Chain(inputs, mostParameters));
        for (Object layer : list(model.get("layers"), "layers")) {
            layers.number++;
            if (!(layer instanceof Map<?, ?> object)) {
                throw layers.wrong("is no object");
            }
            layers.layer(object);
        }
        return layers.chain.network();
    }

    private static Map<?, ?> model(String text) throws UnusableFileException {
        try {
            if (Json.read(text) instanceof Map<?, ?> model
                    && model.containsKey("in_shape")
                    && model.containsKey("layers")) {
                return model;
            }
        } catch (Json.JsonException e) {
            throw new UnusableFileException(
                    "NotAModel", "This is no JSON, or it is damaged: it " + e.getMessage() + ".");
        }
        if (text.contains("\"class_name\"") && text.contains("\"config\"")) {
            throw new UnusableFileException(
                    "NoWeights",
                    "This is what Keras' to_json writes: the layers of a model without its weights. Save both, by RTNeural's"
                            + " exporter (model_utils.save_model), or as ONNX.");
        }
        throw new UnusableFileException(
                "NotAModel",
                "This JSON has no in_shape and layers with their weights, as RTNeural's exporter writes them of a Keras"
                        + " model; save the model as ONNX, or so.");
    }

    private void layer(Map<?, ?> layer) throws UnusableFileException {
        String type = String.valueOf(layer.get("type"));
        List<?> weights = list(layer.get("weights"), "weights");
        switch (type) {
            case "dense" -> dense(layer, weights);
            case "activation" -> {}
            case "batchnorm" -> normalisation(layer, weights);
            case "prelu" -> {
                double[] slopes = numbers(only(weights), chain.units());
                chain.activation(
                        Formulas.activation("z < 0 ? p * z : z").value().orElseThrow(), slopes);
            }
            default ->
                throw wrong("is of the type " + Quoted.of(type) + "; known are dense, activation, batchnorm and prelu");
        }
        Object activation = layer.get("activation");
        activation(activation == null ? "" : String.valueOf(activation));
        int units = size(list(layer.get("shape"), "shape"), "shape of layer " + number);
        if (units != chain.units()) {
            throw wrong("has the shape of " + units + " units, and makes " + chain.units());
        }
    }

    private void dense(Map<?, ?> layer, List<?> weights) throws UnusableFileException {
        if (weights.isEmpty() || weights.size() > 2) {
            throw wrong("has " + weights.size() + " arrays of weights; expected weights, and biases where it has them");
        }
        int units = size(list(layer.get("shape"), "shape"), "shape of layer " + number);
        List<?> rows = list(weights.get(0), "weights");
        int inputs = chain.units();
        if (rows.size() != inputs) {
            throw wrong("has " + rows.size() + " rows of weights, and reads " + inputs + " units");
        }
        double[] numbers = chain.weights(units);
        for (int from = 0; from < inputs; from++) {
            System.arraycopy(numbers(rows.get(from), units), 0, numbers, from * units, units);
        }
        chain.dense(
                units, numbers, weights.size() == 2 ? Optional.of(numbers(weights.get(1), units)) : Optional.empty());
    }

    /** {@code gamma (a - mean) / sqrt(variance + epsilon) + beta}, as a scale. */
    private void normalisation(Map<?, ?> layer, List<?> weights) throws UnusableFileException {
        boolean isAffine = weights.size() == 4;
        if (!isAffine && weights.size() != 2) {
            throw wrong("has " + weights.size() + " arrays of weights; expected gamma, beta, mean and variance, or the"
                    + " last two");
        }
        int units = chain.units();
        double epsilon = layer.get("epsilon") instanceof Double given ? given : EPSILON;
        double[] mean = numbers(weights.get(weights.size() - 2), units);
        double[] variance = numbers(weights.get(weights.size() - 1), units);
        double[] shift = new double[units];
        double[] scale = new double[units];
        for (int i = 0; i < units; i++) {
            double gamma = isAffine ? numbers(weights.get(0), units)[i] : 1;
            double beta = isAffine ? numbers(weights.get(1), units)[i] : 0;
            scale[i] = gamma / Math.sqrt(variance[i] + epsilon);
            shift[i] = mean[i] - (beta == 0 ? 0 : beta / scale[i]);
            if (!Double.isFinite(shift[i]) || !Double.isFinite(scale[i])) {
                throw wrong("normalises unit " + i + " by numbers that make no scale");
            }
        }
        chain.scale(shift, scale, false);
    }

    private void activation(String name) throws UnusableFileException {
        Activation activation = ACTIVATIONS.get(name);
        if (activation == null) {
            throw wrong("has the activation " + Quoted.of(name) + "; known are "
                    + String.join(
                            ", ",
                            ACTIVATIONS.keySet().stream()
                                    .filter(known -> !known.isEmpty())
                                    .sorted()
                                    .toList()));
        }
        if (activation != Activation.IDENTITY) {
            chain.activation(ActivationFunction.Named.of(activation));
        }
    }

    private static int size(List<?> shape, String what) throws UnusableFileException {
        boolean isSize = !shape.isEmpty()
                && shape.get(shape.size() - 1) instanceof Double size
                && size >= 1
                && size <= Network.MOST_UNITS
                && size == Math.rint(size)
                && shape.subList(0, shape.size() - 1).stream().allMatch(other -> other == null || other.equals(1.0));
        if (!isSize) {
            throw new UnusableFileException(
                    "ModelLayer",
                    "The " + what + " is " + Quoted.plain(shape.toString()) + "; expected the number of units, 1 to "
                            + Network.MOST_UNITS + ", after null or 1.");
        }
        return ((Double) shape.get(shape.size() - 1)).intValue();
    }

    private static List<?> list(Object value, String what) throws UnusableFileException {
        if (value instanceof List<?> list) {
            return list;
        }
        throw new UnusableFileException("ModelLayer", "The model has no array " + what + " where one is expected.");
    }

    private Object only(List<?> list) throws UnusableFileException {
        if (list.size() != 1) {
            throw wrong("has " + list.size() + " arrays of weights; expected one");
        }
        return list.get(0);
    }

    private double[] numbers(Object value, int count) throws UnusableFileException {
        boolean areNumbers = value instanceof List<?> list
                && list.size() == count
                && list.stream().allMatch(number -> number instanceof Double real && Double.isFinite(real));
        if (!areNumbers) {
            throw wrong("has something else where " + count + " numbers are expected");
        }
        double[] numbers = new double[count];
        Arrays.setAll(numbers, i -> (Double) ((List<?>) value).get(i));
        return numbers;
    }

    private UnusableFileException wrong(String what) {
        return new UnusableFileException("ModelLayer", "Layer " + number + " of the model " + what + ".");
    }
}
