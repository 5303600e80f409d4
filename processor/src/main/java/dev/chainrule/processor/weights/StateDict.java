package dev.chainrule.processor.weights;

import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.Network;
import dev.chainrule.runtime.weights.Tensor;
import dev.chainrule.runtime.weights.TensorFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tensors that PyTorch saves of a {@code torch.nn.Sequential}: {@code 0.weight} of shape [out, in] and {@code
 * 0.bias} of shape [out] of its first {@code Linear}, {@code 2.weight} and so on. The numbers ascend from layer to
 * layer, with gaps where there are modules without parameters, such as activations. All names may begin with the same
 * prefix, {@code net.0.weight}.
 */
final class StateDict {
    private static final Pattern NAME = Pattern.compile("(|.*\\.)(\\d{1,9})\\.(?:weight|bias)", Pattern.DOTALL);

    /** From one {@code Linear} to the next, with an activation between them. */
    private static final int USUAL_STEP = 2;

    private final Network network;
    private final String prefix;
    private final List<Integer> numbers;

    private StateDict(Network network, String prefix, List<Integer> numbers) {
        this.network = network;
        this.prefix = prefix;
        this.numbers = numbers;
    }

    /** Whether names of a file are of this form. */
    static boolean isIn(TensorFile file) {
        return file.tensors().stream()
                .anyMatch(tensor -> NAME.matcher(tensor.name()).matches());
    }

    /** What a file has to hold for a network, by the prefix and the numbers that it does hold, as far as they go. */
    static StateDict of(TensorFile file, Network network) {
        String prefix = null;
        TreeSet<Integer> found = new TreeSet<>();
        for (Tensor tensor : file.tensors()) {
            Matcher name = NAME.matcher(tensor.name());
            if (name.matches() && (prefix == null || prefix.equals(name.group(1)))) {
                prefix = name.group(1);
                found.add(Integer.valueOf(name.group(2)));
            }
        }
        List<Integer> numbers = new ArrayList<>(found);
        while (numbers.size() < network.depth()) {
            numbers.add(numbers.get(numbers.size() - 1) + USUAL_STEP);
        }
        return new StateDict(network, prefix, numbers);
    }

    /** The tensors by name, with their shapes. */
    Map<String, List<Long>> shapes() {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        for (int number = 1; number <= network.depth(); number++) {
            Layer layer = network.layer(number);
            shapes.put(name(number, "weight"), List.of((long) layer.units(), (long) layer.inputs()));
            if (layer.bias()) {
                shapes.put(name(number, "bias"), List.of((long) layer.units()));
            }
            for (String letter : layer.activation().letters().keySet()) {
                shapes.put(name(number, letter), List.of((long) layer.units()));
            }
        }
        return shapes;
    }

    /** The parameters of a file that holds tensors of these names and shapes. */
    double[] read(TensorFile file) throws IOException {
        double[] parameters = new double[network.parameters()];
        for (int number = 1; number <= network.depth(); number++) {
            Layer layer = network.layer(number);
            double[] weights = file.doubles(name(number, "weight"));
            for (int unit = 0; unit < layer.units(); unit++) {
                for (int from = 0; from < layer.inputs(); from++) {
                    parameters[layer.weight(from, unit)] = weights[unit * layer.inputs() + from];
                }
            }
            if (layer.bias()) {
                double[] biases = file.doubles(name(number, "bias"));
                System.arraycopy(biases, 0, parameters, layer.firstBias(), biases.length);
            }
            int from = layer.firstLetter();
            for (String letter : layer.activation().letters().keySet()) {
                System.arraycopy(file.doubles(name(number, letter)), 0, parameters, from, layer.units());
                from += layer.units();
            }
        }
        return parameters;
    }

    private String name(int layer, String part) {
        return prefix + numbers.get(layer - 1) + "." + part;
    }
}
