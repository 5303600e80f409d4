package dev.chainrule.processor.fuzz;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Inputs and layers of a declaration, mostly of a small network, at times of none that can be.
 *
 * @param isSmall whether files of its parameters can be written
 */
record RandomLayers(int inputs, List<Layer> layers, boolean isSmall) {
    /** One of them. */
    record Layer(int units, Activation activation, boolean bias) {
        String text() {
            return "@Layer(units = " + units
                    + (activation == Activation.IDENTITY ? "" : ", activation = Activation." + activation)
                    + (bias ? ")" : ", bias = false)");
        }
    }

    private static final Integer[] WRONG_SIZES = {0, -1, 1_000_001, Integer.MAX_VALUE, Integer.MIN_VALUE};
    private static final Integer[] LARGE_SIZES = {60, 300, 3000, 1_000_000};

    static RandomLayers of(Draw draw) {
        boolean isSmall = !draw.once(12);
        int depth = isSmall ? 1 + draw.below(3) : draw.of(0, 1, 1, 2, 3, 300);
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            boolean isLast = i + 1 == depth;
            Activation activation = draw.of(Activation.values());
            layers.add(new Layer(
                    size(draw, isSmall, depth),
                    activation == Activation.SOFTMAX && !isLast && !draw.once(40) ? Activation.TANH : activation,
                    !draw.once(4)));
        }
        return new RandomLayers(size(draw, isSmall, depth), layers, isSmall);
    }

    private static int size(Draw draw, boolean isSmall, int depth) {
        if (isSmall) {
            return 1 + draw.below(4);
        }
        return draw.once(3) ? draw.of(WRONG_SIZES) : depth > 2 ? 7 : draw.of(LARGE_SIZES);
    }

    /** A loss, mostly one that fits. */
    Loss loss(Draw draw) {
        Activation last = layers.isEmpty()
                ? Activation.IDENTITY
                : layers.get(layers.size() - 1).activation();
        List<Loss> losses = new ArrayList<>(List.of(Loss.values()));
        if (!draw.once(40)) {
            losses.removeIf(loss -> loss == Loss.BINARY_CROSS_ENTROPY && last != Activation.SIGMOID
                    || loss == Loss.CATEGORICAL_CROSS_ENTROPY && last != Activation.SOFTMAX);
        }
        return draw.of(losses);
    }

    /** Units of layer {@code number}, where layer 0 is the input. */
    int units(int number) {
        return number == 0 ? inputs : layers.get(number - 1).units();
    }

    String text() {
        return "inputs = " + inputs + ", layers = "
                + layers.stream().map(Layer::text).collect(Collectors.joining(", ", "{", "}"));
    }
}
