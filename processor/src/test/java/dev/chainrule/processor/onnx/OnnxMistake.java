package dev.chainrule.processor.onnx;

import static dev.chainrule.processor.testing.OnnxBuilder.floats;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.chainrule.processor.testing.OnnxBuilder;
import java.util.List;

/**
 * A model with one mistake, and what the import should say of it.
 *
 * @param name the mistake, in words
 * @param message all of the problem
 */
record OnnxMistake(String name, OnnxBuilder model, String code, String message) {
    /** The last node is at fault. */
    static OnnxMistake end(
            String name, String code, String message, String operator, String inputs, ByteString... attributes) {
        return new OnnxMistake(
                name,
                withOperands(start()).node(operator, "y", inputs, attributes).output("y", -1, 2),
                code,
                "Node \"/3/" + operator + "\" (" + operator + ") " + message);
    }

    /** A layer of two units, z. */
    static OnnxBuilder start() {
        return between(floats());
    }

    /** The same, begun otherwise. */
    static OnnxBuilder between(OnnxBuilder model) {
        return model.input("x", -1, 3)
                .node("MatMul", "z", "x w")
                .tensor("w", new double[] {1, 2, 3, 4, 5, 6}, 3, 2)
                .tensor("b", new double[] {1, 2}, 2)
                .tensor("square", new double[] {1, 2, 3, 4}, 2, 2);
    }

    /** The same with more values: of a layer, and constants. */
    static OnnxBuilder withOperands(OnnxBuilder model) {
        return model.node("Tanh", "tanh", "z")
                .node("Mul", "half_z", "z half")
                .tensor("v", new double[6], 2, 3)
                .tensor("none", new double[0], 2, 0)
                .tensor("half", new double[] {0.5})
                .tensor("three_alone", new double[] {3})
                .tensor("three", new double[3], 3)
                .tensor("wide", new double[2], 1, 1, 2)
                .integers("one_row", new double[] {1, -1}, 2)
                .integers("row", new double[] {1, 2}, 2);
    }

    /** The import of the model yields this one problem. */
    void isReported() {
        Imported imported = OnnxImport.of(model.bytes(), List.of(), 100);
        assertThat(imported.network()).isEmpty();
        assertThat(imported.problems()).containsExactly(new OnnxProblem(code, message));
    }

    @Override
    public String toString() {
        return name;
    }
}
