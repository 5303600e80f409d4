package dev.chainrule.runtime.training;

import dev.chainrule.runtime.weights.TensorWriter;
import java.io.IOException;

/** The parameters that a training keeps at 0, as they are now. */
final class Zeros {
    private static final String TENSOR = "training.zeros";

    private final boolean[] areZero;

    /** @param mask of those from the beginning on; null for none */
    Zeros(Mask mask, int parameters) {
        areZero = mask == null ? new boolean[parameters] : mask.areZero();
        if (areZero.length != parameters) {
            throw new IllegalArgumentException(
                    "the mask is for " + areZero.length + " parameters; the network has " + parameters);
        }
    }

    boolean isZero(int index) {
        return areZero[index];
    }

    void add(int index) {
        areZero[index] = true;
    }

    /** Makes the values of these parameters 0: of the parameters, or of a gradient, which may have other values after it. */
    void clear(double[] values) {
        for (int i = 0; i < areZero.length; i++) {
            if (areZero[i]) {
                values[i] = 0;
            }
        }
    }

    /** Makes the rows and columns of these parameters 0, in a {@link Triangle} that begins at an offset. */
    void clearTriangle(double[] values, int offset) {
        int n = areZero.length;
        for (int i = 0; i < n; i++) {
            int at = offset + Triangle.diagonal(n, i) - i;
            for (int j = i; j < n; j++) {
                if (areZero[i] || areZero[j]) {
                    values[at + j] = 0;
                }
            }
        }
    }

    Mask mask() {
        return Mask.of(areZero);
    }

    void save(TensorWriter checkpoint) {
        double[] numbers = new double[areZero.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = areZero[i] ? 1 : 0;
        }
        checkpoint.tensor(TENSOR, numbers);
    }

    void restore(Checkpoint checkpoint) throws IOException {
        double[] numbers = checkpoint.doubles(TENSOR, areZero.length);
        for (int i = 0; i < numbers.length; i++) {
            areZero[i] = numbers[i] != 0;
        }
    }
}
