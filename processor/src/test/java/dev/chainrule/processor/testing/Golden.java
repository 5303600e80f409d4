package dev.chainrule.processor.testing;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * True values from {@code shared/golden} beside the checkout, looked for upwards from the working directory. Tests that use
 * them say {@link RequiresGolden}.
 */
public final class Golden {
    private static final ObjectMapper JSON =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    private Golden() {}

    /** A network with records from 60-digit arithmetic. */
    public record GoldenNetwork(
            String name, int inputs, List<Topology.Layer> layers, Loss loss, double[] parameters, List<Case> cases) {
        public Topology topology() {
            String className = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
            return new Topology(className, inputs, layers, loss, Unroll.AUTO);
        }

        @Override
        public String toString() {
            return name + ": " + topology();
        }
    }

    /** One record, and what the network makes of it. */
    public record Case(
            double[] input, double[] target, double[] output, double loss, double[] gradient, double[] inputGradient) {}

    /** A network with second derivatives from 60-digit arithmetic. */
    public record GoldenSecondOrder(
            String name,
            int inputs,
            List<Topology.Layer> layers,
            Loss loss,
            double[] parameters,
            List<SecondOrderCase> cases) {
        public Topology topology(Unroll unroll) {
            String className = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + unroll;
            return new Topology(className, inputs, layers, loss, unroll);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** One record, and what the network makes of it. */
    public record SecondOrderCase(
            double[] input,
            double[] target,
            double loss,
            double[][] jacobian,
            double[][] parameterJacobian,
            double[][] hessian,
            double[] vector,
            double[] hessianVector) {}

    /** All networks of {@code second_order.json}. */
    public static List<GoldenSecondOrder> secondOrder() {
        return List.of(read("second_order.json", GoldenSecondOrder[].class));
    }

    /** The networks of {@code formulas.json}. */
    private record FormulaFile(List<GoldenFormula> networks) {}

    /** A network with formulas, and records from 60-digit arithmetic. */
    public record GoldenFormula(
            String name,
            int inputs,
            List<FormulaLayer> layers,
            String lossFormula,
            double[] parameters,
            List<Case> cases) {
        public FormulaNetwork declared() {
            String className = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
            return FormulaNetwork.of(
                    className,
                    inputs,
                    layers.stream().map(FormulaLayer::declared).toList(),
                    lossFormula);
        }

        @Override
        public String toString() {
            return name + ": " + declared();
        }
    }

    /** A graph, and records from 60-digit arithmetic. */
    public record GoldenGraph(GraphNetwork declared, double[] parameters, double[] constants, List<Case> cases) {
        @Override
        public String toString() {
            return declared.name();
        }
    }

    private record GraphNumbers(double[] parameters, double[] constants, List<Case> cases) {}

    /** All graphs of {@code graphs.json}. */
    public static List<GoldenGraph> graphs() {
        GraphNetwork.Read[] networks = read("graphs.json", GraphNetwork.Read[].class);
        GraphNumbers[] numbers = read("graphs.json", GraphNumbers[].class);
        return IntStream.range(0, networks.length)
                .mapToObj(i -> new GoldenGraph(
                        networks[i].declared(), numbers[i].parameters(), numbers[i].constants(), numbers[i].cases()))
                .toList();
    }

    /** One layer, with a formula or an activation. */
    public record FormulaLayer(int units, String formula, String activation) {
        FormulaNetwork.Layer declared() {
            return formula == null
                    ? FormulaNetwork.Layer.named(units, activation)
                    : FormulaNetwork.Layer.of(units, formula);
        }
    }

    /**
     * A training run by plain gradient descent on the sum of all records' gradients.
     *
     * @param errorBeforeEpoch pairs of an epoch and the sum of errors before it
     */
    public record Trajectory(
            String name,
            double learningRate,
            int epochs,
            double[] initialParameters,
            double[][] inputs,
            double[][] targets,
            double[][] errorBeforeEpoch,
            double[] finalParameters) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A network that PyTorch made, with what it computes in its own dtype and in {@code double}. */
    public record PyTorchModel(
            String name,
            String dtype,
            Declared network,
            double[][] inputs,
            double[][] outputs,
            double[][] outputsInDouble) {
        private record Declared(int inputs, List<Topology.Layer> layers) {}

        public Topology topology() {
            return new Topology("Model", network.inputs(), network.layers(), Loss.SUM_OF_SQUARES, Unroll.AUTO);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** The models of {@code pytorch}. */
    public static List<PyTorchModel> pyTorchModels() {
        return Stream.of("gate-5-6-1", "classifier-4-8-3", "policy-8-16-16-3")
                .map(name -> {
                    PyTorchModel model = read("pytorch/" + name + ".json", PyTorchModel.class);
                    return new PyTorchModel(
                            name,
                            model.dtype(),
                            model.network(),
                            model.inputs(),
                            model.outputs(),
                            model.outputsInDouble());
                })
                .toList();
    }

    /** The folder of these models' files. */
    public static Path pyTorch() {
        return directory().orElseThrow().resolve("pytorch");
    }

    /** The 2-2-2-2 sigmoid network of the identity runs. */
    public static Topology identity() {
        Topology.Layer layer = new Topology.Layer(2, Activation.SIGMOID, true);
        return new Topology("Identity", 2, Collections.nCopies(3, layer), Loss.SUM_OF_SQUARES, Unroll.AUTO);
    }

    /** Whether the files are there. */
    public static boolean isPresent() {
        return directory().isPresent();
    }

    /** All networks of {@code networks.json}. */
    public static List<GoldenNetwork> networks() {
        return List.of(read("networks.json", GoldenNetwork[].class));
    }

    /** All networks of {@code formulas.json}. */
    public static List<GoldenFormula> formulas() {
        return read("formulas.json", FormulaFile.class).networks();
    }

    /** The identity runs of {@code trajectories.json}. */
    public static List<Trajectory> identityRuns() {
        return Stream.of(read("trajectories.json", Trajectory[].class))
                .filter(trajectory -> trajectory.name().startsWith("identity-"))
                .toList();
    }

    private static <T> T read(String file, Class<T> type) {
        try {
            return JSON.readValue(directory().orElseThrow().resolve(file).toFile(), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder of the networks for collision avoidance and their properties; one that is not there, where it is absent. */
    public static Path acasXu() {
        return directory()
                .map(golden -> golden.resolveSibling("data/acasxu"))
                .filter(Files::isDirectory)
                .orElse(Path.of("absent"));
    }

    /** The folder of model files as people publish them. */
    public static Path models() {
        return directory().orElseThrow().resolveSibling("models");
    }

    private static Optional<Path> directory() {
        return Stream.iterate(Path.of("").toAbsolutePath(), path -> path != null, Path::getParent)
                .map(path -> path.resolve("shared/golden"))
                .filter(Files::isDirectory)
                .findFirst();
    }
}
