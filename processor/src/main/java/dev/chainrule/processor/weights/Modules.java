package dev.chainrule.processor.weights;

import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.Network;
import dev.chainrule.runtime.weights.Dtype;
import dev.chainrule.runtime.weights.Tensor;
import dev.chainrule.runtime.weights.TensorFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tensors of a file whose names are the writer's own: {@code fc1.weight}, {@code body.0.weight} and {@code head.weight}, or
 * scikit-learn's {@code coefs_.0} and {@code intercepts_.0}. They are taken where their shapes, and the numbers in their names, leave
 * one reading.
 */
final class Modules {
    private static final Pattern LEARNT = Pattern.compile("(.*)(coefs_|intercepts_)[._]?(\\d{1,9})", Pattern.DOTALL);

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    private static final String WEIGHT = "weight";

    private static final String BIAS = "bias";

    /** The tensors of one layer, by what they are. */
    private record Module(String name, boolean isLearnt, Map<String, Tensor> tensors) {
        /** The name without its numbers: what names of layers after each other have in common. */
        String pattern() {
            return NUMBER.matcher(name).replaceAll("#");
        }

        List<Integer> numbers() {
            return NUMBER.matcher(name)
                    .results()
                    .map(result -> Integer.valueOf(result.group()))
                    .toList();
        }
    }

    /** Of each layer that has weights the module; their weights as [out, in], or as [in, out]. */
    private record Reading(Map<Integer, Module> modules, boolean isTransposed) {}

    private final Network network;
    private final List<Module> modules = new ArrayList<>();

    private Modules(Network network) {
        this.network = network;
    }

    /** The parameters of a file of these names, if there is one way to read them. */
    static Optional<double[]> read(TensorFile file, Network network) throws IOException {
        Modules modules = new Modules(network);
        modules.collect(file);
        List<Reading> readings = modules.readings();
        return readings.size() == 1 ? Optional.of(modules.numbers(readings.get(0), file)) : Optional.empty();
    }

    private void collect(TensorFile file) {
        Map<String, Module> byName = new TreeMap<>();
        for (Tensor tensor : file.tensors()) {
            Matcher learnt = LEARNT.matcher(tensor.name());
            boolean isLearnt = learnt.matches();
            int end = tensor.name().lastIndexOf('.');
            String name =
                    isLearnt ? learnt.group(1) + learnt.group(3) : tensor.name().substring(0, Math.max(end, 0));
            String part = isLearnt
                    ? learnt.group(2).equals("coefs_") ? WEIGHT : BIAS
                    : tensor.name().substring(end + 1);
            byName.computeIfAbsent(name, absent -> new Module(name, isLearnt, new HashMap<>()))
                    .tensors()
                    .put(part, tensor);
        }
        modules.addAll(byName.values());
    }

    private List<Reading> readings() {
        boolean hasOthers = network.constants() > 0
                || network.layers().stream().anyMatch(layer -> !layer.ownsWeights() && layer.parameters() > 0);
        List<Reading> readings = new ArrayList<>();
        if (!hasOthers) {
            if (modules.stream().noneMatch(Module::isLearnt)) {
                reading(true).ifPresent(readings::add);
            }
            reading(false).ifPresent(readings::add);
        }
        return readings;
    }

    /** Those of equal shapes in the order of the numbers in their names, which is that of the layers. */
    private Optional<Reading> reading(boolean isTransposed) {
        Map<Integer, Module> taken = new TreeMap<>();
        Map<String, List<Integer>> last = new HashMap<>();
        List<Module> rest = new ArrayList<>(modules);
        for (int number = 1; number <= network.depth(); number++) {
            Layer layer = network.layer(number);
            if (!layer.ownsWeights()) {
                continue;
            }
            List<Module> fitting = rest.stream()
                    .filter(module -> fits(module, layer, isTransposed))
                    .toList();
            boolean areAlike = fitting.stream().map(Module::pattern).distinct().count() == 1;
            if (!areAlike) {
                return Optional.empty();
            }
            Module first = fitting.stream()
                    .min(Comparator.comparing(Module::numbers, Modules::compare))
                    .orElseThrow();
            List<Integer> before = last.put(first.pattern(), first.numbers());
            if (before != null && compare(before, first.numbers()) >= 0) {
                return Optional.empty();
            }
            taken.put(number, first);
            rest.remove(first);
        }
        return rest.isEmpty() ? Optional.of(new Reading(taken, isTransposed)) : Optional.empty();
    }

    private static int compare(List<Integer> left, List<Integer> right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            if (!left.get(i).equals(right.get(i))) {
                return Integer.compare(left.get(i), right.get(i));
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    private static boolean fits(Module module, Layer layer, boolean isTransposed) {
        long inputs = layer.inputs();
        long units = layer.units();
        SortedSet<String> parts = new TreeSet<>(layer.activation().letters().keySet());
        parts.add(WEIGHT);
        if (layer.bias()) {
            parts.add(BIAS);
        }
        return module.tensors().keySet().equals(parts)
                && module.tensors().entrySet().stream().allMatch(entry -> {
                    List<Long> ofUnits = List.of(units);
                    List<Long> shape = entry.getKey().equals(WEIGHT)
                            ? isTransposed ? List.of(units, inputs) : List.of(inputs, units)
                            : ofUnits;
                    Dtype dtype = entry.getValue().dtype();
                    return entry.getValue().shape().equals(shape) && (dtype == Dtype.F64 || dtype == Dtype.F32);
                });
    }

    private double[] numbers(Reading reading, TensorFile file) throws IOException {
        double[] parameters = new double[network.parameters()];
        for (Map.Entry<Integer, Module> entry : reading.modules().entrySet()) {
            Layer layer = network.layer(entry.getKey());
            Map<String, Tensor> tensors = entry.getValue().tensors();
            double[] weights = file.doubles(tensors.get(WEIGHT).name());
            for (int from = 0; from < layer.inputs(); from++) {
                for (int to = 0; to < layer.units(); to++) {
                    int place = reading.isTransposed() ? to * layer.inputs() + from : from * layer.units() + to;
                    parameters[layer.weight(from, to)] = weights[place];
                }
            }
            if (layer.bias()) {
                copy(file, tensors.get(BIAS), parameters, layer.firstBias());
            }
            int at = layer.firstLetter();
            for (String letter : layer.activation().letters().keySet()) {
                copy(file, tensors.get(letter), parameters, at);
                at += layer.units();
            }
        }
        return parameters;
    }

    private static void copy(TensorFile file, Tensor tensor, double[] parameters, int at) throws IOException {
        double[] values = file.doubles(tensor.name());
        System.arraycopy(values, 0, parameters, at, values.length);
    }
}
