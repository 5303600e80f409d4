package dev.chainrule.processor.weights;

import dev.chainrule.processor.network.TrainedNetwork;
import dev.chainrule.processor.resources.UnusableFileException;
import dev.chainrule.runtime.NetworkDescription;
import java.util.function.IntFunction;

/** Parameters in another precision than that of their file. */
public final class Rounding {
    private Rounding() {}

    /**
     * The network in float, each parameter rounded to the nearest.
     *
     * @throws UnusableFileException if a number is too large
     */
    public static TrainedNetwork toFloat(TrainedNetwork trained) throws UnusableFileException {
        NetworkDescription description = WeightReader.description(trained.network());
        check(trained.parameters(), description.layout()::name);
        check(trained.constants(), description::constantName);
        return trained.inFloat();
    }

    private static void check(double[] numbers, IntFunction<String> name) throws UnusableFileException {
        for (int i = 0; i < numbers.length; i++) {
            if (Float.isInfinite((float) numbers[i])) {
                throw new UnusableFileException(
                        "TooLargeForFloat",
                        name.apply(i) + " is " + numbers[i] + ", and the largest float " + Float.MAX_VALUE
                                + "; choose precision = DOUBLE.");
            }
        }
    }
}
