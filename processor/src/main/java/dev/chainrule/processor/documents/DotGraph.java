package dev.chainrule.processor.documents;

import dev.chainrule.processor.network.GeneratedType;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.Network;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The graph of a network in the DOT language of Graphviz: {@code dot -Tsvg}. A node a unit and a line a weight, named in the
 * notation; a large network has a node a layer.
 */
public final class DotGraph {
    /** More lines than this cover each other. */
    private static final int MOST_WEIGHTS = 200;

    private static final String INDENT = "    ";

    private final Network network;

    private DotGraph(Network network) {
        this.network = network;
    }

    /** The text of the graph, in ASCII but for the name of the declaration. */
    public static String of(GeneratedType type, Network network) {
        int weights = network.layers().stream().mapToInt(Layer::weights).sum();
        DotGraph graph = new DotGraph(network);
        return String.join(
                "\n",
                "digraph \"" + type.declaredName() + "\" {",
                INDENT + "rankdir = LR;",
                INDENT + "splines = line;",
                INDENT + "ranksep = 1.5;",
                weights > MOST_WEIGHTS ? graph.ofLayers() : graph.ofUnits(),
                "}",
                "");
    }

    /** Units in columns, each with its bias. */
    private String ofUnits() {
        String columns =
                IntStream.rangeClosed(0, network.depth()).mapToObj(this::column).collect(Collectors.joining("\n"));
        String lines =
                IntStream.rangeClosed(1, network.depth()).mapToObj(this::lines).collect(Collectors.joining("\n"));
        return INDENT + "node [shape = circle, fixedsize = true, width = 0.7];\n" + INDENT + "edge [fontsize = 9];\n"
                + columns + "\n" + lines;
    }

    /** {@code subgraph { rank = same; a1_0 [label = "a1_0\nb1_0"]; a1_1 [label = "a1_1\nb1_1"]; }}. */
    private String column(int layer) {
        boolean hasBiases = layer > 0 && network.layer(layer).bias();
        String units = IntStream.range(0, network.units(layer))
                .mapToObj(unit -> unit(layer, unit)
                        + (hasBiases ? " [label = \"" + unit(layer, unit) + "\\nb" + layer + "_" + unit + "\"]" : "")
                        + "; ")
                .collect(Collectors.joining());
        return INDENT + "subgraph { rank = same; " + units + "}";
    }

    /** {@code x_0 -> a1_1 [label = "w1_0_1"];}. */
    private String lines(int layer) {
        return IntStream.range(0, network.units(layer - 1))
                .boxed()
                .flatMap(from -> IntStream.range(0, network.units(layer))
                        .mapToObj(to -> INDENT + unit(layer - 1, from) + " -> " + unit(layer, to) + " [label = \"w"
                                + layer + "_" + from + "_" + to + "\"];"))
                .collect(Collectors.joining("\n"));
    }

    private static String unit(int layer, int unit) {
        return (layer == 0 ? "x_" : "a" + layer + "_") + unit;
    }

    /** {@code layer1 [label = "layer 1\n30 sigmoid"];} and {@code layer0 -> layer1 [label = "784 x 30 weights"];}. */
    private String ofLayers() {
        StringBuilder text = new StringBuilder(INDENT + "node [shape = box];\n");
        text.append(INDENT)
                .append("layer0 [label = \"")
                .append(network.inputs())
                .append(" inputs\"];");
        List<Layer> layers = network.layers();
        for (int number = 1; number <= layers.size(); number++) {
            Layer layer = network.layer(number);
            text.append("\n" + INDENT + "layer" + number + " [label = \"layer " + number + "\\n" + layer.units() + " "
                    + layer.activation().words() + "\"];");
            text.append("\n" + INDENT + "layer" + (number - 1) + " -> layer" + number + " [label = \"W" + number + ": "
                    + layer.inputs() + " x " + layer.units()
                    + (layer.bias() ? "\\nb" + number + ": " + layer.units() : "") + "\"];");
        }
        return text.toString();
    }
}
