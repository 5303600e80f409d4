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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.zip.CRC32C;

/**
 * Saves the parameters and constants of a network and loads them, in the safetensors format, which other tools read and
 * write too.
 *
 * <p>A file has the tensors {@code layer1.weight} of shape [in, out], {@code layer1.bias} of shape [out] where the layer has
 * biases, {@code layer1.beta} of shape [out] for a trainable letter beta of its formula, and so on: row-major, as in
 * {@link TrainableNetwork#parameters()}. A layer of kind SCALE has {@code .shift} and {@code .scale} of shape [out].
 * Where a layer has a name, it stands for {@code layer1}; what is another's, as shared weights are, it has not. The
 * file's metadata has {@code chainrule.format}, the version, 1; {@code chainrule.topology}, its
 * {@link NetworkDescription#topology() topology}; and {@code chainrule.crc32c}, the CRC-32C of all bytes after the
 * header, as eight hexadecimal digits.
 *
 * <p>Only networks that tell their {@link TrainableNetwork#description()}, as generated ones do, can be saved and take
 * files with this metadata; others are an {@link UnsupportedOperationException}.
 */
public final class WeightFile {
    private WeightFile() {}

    /**
     * Saves parameters and constants as they are; loading gives the same bits.
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
     * Saves parameters and constants, atomically, as {@link TensorWriter#save} says.
     *
     * @param network whose parameters are saved
     * @param path the file, in a directory that exists
     * @param elementType of the numbers in the file
     * @throws IllegalArgumentException if a parameter or a constant is NaN, as constants are that nobody has set,
     *     infinite, or too large for the type; nothing is written then
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
        NetworkNumbers numbers = checkedNumbers(network, elementType);
        TensorWriter file = new TensorWriter();
        Identification.add(file, network);
        NetworkTensors.of(network.description())
                .parts()
                .forEach((name, part) -> file.tensor(name, part.shape(), part.in(numbers), part.from(), elementType));
        return file;
    }

    /** Parameters and constants, where there are as many as there should be, and all are finite in this type. */
    static NetworkNumbers checkedNumbers(TrainableNetwork network, ElementType elementType) {
        NetworkDescription description = network.description();
        NetworkNumbers numbers = numbers(network, description);
        NetworkDescription.checkConstants(network);
        ParameterLayout layout = description.layout();
        checkFinite("parameter ", numbers.parameters(), layout::name, elementType);
        checkFinite("constant ", numbers.constants(), description::constantName, elementType);
        return numbers;
    }

    /** The network's own arrays, where they are of the right lengths. */
    private static NetworkNumbers numbers(TrainableNetwork network, NetworkDescription description) {
        Shapes.checkLength(
                "parameters", network.parameters(), description.layout().size());
        Shapes.checkLength("constants", network.constants(), description.constants());
        return new NetworkNumbers(network.parameters(), network.constants());
    }

    private static void checkFinite(String what, double[] values, IntFunction<String> names, ElementType elementType) {
        for (int i = 0; i < values.length; i++) {
            double value = elementType == ElementType.FLOAT ? (float) values[i] : values[i];
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(
                        what + names.apply(i) + " is " + values[i] + "; expected a finite " + elementType);
            }
        }
    }

    /**
     * Loads parameters and constants. The tensors have to be exactly the network's by name and shape, each F64 or F32;
     * F32 is widened, which is exact. Where the file has our metadata, version, topology and checksum have to be right;
     * a file of another tool needs no metadata. Other metadata is ignored.
     *
     * @param network whose parameters and constants are set
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
        NetworkNumbers loaded;
        NetworkNumbers live;
        try (TensorFile file = opened) {
            NetworkDescription description = network.description();
            live = numbers(network, description);
            loaded = read(file, description, options);
        }
        System.arraycopy(loaded.parameters(), 0, live.parameters(), 0, live.parameters().length);
        System.arraycopy(loaded.constants(), 0, live.constants(), 0, live.constants().length);
    }

    /**
     * The tensors of the file of a chain of dense layers without names.
     *
     * @param layout which parameter stands where
     * @return the shapes by name, in the order of the layout
     */
    public static Map<String, List<Long>> shapes(ParameterLayout layout) {
        return NetworkTensors.of(layout).shapes();
    }

    /**
     * The tensors of a network's file.
     *
     * @param description of the network
     * @return the shapes by name, in the order of the layers
     */
    public static Map<String, List<Long>> shapes(NetworkDescription description) {
        return NetworkTensors.of(description).shapes();
    }

    /**
     * Reads the parameters of a chain of dense layers without names, which need not be there: as {@link #load} does,
     * with the same checks.
     *
     * @param file open for reading; it stays open
     * @param layout which parameter stands where
     * @param topology the {@link NetworkDescription#topology() topology}, or that without the loss, for a file of any loss
     * @param options what to put up with
     * @return the parameters, {@code layout.size()} values
     * @throws WeightFileException if the file is damaged, for another network, or has values that are not finite and
     *     not allowed to be
     * @throws IOException if the file cannot be read
     */
    public static double[] read(TensorFile file, ParameterLayout layout, String topology, LoadOption... options)
            throws IOException {
        return read(file, NetworkTensors.of(layout), topology, options).parameters();
    }

    /**
     * Reads parameters and constants of a network that need not be there: as {@link #load} does, with the same checks.
     *
     * @param file open for reading; it stays open
     * @param description of the network; where its outputs have no losses, for a file of any
     * @param options what to put up with
     * @return the numbers
     * @throws WeightFileException if the file is damaged, for another network, or has values that are not finite and
     *     not allowed to be
     * @throws IOException if the file cannot be read
     */
    public static NetworkNumbers read(TensorFile file, NetworkDescription description, LoadOption... options)
            throws IOException {
        return read(file, NetworkTensors.of(description), description.topology(), options);
    }

    private static NetworkNumbers read(TensorFile file, NetworkTensors tensors, String topology, LoadOption... options)
            throws IOException {
        boolean isOurs = Identification.isIn(file);
        if (isOurs) {
            Identification.check(file, topology);
        }
        Map<String, Part> parts = tensors.parts();
        checkTensors(file, parts);

        NetworkNumbers loaded =
                new NetworkNumbers(new double[tensors.layout().size()], new double[tensors.constants()]);
        CRC32C checksum = new CRC32C();
        for (Tensor tensor : file.tensors()) {
            Part part = parts.get(tensor.name());
            file.read(tensor, part.in(loaded), part.from(), checksum);
        }
        if (isOurs) {
            Identification.checkData(file, checksum);
        }
        if (!Arrays.asList(options).contains(LoadOption.ALLOW_NON_FINITE)) {
            checkFinite(file, tensors, loaded);
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

    private static void checkFinite(TensorFile file, NetworkTensors tensors, NetworkNumbers loaded) throws IOException {
        for (Tensor tensor : file.tensors()) {
            Part part = tensors.parts().get(tensor.name());
            for (int i = part.from(); i < part.end(); i++) {
                double value = part.in(loaded)[i];
                if (!Double.isFinite(value)) {
                    throw file.wrong(
                            tensor, "has " + value + " for " + tensors.name(part, i) + "; expected finite numbers");
                }
            }
        }
    }
}
