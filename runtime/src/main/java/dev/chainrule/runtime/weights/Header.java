package dev.chainrule.runtime.weights;

import static dev.chainrule.runtime.weights.WeightFileException.quoted;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The header of a safetensors file: an object of {@code "name": {"dtype": .., "shape": [..], "data_offsets": [begin, end]}} and,
 * if it likes, {@code "__metadata__": {"key": "value"}}. Reading checks all that it says, against itself and against the data.
 */
final class Header {
    static final String METADATA = "__metadata__";

    private final String file;
    private final JsonReader json;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final List<Tensor> tensors = new ArrayList<>();

    private Header(String file, String text) {
        this.file = file;
        this.json = new JsonReader(file, text);
    }

    /**
     * Reads the header of a file.
     *
     * @param dataLength the number of bytes after the header
     */
    static Header read(String file, String text, long dataLength) throws WeightFileException {
        if (!text.startsWith("{")) {
            throw new WeightFileException(file, "the header does not begin with '{'; expected it to");
        }
        Header header = new Header(file, text);
        header.json.object(header::readEntry);
        header.json.end();
        header.tensors.sort(Comparator.comparingLong(Tensor::begin).thenComparingLong(Tensor::end));
        header.checkOffsets(dataLength);
        return header;
    }

    Map<String, String> metadata() {
        return Collections.unmodifiableMap(metadata);
    }

    /** In the order of their data. */
    List<Tensor> tensors() {
        return Collections.unmodifiableList(tensors);
    }

    private void readEntry(String key) throws WeightFileException {
        if (key.equals(METADATA)) {
            json.object(name -> metadata.put(name, json.string()));
        } else {
            tensors.add(new Description(key).read());
        }
    }

    /** The object that describes one tensor. */
    private final class Description {
        private final String name;
        private Dtype dtype;
        private List<Long> shape;
        private List<Long> offsets;

        Description(String name) {
            this.name = name;
        }

        Tensor read() throws WeightFileException {
            json.object(this::readField);
            require("dtype", dtype);
            require("shape", shape);
            require("data_offsets", offsets);
            if (offsets.size() != 2) {
                throw wrong(name, "has " + offsets.size() + " data_offsets; expected 2");
            }
            return new Tensor(name, dtype, shape, offsets.get(0), offsets.get(1));
        }

        private void readField(String field) throws WeightFileException {
            switch (field) {
                case "dtype" -> dtype = dtype(json.string());
                case "shape" -> shape = json.wholeNumbers();
                case "data_offsets" -> offsets = json.wholeNumbers();
                default -> throw wrong(name, "has " + quoted(field) + "; expected dtype, shape and data_offsets only");
            }
        }

        private Dtype dtype(String text) throws WeightFileException {
            return Stream.of(Dtype.values())
                    .filter(known -> known.name().equals(text))
                    .findFirst()
                    .orElseThrow(() -> wrong(
                            name,
                            "has the dtype " + quoted(text) + "; expected one of "
                                    + Stream.of(Dtype.values()).map(Dtype::name).collect(Collectors.joining(", "))));
        }

        private void require(String field, Object value) throws WeightFileException {
            if (value == null) {
                throw wrong(name, "has no " + field + "; expected dtype, shape and data_offsets");
            }
        }
    }

    /** The tensors have to cover the data from begin to end, each where the one before it ends. */
    private void checkOffsets(long dataLength) throws WeightFileException {
        long end = 0;
        for (Tensor tensor : tensors) {
            String offsets = "has data_offsets [" + tensor.begin() + ", " + tensor.end() + "]; expected ";
            if (tensor.begin() != end) {
                throw wrong(tensor.name(), offsets + "it to begin at " + end + ", where the one before it ends");
            }
            if (tensor.end() < tensor.begin()) {
                throw wrong(tensor.name(), offsets + "it not to end before it begins");
            }
            long bytes = bytes(tensor);
            if (tensor.end() - tensor.begin() != bytes) {
                throw wrong(
                        tensor.name(), offsets + bytes + " bytes for " + tensor.dtype() + " " + quoted(tensor.shape()));
            }
            end = tensor.end();
        }
        if (end != dataLength) {
            String last = tensors.isEmpty()
                    ? "there are no tensors"
                    : "tensor " + quoted(tensors.get(tensors.size() - 1).name()) + " ends at byte " + end;
            throw new WeightFileException(file, last + "; expected the last to end with the data, at " + dataLength);
        }
    }

    private long bytes(Tensor tensor) throws WeightFileException {
        long bits;
        try {
            bits = Math.multiplyExact(tensor.size(), (long) tensor.dtype().bits());
        } catch (ArithmeticException e) {
            throw wrong(
                    tensor.name(),
                    "has the shape " + quoted(tensor.shape()) + ", which overflows; expected at most " + Long.MAX_VALUE
                            + " bits");
        }
        if (bits % 8 != 0) {
            throw wrong(tensor.name(), "has " + bits + " bits; expected whole bytes");
        }
        return bits / 8;
    }

    private WeightFileException wrong(String tensor, String problem) {
        return new WeightFileException(file, "tensor " + quoted(tensor) + " " + problem);
    }
}
