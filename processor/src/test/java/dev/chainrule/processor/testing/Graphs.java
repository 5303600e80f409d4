package dev.chainrule.processor.testing;

import dev.chainrule.processor.testing.GraphNetwork.Layer;
import dev.chainrule.processor.testing.GraphNetwork.Output;
import dev.chainrule.processor.testing.GraphNetwork.Part;
import java.util.List;

/** Small graphs of the kinds that people use. */
public final class Graphs {
    /** A skip past a layer. */
    public static final GraphNetwork RESIDUAL = graph(
            "Residual",
            List.of(new Part("x", 2, 0, 0)),
            List.of(dense("h", 2, "TANH", "x"), layer("r", "ADD", "IDENTITY", "h", "x"), dense("y", 1, "SIGMOID", "r")),
            new Output("y", "SUM_OF_SQUARES", 1));

    /** Two parts of the input through the same weights. */
    public static final GraphNetwork SIAMESE = graph(
            "Siamese",
            List.of(new Part("left", 2, 0, 0), new Part("right", 2, 0, 0)),
            List.of(
                    dense("l", 3, "TANH", "left"),
                    new Layer("r", "DENSE", List.of("right"), "TANH", 0, true, "l", false),
                    layer("same", "MULTIPLY", "IDENTITY", "l", "r"),
                    dense("y", 1, "SIGMOID", "same")),
            new Output("y", "BINARY_CROSS_ENTROPY", 1));

    /** Two outputs, each with its loss. */
    public static final GraphNetwork AGENT = graph(
            "Agent",
            List.of(new Part("state", 3, 0, 0)),
            List.of(
                    dense("h", 4, "TANH", "state"),
                    dense("policy", 3, "SOFTMAX", "h"),
                    dense("value", 1, "IDENTITY", "h")),
            new Output("policy", "CATEGORICAL_CROSS_ENTROPY", 1),
            new Output("value", "HUBER", 0.5));

    /** Numbers as they are, and categories; an output in its own units. */
    public static final GraphNetwork ADMISSIONS = graph(
            "Admissions",
            List.of(new Part("scores", 2, 0, 0), new Part("rank", 1, 4, 1)),
            List.of(
                    layer("scaled", "SCALE", "IDENTITY", "scores"),
                    dense("h", 2, "SIGMOID", "scaled", "rank"),
                    layer("all", "CONCATENATE", "IDENTITY", "h", "scaled"),
                    dense("y", 1, "IDENTITY", "all"),
                    new Layer("grade", "SCALE", List.of("y"), "IDENTITY", 0, true, null, true)),
            new Output("grade", "MEAN_SQUARED_ERROR", 1));

    private Graphs() {}

    /** All of them. */
    public static List<GraphNetwork> all() {
        return List.of(RESIDUAL, SIAMESE, AGENT, ADMISSIONS);
    }

    private static GraphNetwork graph(String name, List<Part> parts, List<Layer> layers, Output... outputs) {
        return new GraphNetwork(name, parts, layers, List.of(outputs), "");
    }

    private static Layer dense(String name, int units, String activation, String... from) {
        return new Layer(name, "DENSE", List.of(from), activation, units, true, null, false);
    }

    private static Layer layer(String name, String kind, String activation, String... from) {
        return new Layer(name, kind, List.of(from), activation, 0, true, null, false);
    }
}
