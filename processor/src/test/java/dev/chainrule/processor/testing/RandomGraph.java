package dev.chainrule.processor.testing;

import dev.chainrule.annotations.Activation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Random graphs: all kinds of layers, skips, shared weights, categories and several outputs, some of them wide. */
public final class RandomGraph {
    private static final List<String> LOSSES = List.of(
            "SUM_OF_SQUARES", "HALF_SUM_OF_SQUARES", "MEAN_SQUARED_ERROR", "MEAN_ABSOLUTE_ERROR", "HUBER", "LOG_COSH");

    private static final List<String> KINDS =
            List.of("DENSE", "DENSE", "DENSE", "ADD", "MULTIPLY", "CONCATENATE", "SCALE");

    private final Random random;
    private final List<GraphNetwork.Part> parts = new ArrayList<>();
    private final List<GraphNetwork.Layer> layers = new ArrayList<>();

    /** By the name of a part or layer, its units. */
    private final Map<String, Integer> widths = new LinkedHashMap<>();

    private final Set<String> read = new HashSet<>();
    private final int widest;

    private RandomGraph(Random random) {
        this.random = random;
        this.widest = random.nextInt(5) == 0 ? 24 : 4;
    }

    /** The graph of a seed. */
    public static GraphNetwork of(long seed) {
        return new RandomGraph(new Random(seed * 0x9E3779B97F4A7C15L)).graph("Graph" + seed);
    }

    private GraphNetwork graph(String name) {
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            part("in" + i);
        }
        int depth = 2 + random.nextInt(6);
        for (int i = 0; i < depth; i++) {
            layer("la" + i);
        }
        parts.stream()
                .map(GraphNetwork.Part::name)
                .filter(part -> !read.contains(part))
                .forEach(part -> {
                    dense("of" + part, List.of(part));
                });
        List<GraphNetwork.Output> outputs = new ArrayList<>();
        for (GraphNetwork.Layer layer : layers) {
            if (!read.contains(layer.name()) || random.nextInt(8) == 0) {
                outputs.add(output(layer));
            }
        }
        Collections.shuffle(outputs, random);
        return new GraphNetwork(name, parts, layers, outputs, "");
    }

    private void part(String name) {
        boolean isCategory = random.nextInt(4) == 0;
        // Wide enough now and then for a sum of 64 terms over several sources
        int size = isCategory ? 1 : random.nextInt(12) == 0 ? 40 : 1 + random.nextInt(widest);
        GraphNetwork.Part part = new GraphNetwork.Part(
                name, size, isCategory ? 2 + random.nextInt(4) : 0, isCategory ? random.nextInt(3) - 1 : 0);
        parts.add(part);
        widths.put(name, part.units());
    }

    private void layer(String name) {
        List<String> from = new ArrayList<>(List.of(any(List.copyOf(widths.keySet()))));
        int units = widths.get(from.get(0));
        switch (any(KINDS)) {
            case "ADD" -> sameWidth(name, "ADD", from, units);
            case "MULTIPLY" -> sameWidth(name, "MULTIPLY", from, units);
            case "CONCATENATE" -> {
                from.addAll(some());
                add(new GraphNetwork.Layer(name, "CONCATENATE", from, activation(), 0, false, null, false));
            }
            case "SCALE" ->
                add(new GraphNetwork.Layer(name, "SCALE", from, activation(), 0, false, null, random.nextInt(4) == 0));
            default -> {
                from.addAll(some());
                dense(name, from);
            }
        }
    }

    private void sameWidth(String name, String kind, List<String> from, int units) {
        List<String> others = widths.keySet().stream()
                .filter(other -> widths.get(other) == units)
                .toList();
        for (int more = random.nextInt(3); more > 0; more--) {
            from.add(any(others));
        }
        add(new GraphNetwork.Layer(name, kind, from, activation(), 0, false, null, false));
    }

    private List<String> some() {
        List<String> some = new ArrayList<>();
        for (int more = random.nextInt(3); more > 0; more--) {
            some.add(any(List.copyOf(widths.keySet())));
        }
        return some;
    }

    private void dense(String name, List<String> from) {
        int inputs = from.stream().mapToInt(widths::get).sum();
        for (GraphNetwork.Layer other : layers) {
            int rows = other.from().stream().mapToInt(widths::get).sum();
            if (other.isDense() && other.weightsOf() == null && rows == inputs && random.nextInt(2) == 0) {
                add(new GraphNetwork.Layer(name, "DENSE", from, activation(), 0, true, other.name(), false));
                return;
            }
        }
        int units = 1 + random.nextInt(widest);
        add(new GraphNetwork.Layer(name, "DENSE", from, activation(), units, random.nextInt(4) > 0, null, false));
    }

    private void add(GraphNetwork.Layer layer) {
        layers.add(layer);
        read.addAll(layer.from());
        GraphNetwork network = new GraphNetwork("", parts, layers, List.of(), "");
        widths.put(layer.name(), network.units(layer));
    }

    private GraphNetwork.Output output(GraphNetwork.Layer layer) {
        String loss = switch (layer.activation()) {
            case "SOFTMAX" -> random.nextBoolean() ? "CATEGORICAL_CROSS_ENTROPY" : any(LOSSES);
            case "SIGMOID" -> random.nextBoolean() ? "BINARY_CROSS_ENTROPY" : any(LOSSES);
            default -> any(LOSSES);
        };
        if (layer.inverse() && !layer.activation().equals("IDENTITY")) {
            int place = layers.indexOf(layer);
            layers.set(
                    place,
                    new GraphNetwork.Layer(layer.name(), "SCALE", layer.from(), "IDENTITY", 0, false, null, true));
            loss = any(LOSSES);
        }
        return new GraphNetwork.Output(layer.name(), loss, random.nextBoolean() ? 1 : 0.25 + random.nextInt(4));
    }

    private String activation() {
        return random.nextInt(3) == 0
                ? "IDENTITY"
                : any(Arrays.stream(Activation.values())
                        .map(Activation::toString)
                        .toList());
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
