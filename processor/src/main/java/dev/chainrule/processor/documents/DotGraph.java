package dev.chainrule.processor.documents;

import dev.chainrule.annotations.LayerKind;
import dev.chainrule.processor.network.GeneratedType;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.Part;
import dev.chainrule.processor.network.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The graph of a network in the DOT language of Graphviz: {@code dot -Tsvg}. A node a unit and a line a weight, named in the
 * notation; where values go on without weights the line is dashed. A large network has a node a layer.
 */
public final class DotGraph {
    /** More lines than this cover each other. */
    private static final int MOST_LINES = 200;

    private static final String INDENT = "    ";
    private static final String DASHED = "style = dashed";

    private final Network network;
    private final List<String> lines = new ArrayList<>();

    private DotGraph(Network network) {
        this.network = network;
    }

    /** The text of the graph, in ASCII but for names of the declaration. */
    public static String of(GeneratedType type, Network network) {
        DotGraph graph = new DotGraph(network);
        if (graph.countOfLines() > MOST_LINES) {
            graph.ofLayers();
        } else {
            graph.ofUnits();
        }
        return "digraph \"" + type.declaredName() + "\" {\n"
                + Stream.concat(Stream.of("rankdir = LR;", "splines = line;", "ranksep = 1.5;"), graph.lines.stream())
                        .map(line -> INDENT + line + "\n")
                        .collect(Collectors.joining())
                + "}\n";
    }

    private long countOfLines() {
        return network.layers().stream()
                .mapToLong(layer -> layer.isDense() ? layer.products() : layer.inputs())
                .sum();
    }

    /** Units in columns, each with its bias, or what shifts and scales it. */
    private void ofUnits() {
        lines.add("node [shape = circle, fixedsize = true, width = 0.7];");
        lines.add("edge [fontsize = 9];");
        List<List<String>> columns = new ArrayList<>(List.of(new ArrayList<>()));
        for (Part part : network.parts()) {
            columns.get(0).add(units(part.source()).map(unit -> unit + "; ").collect(Collectors.joining()));
        }
        int[] depths = new int[network.depth() + 1];
        for (int number = 1; number <= network.depth(); number++) {
            depths[number] = 1
                    + network.layer(number).sources().stream()
                            .mapToInt(source -> depths[source.layer()])
                            .max()
                            .orElse(0);
            if (depths[number] == columns.size()) {
                columns.add(new ArrayList<>());
            }
            columns.get(depths[number]).add(nodes(number));
        }
        columns.forEach(column -> lines.add("subgraph { rank = same; " + String.join("", column) + "}"));
        for (int number = 1; number <= network.depth(); number++) {
            lines(number);
        }
    }

    /** {@code a1_0 [label = "a1_0\nb1_0"]; a1_1 [label = "a1_1\nb1_1"]; }. */
    private String nodes(int number) {
        boolean isMarked =
                !network.isChain() && network.outputLayers().stream().anyMatch(output -> output.layer() == number);
        StringBuilder nodes = new StringBuilder();
        for (int unit = 0; unit < network.units(number); unit++) {
            String name = "a" + number + "_" + unit;
            String below = below(number, unit);
            List<String> attributes = new ArrayList<>();
            if (!below.isEmpty()) {
                attributes.add("label = \"" + name + below + "\"");
            }
            if (isMarked) {
                attributes.add("peripheries = 2");
            }
            nodes.append(name)
                    .append(attributes.isEmpty() ? "" : " [" + String.join(", ", attributes) + "]")
                    .append("; ");
        }
        return nodes.toString();
    }

    private String below(int number, int unit) {
        Layer layer = network.layer(number);
        if (layer.kind() == LayerKind.SCALE) {
            return "\\nshift" + number + "_" + unit + "\\nscale" + number + "_" + unit;
        }
        return layer.isDense() && layer.bias() ? "\\nb" + owner(number) + "_" + unit : "";
    }

    /** Whose weights a layer has. */
    private int owner(int number) {
        int weightsOf = network.layer(number).weightsOf();
        return weightsOf == 0 ? number : weightsOf;
    }

    /** {@code x_0 -> a1_1 [label = "w1_0_1"];}, or dashed where a layer is not dense. */
    private void lines(int number) {
        Layer layer = network.layer(number);
        int row = 0;
        for (Source source : layer.sources()) {
            List<String> units = units(source).toList();
            for (int from = 0; from < units.size(); from++) {
                if (layer.isDense()) {
                    for (int to = 0; to < layer.units(); to++) {
                        String weight = "w" + owner(number) + "_" + (row + from) + "_" + to;
                        line(units.get(from), "a" + number + "_" + to, "label = \"" + weight + "\"");
                    }
                } else {
                    int to = layer.kind() == LayerKind.CONCATENATE ? row + from : from;
                    line(units.get(from), "a" + number + "_" + to, DASHED);
                }
            }
            row += units.size();
        }
    }

    private void line(String from, String to, String attributes) {
        lines.add(from + " -> " + to + " [" + attributes + "];");
    }

    /** The names of the units of a source. */
    private static Stream<String> units(Source source) {
        String letter = source.layer() > 0
                ? "a" + source.layer() + "_"
                : source.category().isEmpty() ? "x_" : "x_" + source.category() + "_";
        return IntStream.range(source.first(), source.first() + source.units()).mapToObj(unit -> letter + unit);
    }

    /** {@code layer1 [label = "layer 1\n30 sigmoid"];} and {@code layer0 -> layer1 [label = "W1: 784 x 30\nb1: 30"];}. */
    private void ofLayers() {
        lines.add("node [shape = box];");
        for (Part part : network.parts()) {
            String what = part.isCategory() ? part.categories() + " categories" : part.size() + " inputs";
            lines.add(node(part.source()) + " [label = \"" + (part.name().isEmpty() ? "" : part.name() + "\\n") + what
                    + "\"];");
        }
        for (int number = 1; number <= network.depth(); number++) {
            Layer layer = network.layer(number);
            String name = layer.name().isEmpty() ? "layer " + number : number + ": " + layer.name();
            String kind = layer.isDense() ? "" : layer.kind().name().toLowerCase(Locale.ROOT) + " ";
            String words = layer.activation().words();
            lines.add("layer" + number + " [label = \"" + name + "\\n" + kind + layer.units() + " " + words + "\"];");
            int row = 0;
            for (Source source : layer.sources()) {
                line(node(source), "layer" + number, layer.isDense() ? matrix(number, source, row) : DASHED);
                row += source.units();
            }
        }
    }

    /** {@code label = "W1: 784 x 30\nb1: 30"}, or of one of several sources which rows: {@code W1[4..7]: 4 x 30}. */
    private String matrix(int number, Source source, int row) {
        Layer layer = network.layer(number);
        String rows = source.units() == layer.inputs() ? "" : "[" + row + ".." + (row + source.units() - 1) + "]";
        String biases = layer.bias() && row == 0 ? "\\nb" + owner(number) + ": " + layer.units() : "";
        return "label = \"W" + owner(number) + rows + ": " + source.units() + " x " + layer.units() + biases + "\"";
    }

    /** {@code layer1}, {@code layer0}, or of several parts of the input {@code "input rank"}. */
    private String node(Source source) {
        return source.layer() > 0 || network.parts().size() == 1
                ? "layer" + source.layer()
                : "\"input " + network.name(source) + "\"";
    }
}
