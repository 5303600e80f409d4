package dev.chainrule.processor.weights;

import dev.chainrule.annotations.Precision;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.LossFunction;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.TrainedNetwork;
import dev.chainrule.processor.resources.UnusableFileException;
import dev.chainrule.runtime.InputDescription;
import dev.chainrule.runtime.LayerDescription;
import dev.chainrule.runtime.NetworkDescription;
import dev.chainrule.runtime.OutputDescription;
import dev.chainrule.runtime.ParameterLayout;
import dev.chainrule.runtime.TargetKind;
import dev.chainrule.runtime.weights.NetworkNumbers;
import dev.chainrule.runtime.weights.TensorFile;
import dev.chainrule.runtime.weights.WeightFile;
import dev.chainrule.runtime.weights.WeightFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the parameters of a network from a file that was saved here, or by PyTorch. */
public final class WeightReader {
    private WeightReader() {}

    /**
     * The network with the parameters of a file.
     *
     * @throws UnusableFileException if the file cannot be read, is malformed or damaged, is of another network, or has NaN or
     *     infinities
     */
    public static TrainedNetwork read(Path path, Network network) throws UnusableFileException {
        try (TensorFile file = TensorFile.open(path)) {
            boolean isNumbered = StateDict.isIn(file);
            if (new TensorTable(expected(file, network), file).differs()) {
                Optional<double[]> ofModules = Modules.read(file, network);
                if (ofModules.isPresent()) {
                    return new TrainedNetwork(network, finite(path, ofModules.get(), network));
                }
            }
            return isNumbered
                    ? new TrainedNetwork(network, ofStateDict(path, file, network))
                    : ofOurs(path, file, network);
        } catch (WeightFileException e) {
            throw new UnusableFileException("WeightsRefused", e.getMessage());
        } catch (IOException e) {
            throw new UnusableFileException("FileNotReadable", path + " cannot be read: " + e);
        }
    }

    private static TrainedNetwork ofOurs(Path path, TensorFile file, Network network)
            throws UnusableFileException, IOException {
        NetworkDescription description = description(network);
        check(path, file, WeightFile.shapes(description));
        NetworkNumbers numbers = WeightFile.read(file, description);
        return new TrainedNetwork(network, numbers.parameters(), numbers.constants(), Precision.DOUBLE);
    }

    private static double[] ofStateDict(Path path, TensorFile file, Network network)
            throws UnusableFileException, IOException {
        StateDict stateDict = StateDict.of(file, network);
        check(path, file, stateDict.shapes());
        return finite(path, stateDict.read(file), network);
    }

    private static Map<String, List<Long>> expected(TensorFile file, Network network) {
        return StateDict.isIn(file) ? StateDict.of(file, network).shapes() : WeightFile.shapes(description(network));
    }

    private static double[] finite(Path path, double[] parameters, Network network) throws UnusableFileException {
        ParameterLayout layout = description(network).layout();
        for (int i = 0; i < parameters.length; i++) {
            if (!Double.isFinite(parameters[i])) {
                throw new UnusableFileException(
                        "WeightsRefused",
                        path + ": there is " + parameters[i] + " for " + layout.name(i) + "; expected finite numbers");
            }
        }
        return parameters;
    }

    private static void check(Path path, TensorFile file, Map<String, List<Long>> shapes) throws UnusableFileException {
        TensorTable table = new TensorTable(shapes, file);
        if (table.differs()) {
            throw new UnusableFileException(
                    "WeightsDoNotFit",
                    path
                            + " is not of this network; change the declaration, or save the state_dict of an nn.Sequential or by"
                            + " WeightFile.save what fits it:" + table.text());
        }
    }

    /** The network as the runtime describes it. */
    static NetworkDescription description(Network network) {
        List<InputDescription> parts = network.parts().stream()
                .map(part -> new InputDescription(part.name(), part.size(), part.categories(), part.firstCategory()))
                .toList();
        List<LayerDescription> layers = network.layers().stream()
                .map(layer -> description(network, layer))
                .toList();
        List<OutputDescription> outputs = network.outputLayers().stream()
                .map(output -> new OutputDescription(
                        network.name(output.layer()),
                        output.loss().map(LossFunction::text).orElse(""),
                        output.weight(),
                        TargetKind.ANY))
                .toList();
        return new NetworkDescription(parts, layers, outputs);
    }

    private static LayerDescription description(Network network, Layer layer) {
        return new LayerDescription(
                layer.units(),
                layer.activation().text(),
                "",
                layer.bias(),
                List.copyOf(layer.activation().letters().keySet()),
                layer.name(),
                LayerDescription.Kind.valueOf(layer.kind().name()),
                layer.sources().stream().map(network::name).toList(),
                layer.weightsOf() == 0 ? "" : network.name(layer.weightsOf()),
                layer.inverse());
    }
}
