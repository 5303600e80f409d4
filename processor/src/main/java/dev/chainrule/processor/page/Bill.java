package dev.chainrule.processor.page;

import dev.chainrule.annotations.Activation;
import dev.chainrule.processor.code.BytecodeSize;
import dev.chainrule.processor.code.Operation;
import dev.chainrule.processor.code.Program;
import dev.chainrule.processor.code.Routine;
import dev.chainrule.processor.derivation.Derivation;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.rules.Operations;
import dev.chainrule.processor.schedule.Limits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** What each way to a gradient costs, as JSON takes it. */
final class Bill {
    /** The factors up to which a full gradient's operations can be counted one by one. */
    private static final double COUNTABLE = 1e15;

    /** How many hidden layers are added to show how costs grow. */
    private static final int MORE_LAYERS = 3;

    private Bill() {}

    /** Operations of each way, bytes of each method, and the growth of each way's multiplications with the layers. */
    static Map<String, Object> of(Derivation derivation, Program program) {
        Network network = derivation.network();
        Map<String, Object> operations = new LinkedHashMap<>();
        Map<String, Long> loss = Operations.kinds(Operation.LOSS.sections(derivation));
        operations.put("forward pass and error", loss);
        operations.put("backpropagation", Operations.kinds(Operation.BACKPROP.sections(derivation)));
        if (network.depth() <= Limits.FULL_GRADIENT_LAYERS && derivation.factors() < COUNTABLE) {
            operations.put("full gradient", Operations.kinds(Operation.FULL_GRADIENT.sections(derivation)));
        }
        operations.put("perturbation", perturbation(loss, network.parameters()));
        return Json.object(
                "operations",
                operations,
                "isGenerated",
                program.operations().containsKey(Operation.FULL_GRADIENT),
                "methods",
                methods(network, program),
                "growth",
                !network.isChain() || network.depth() + MORE_LAYERS > Limits.FULL_GRADIENT_LAYERS
                        ? List.of()
                        : growth(network));
    }

    /** {@code (E(p + e) - E(p - e)) / 2e}, for each parameter. */
    private static Map<String, Long> perturbation(Map<String, Long> loss, long parameters) {
        Map<String, Long> operations = new LinkedHashMap<>(loss);
        operations.replaceAll((kind, count) -> 2 * parameters * count);
        operations.merge("additions", 3 * parameters, Long::sum);
        operations.merge("divisions", parameters, Long::sum);
        return operations;
    }

    private static List<List<Object>> methods(Network network, Program program) {
        List<List<Object>> methods = new ArrayList<>();
        for (Collection<Routine> routines : List.of(program.operations().values(), program.steps())) {
            for (Routine routine : routines) {
                methods.add(List.of(routine.name(), size(routine, network)));
            }
        }
        return methods;
    }

    private static Object size(Routine routine, Network network) {
        OptionalInt bytes = BytecodeSize.of(routine, network);
        return bytes.isPresent() ? bytes.getAsInt() : routine.isStep() ? "loops" : "calls";
    }

    /** Deeper networks may have more parameters than an array holds: they are counted, never made. */
    private static List<Map<String, Object>> growth(Network network) {
        List<Map<String, Object>> growth = new ArrayList<>();
        for (int more = 0; more <= MORE_LAYERS; more++) {
            Derivation deeper = Derivation.of(withHiddenLayers(network, more));
            double forward = multiplications(Operation.LOSS, deeper);
            growth.add(Json.object(
                    "shape",
                    deeper.network().shape(),
                    "backpropagation",
                    multiplications(Operation.BACKPROP, deeper),
                    "full gradient",
                    forward + deeper.factors(),
                    "perturbation",
                    2 * parameters(deeper.network()) * forward));
        }
        return growth;
    }

    private static double parameters(Network network) {
        double parameters = 0;
        for (Layer layer : network.layers()) {
            double ofUnit = layer.inputs()
                    + (layer.bias() ? 1 : 0)
                    + layer.activation().letters().size();
            parameters += ofUnit * layer.units();
        }
        return parameters;
    }

    private static double multiplications(Operation operation, Derivation derivation) {
        Map<String, Long> kinds = Operations.kinds(operation.sections(derivation));
        return kinds.get("fused multiply-adds") + kinds.get("multiplications");
    }

    /** The network with its last hidden layer several times more, or where it has none with layers as wide as the input. */
    private static Network withHiddenLayers(Network network, int more) {
        List<Layer> hidden = network.layers().subList(0, network.depth() - 1);
        Layer repeated = hidden.isEmpty()
                ? new Layer(network.inputs(), network.inputs(), Activation.TANH, true, 0)
                : hidden.get(hidden.size() - 1);
        List<Layer> layers = new ArrayList<>(hidden);
        for (int i = 0; i < more; i++) {
            layers.add(repeated);
        }
        layers.add(network.layer(network.depth()));
        List<Layer> fitting = new ArrayList<>();
        int inputs = network.inputs();
        for (Layer layer : layers) {
            fitting.add(new Layer(inputs, layer.units(), layer.activation(), layer.bias(), 0));
            inputs = layer.units();
        }
        return new Network(
                network.inputs(), fitting, network.outputLayers().get(0).loss(), network.unroll());
    }
}
