package dev.chainrule.processor.onnx;

import static dev.chainrule.processor.testing.OnnxBuilder.INT64;
import static dev.chainrule.processor.testing.OnnxBuilder.floats;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.chainrule.processor.testing.OnnxBuilder;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The names in a model are its author's; messages show them on one line, without what terminals obey, and not too long. */
class OnnxNamesTest {
    private static final String FORGED = "x\nPipe.java:9:error:\u001b[31m\u202efake";
    private static final String FORGED_SHOWN = "x\\u000aPipe.java:9:error:\\u001b[31m\\u202efake";
    private static final String LONG = "n".repeat(60_000);
    private static final String LONG_SHOWN = "n".repeat(200) + "...";

    /**
     * A model with a name in it that reaches a message.
     *
     * @param start of the message, which has the name as NAME
     */
    private record Named(String whose, Function<String, OnnxBuilder> model, String start) {
        void isShown(String name, String shown) {
            assertThat(OnnxImport.of(model.apply(name).bytes(), List.of(), 100).problems())
                    .extracting(OnnxProblem::message)
                    .singleElement()
                    .asString()
                    .startsWith(start.replace("NAME", shown))
                    .matches("[ -~]{1,1000}");
        }

        @Override
        public String toString() {
            return whose;
        }
    }

    static List<Named> models() {
        return List.of(
                new Named(
                        "the input's",
                        name -> floats().inputOf(name, INT64, -1, 3)
                                .node("MatMul", "z", name + " w")
                                .output("z", -1, 2),
                        "The input \"NAME\" is of type int64;"),
                new Named(
                        "a joined value's",
                        name -> floats().input("x", -1, 3)
                                .input(name, -1, 2)
                                .node("MatMul", "z", "x w")
                                .node("Max", "y", "z " + name)
                                .tensor("w", new double[6], 3, 2)
                                .output("y", -1, 2),
                        "Node \"/1/Max\" (Max) joins \"z\" and \"NAME\", which"),
                new Named(
                        "the output's",
                        name -> floats().input("x", -1, 3)
                                .node("MatMul", name, "x w")
                                .tensor("w", new double[6], 3, 2)
                                .output(name, -1, 5),
                        "The output \"NAME\" is declared with the shape [?, 5], and has [?, 2]."),
                new Named(
                        "an initialiser's",
                        name -> floats().input("x", -1, 3)
                                .node("MatMul", "z", "x " + name)
                                .tensor(name, new double[5], 3, 2)
                                .output("z", -1, 2),
                        "Node \"/0/MatMul\" (MatMul) takes \"NAME\", which has the shape [3, 2] of type float and 20 bytes of"
                                + " numbers; the two do not fit."),
                new Named(
                        "a missing value's",
                        name -> floats().input("x", -1, 3)
                                .node("MatMul", "z", "x " + name)
                                .output("z", -1, 2),
                        "Node \"/0/MatMul\" (MatMul) takes \"NAME\", which is no input or initialiser of the model and no output"
                                + " of an earlier node."),
                new Named(
                        "a value's that is there twice",
                        name -> layer("z")
                                .input("x", -1, 3)
                                .tensor(name, new double[1], 1)
                                .tensor(name, new double[1], 1),
                        "The model defines the value \"NAME\" twice."),
                new Named(
                        "a value's of units",
                        name -> floats().input(name, -1, 4)
                                .node("MatMul", "z", name + " w")
                                .tensor("w", new double[6], 3, 2)
                                .output("z", -1, 2),
                        "Node \"/0/MatMul\" (MatMul) multiplies \"NAME\" of shape [?, 4] by \"w\" of shape [3, 2]: 4 numbers"),
                new Named(
                        "a node's",
                        name -> last(OnnxBuilder.node(name, "", "Conv", "z", "y")),
                        "Node \"NAME\" (Conv) is not known"),
                new Named(
                        "an operator's",
                        name -> last(OnnxBuilder.node("n", "", name, "z", "y")),
                        "Node \"n\" (NAME) is not known in operator set 17;"),
                new Named(
                        "a domain's",
                        name -> last(OnnxBuilder.node("n", name, "Relu", "z", "y")),
                        "Node \"n\" (Relu) is an operator of the domain NAME; known"),
                new Named(
                        "an attribute's",
                        name -> last(OnnxBuilder.node("n", "", "Relu", "z", "y", OnnxBuilder.integer(name, 1))),
                        "Node \"n\" (Relu) has an attribute NAME, which is not known."),
                new Named(
                        "the text of an attribute",
                        name -> last(OnnxBuilder.node("n", "", "Gelu", "z", "y", OnnxBuilder.text("approximate", name)))
                                .operatorSet("", 20),
                        "Node \"n\" (Gelu) has approximate = \"NAME\"; known"),
                new Named(
                        "a function's",
                        name -> layer("z")
                                .modelField(25, OnnxBuilder.message(function -> function.writeString(1, name))),
                        "The model defines operators of its own, \"NAME\", which"),
                new Named(
                        "an operator's of another kind",
                        name -> floats().node(name, "z", "x").output("z", -1, 2),
                        "The model has no layer (Gemm, MatMul, LinearClassifier or LinearRegressor): its operators are \"NAME\"."));
    }

    private static OnnxBuilder layer(String output) {
        return floats().node("MatMul", output, "x w")
                .tensor("w", new double[6], 3, 2)
                .output("z", -1, 2);
    }

    private static OnnxBuilder last(ByteString node) {
        return layer("y").input("x", -1, 3).graphField(1, node);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void isShownOnOneLine(Named model) {
        model.isShown(FORGED, FORGED_SHOWN);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void isCut(Named model) {
        model.isShown(LONG, LONG_SHOWN);
    }
}
