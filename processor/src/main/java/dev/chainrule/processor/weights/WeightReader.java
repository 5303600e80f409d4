package dev.chainrule.processor.weights;

import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.TrainedNetwork;
import dev.chainrule.processor.resources.UnusableFileException;
import dev.chainrule.runtime.ParameterLayout;
import dev.chainrule.runtime.weights.TensorFile;
import dev.chainrule.runtime.weights.WeightFile;
import dev.chainrule.runtime.weights.WeightFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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
            return new TrainedNetwork(
                    network, StateDict.isIn(file) ? ofStateDict(path, file, network) : ofOurs(path, file, network));
        } catch (WeightFileException e) {
            throw new UnusableFileException("WeightsRefused", e.getMessage());
        } catch (IOException e) {
            throw new UnusableFileException("FileNotReadable", path + " cannot be read: " + e);
        }
    }

    private static double[] ofOurs(Path path, TensorFile file, Network network)
            throws UnusableFileException, IOException {
        ParameterLayout layout = layout(network);
        check(path, file, WeightFile.shapes(layout));
        return WeightFile.read(file, layout, network.topology());
    }

    private static double[] ofStateDict(Path path, TensorFile file, Network network)
            throws UnusableFileException, IOException {
        StateDict stateDict = StateDict.of(file, network);
        check(path, file, stateDict.shapes());
        double[] parameters = stateDict.read(file);
        ParameterLayout layout = layout(network);
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

    static ParameterLayout layout(Network network) {
        List<Layer> layers = network.layers();
        boolean[] biases = new boolean[layers.size()];
        for (int i = 0; i < biases.length; i++) {
            biases[i] = layers.get(i).bias();
        }
        int[] units = layers.stream().mapToInt(Layer::units).toArray();
        String[][] letters = layers.stream()
                .map(layer -> layer.activation().letters().keySet().toArray(String[]::new))
                .toArray(String[][]::new);
        return ParameterLayout.of(network.inputs(), units, biases, letters);
    }
}
