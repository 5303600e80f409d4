package dev.chainrule.processor.weights;

import dev.chainrule.annotations.Precision;
import dev.chainrule.processor.model.TrainedNetwork;
import dev.chainrule.processor.resources.UnusableFileException;

/** Parameters in the precision that a declaration asks for. */
public final class Rounding {
    private Rounding() {}

    /**
     * The network in a precision, each parameter rounded to the nearest number there.
     *
     * @param file that the parameters are from
     * @throws UnusableFileException if a parameter is too large for a float
     */
    public static TrainedNetwork to(Precision precision, TrainedNetwork trained, String file)
            throws UnusableFileException {
        double[] parameters = trained.parameters().clone();
        for (int i = 0; precision == Precision.FLOAT && i < parameters.length; i++) {
            float rounded = (float) parameters[i];
            if (Float.isInfinite(rounded)) {
                throw new UnusableFileException(
                        "TooLargeForFloat",
                        file + ": " + WeightReader.layout(trained.network()).name(i) + " is " + parameters[i]
                                + ", and the largest float " + Float.MAX_VALUE + "; choose precision = DOUBLE.");
            }
            parameters[i] = rounded;
        }
        return new TrainedNetwork(trained.network(), parameters, precision);
    }
}
