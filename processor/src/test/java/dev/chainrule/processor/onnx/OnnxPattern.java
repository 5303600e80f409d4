package dev.chainrule.processor.onnx;

import static dev.chainrule.processor.testing.OnnxBuilder.floats;
import static dev.chainrule.processor.testing.Vectors.assertWithin;
import static dev.chainrule.processor.testing.Vectors.largest;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.processor.testing.OnnxBuilder;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * A model that is known, and the network that it is.
 *
 * @param network its line, for example {@code 3-4(SILU)-2(IDENTITY, no bias)}
 * @param isDouble whether the model computes in double
 */
record OnnxPattern(String name, OnnxBuilder model, String network, boolean isDouble) {
    private static final int RECORDS = 50;

    /** Sums of a few floats are within this of the largest output. */
    private static final double FLOAT_ERROR = 2e-6;

    private static final double DOUBLE_ERROR = 1e-14;

    static OnnxPattern pattern(String name, OnnxBuilder model, String network) {
        return new OnnxPattern(name, model, network, false);
    }

    /** An activation of z, named a, between two layers. */
    static OnnxBuilder between(UnaryOperator<OnnxBuilder> activation) {
        return between(floats(), activation);
    }

    static OnnxBuilder between(OnnxBuilder start, UnaryOperator<OnnxBuilder> activation) {
        OnnxBuilder model = start.input("x", -1, 3)
                .node("Gemm", "z", "x w b")
                .tensor("w", random(12), 3, 4)
                .tensor("b", random(4), 4);
        return activation
                .apply(model)
                .node("MatMul", "end", "a last")
                .node("Tanh", "y", "end")
                .output("y", -1, 2)
                .tensor("last", random(8), 4, 2);
    }

    static String betweenIs(String activation) {
        return "3-4(" + activation + ")-2(TANH, no bias)";
    }

    static double[] random(int count) {
        return new Random(count).doubles(count, -1, 1).toArray();
    }

    /** Records of floats, small ones and large ones. */
    static double[][] records(int inputs) {
        Random random = new Random(7);
        double[][] records = new double[RECORDS][inputs];
        for (int i = 0; i < RECORDS; i++) {
            for (int k = 0; k < inputs; k++) {
                records[i][k] = (float) (random.nextGaussian() * Math.exp(i % 5 - 2));
            }
        }
        return records;
    }

    /** The import yields the network, and the network computes what ONNX Runtime makes of the model. */
    void isTheNetworkThatOnnxRuntimeRuns() {
        byte[] bytes = model.bytes();
        ImportedNetwork imported = ImportedNetwork.of(bytes);

        assertThat(imported.line()).isEqualTo(network);
        double[][] records = records(imported.topology().inputs());
        double[][] outputs = isDouble ? OnnxTruth.ofDoubles(bytes, records) : OnnxTruth.ofFloats(bytes, records);
        for (int i = 0; i < records.length; i++) {
            double error = isDouble ? DOUBLE_ERROR : FLOAT_ERROR;
            assertWithin(
                    "output of record " + i,
                    imported.forward(records[i]),
                    outputs[i],
                    error * (1 + largest(outputs[i])));
        }
    }

    @Override
    public String toString() {
        return name + ": " + network;
    }
}
