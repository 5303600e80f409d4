package dev.chainrule.processor.weights;

import dev.chainrule.processor.network.TrainedNetwork;
import dev.chainrule.processor.resources.UnusableFileException;

/** Parameters in another precision than that of their file. */
public final class Rounding {
    private Rounding() {}

    /**
     * The network in float, each parameter rounded to the nearest.
     *
     * @throws UnusableFileException if a parameter is too large
     */
    public static TrainedNetwork toFloat(TrainedNetwork trained) throws UnusableFileException {
        TrainedNetwork rounded = trained.inFloat();
        for (int i = 0; i < rounded.parameters().length; i++) {
            if (Double.isInfinite(rounded.parameters()[i])) {
                throw new UnusableFileException(
                        "TooLargeForFloat",
                        WeightReader.layout(trained.network()).name(i) + " is " + trained.parameters()[i]
                                + ", and the largest float " + Float.MAX_VALUE + "; choose precision = DOUBLE.");
            }
        }
        return rounded;
    }
}
