package dev.chainrule.runtime.weights;

import static dev.chainrule.runtime.weights.WeightFileException.quoted;

import dev.chainrule.runtime.NetworkDescription;
import dev.chainrule.runtime.ParameterLayout;
import dev.chainrule.runtime.Shapes;
import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.files.FileCalls;
import dev.chainrule.runtime.weights.NetworkTensors.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/**
 * Saves the parameters of a network and loads them, in the safetensors format, which other tools read and write too.
 *
 * <p>A file has the tensors {@code layer1.weight} of shape [in, out], {@code layer1.bias} of shape [out] where the layer has
 * biases, {@code layer1.beta} of shape [out] for a trainable letter beta of its formula, and so on: row-major, as in
 * {@link TrainableNetwork#parameters()}. Its metadata has {@code chainrule.format}, the version, 1; {@code chainrule.topology},
 * its {@link NetworkDescription#topology() topology}; and {@code chainrule.crc32c}, the CRC-32C of all bytes after the header, as
 * eight hexadecimal digits.
 *
 * <p>Only networks that tell their {@link TrainableNetwork#description()}, as generated ones do, can be saved and take
 * files with this metadata; others are an {@link UnsupportedOperationException}.
 */
public final class WeightFile {
    private WeightFile() {}

    /**
     * Saves the parameters as they are; loading gives the same bits.
     *
     * @param network whose parameters are saved
     * @param path the file, in a directory that exists
     * @throws IOException if the file cannot be written
     * @see #save(TrainableNetwork, Path, ElementType)
     */
    public static void save(TrainableNetwork network, Path path) throws IOException {
        save(network, path, ElementType.DOUBLE);
    }

    /**
     * Saves the parameters, atomically, as {@link TensorWriter#save} says.
     *
     * @param network whose parameters are saved
     * @param path the file, in a directory that exists
     * @param elementType of the parameters in the file
     * @throws IllegalArgumentException if a parameter is NaN, infinite, or too large for the type; nothing is written then
     * @throws IOException as {@link TensorWriter#save} throws it
     */
    public static void save(TrainableNetwork network, Path path, ElementType elementType) throws IOException {
        save(network, path, elementType, FileCalls.REAL);
    }

    static void save(TrainableNetwork network, Path path, ElementType elementType, FileCalls calls) throws IOException {
        content(network, elementType).save(path, calls);
    }

    /** What is saved; it is checked here, before anything is written. */
    static TensorWriter content(TrainableNetwork network, ElementType elementType) {
        double[] parameters = checkedParameters(network, elementType);
        TensorWriter file = new TensorWriter();
        Identification.add(file, network);
        NetworkTensors.of(network.description().layout())
                .forEach((name, part) -> file.tensor(name, part.shape(), parameters, part.from(), elementType));
        return file;
    }

    /** The parameters, where there are as many as there should be, and all are finite in this type. */
    static double[] checkedParameters(TrainableNetwork network, ElementType elementType) {
        ParameterLayout layout = network.description().layout();
        double[] parameters = network.parameters();
        Shapes.checkLength("parameters", parameters, layout.size());
        for (int i = 0; i < parameters.length; i++) {
            double value = elementType == ElementType.FLOAT ? (float) parameters[i] : parameters[i];
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(
                        "parameter " + layout.name(i) + " is " + parameters[i] + "; expected a finite " + elementType);
            }
        }
        return parameters;
    }

    /**
     * Loads the parameters. The tensors have to be exactly the network's by name and shape, each F64 or F32; F32 is widened,
     * which is exact. Where the file has our metadata, version, topology and checksum have to be right; a file of another tool
     * needs no metadata. Other metadata is ignored.
     *
     * @param network whose parameters are set
     * @param path the file
     * @param options what to put up with
     * @throws WeightFileException if the file is not of the format, damaged, for another network, or has values that are not
     *     finite and not allowed to be; the network is unchanged
     * @throws IOException if the file cannot be read; the network is unchanged
     */
    public static void load(TrainableNetwork network, Path path, LoadOption... options) throws IOException {
        load(network, TensorFile.open(path), options);
    }

    /** Closes the file, too: that can fail, and the network changes only when nothing can any more. */
    static void load(TrainableNetwork network, TensorFile opened, LoadOption... options) throws IOException {
        double[] loaded;
        try (TensorFile file = opened) {
            Shapes.checkLength(
                    "parameters",
                    network.parameters(),
                    network.description().layout().size());
            loaded = read(
                    file,
                    network.description().layout(),
                    () -> network.description().topology(),
                    options);
        }
        System.arraycopy(loaded, 0, network.parameters(), 0, loaded.length);
    }

    /**
     * The tensors of a network's file.
     *
     * @param layout which parameter stands where
     * @return the shapes by name, in the order of the layout
     */
    public static Map<String, List<Long>> shapes(ParameterLayout layout) {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        NetworkTensors.of(layout).forEach((name, part) -> shapes.put(name, part.shape()));
        return shapes;
    }

    /**
     * Reads the parameters of a network that need not be there: as {@link #load} does, with the same checks.
     *
     * @param file open for reading; it stays open
     * @param layout which parameter stands where
     * @param topology the {@link NetworkDescription#topology() topology}, or that without the loss, for a file of any loss
     * @param options what to put up with
     * @return the parameters, {@code layout.size()} values
     * @throws WeightFileException if the file is damaged, for another network, or has values that are not finite and not allowed
     *     to be
     * @throws IOException if the file cannot be read
     */
    public static double[] read(TensorFile file, ParameterLayout layout, String topology, LoadOption... options)
            throws IOException {
        return read(file, layout, () -> topology, options);
    }

    private static double[] read(
            TensorFile file, ParameterLayout layout, Supplier<String> topology, LoadOption... options)
            throws IOException {
        boolean isOurs = Identification.isIn(file);
        if (isOurs) {
            Identification.check(file, topology.get());
        }
        Map<String, Part> parts = NetworkTensors.of(layout);
        checkTensors(file, parts);

        double[] loaded = new double[layout.size()];
        CRC32C checksum = new CRC32C();
        for (Tensor tensor : file.tensors()) {
            file.read(tensor, loaded, parts.get(tensor.name()).from(), checksum);
        }
        if (isOurs) {
            Identification.checkData(file, checksum);
        }
        if (!Arrays.asList(options).contains(LoadOption.ALLOW_NON_FINITE)) {
            checkFinite(file, parts, loaded, layout);
        }
        return loaded;
    }

    /** They are exactly the network's, so that each of the file's has its place, and memory for all is as much as they have. */
    private static void checkTensors(TensorFile file, Map<String, Part> parts) throws WeightFileException {
        Set<String> missing = new HashSet<>(parts.keySet());
        for (Tensor tensor : file.tensors()) {
            Part part = parts.get(tensor.name());
            if (part == null) {
                throw file.wrong(tensor, "is surplus; expected only " + String.join(", ", parts.keySet()));
            }
            if (!tensor.shape().equals(part.shape())) {
                throw file.wrong(tensor, "has the shape " + quoted(tensor.shape()) + "; expected " + part.shape());
            }
            file.checkFloating(tensor);
            missing.remove(tensor.name());
        }
        for (Map.Entry<String, Part> part : parts.entrySet()) {
            if (missing.contains(part.getKey())) {
                throw file.wrong("tensor \"" + part.getKey() + "\" is missing; expected it with the shape "
                        + part.getValue().shape());
            }
        }
    }

    private static void checkFinite(TensorFile file, Map<String, Part> parts, double[] loaded, ParameterLayout layout)
            throws IOException {
        for (Tensor tensor : file.tensors()) {
            Part part = parts.get(tensor.name());
            for (int i = part.from(); i < part.end(); i++) {
                if (!Double.isFinite(loaded[i])) {
                    throw file.wrong(
                            tensor, "has " + loaded[i] + " for " + layout.name(i) + "; expected finite numbers");
                }
            }
        }
    }
}
