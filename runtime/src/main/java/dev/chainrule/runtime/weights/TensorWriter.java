package dev.chainrule.runtime.weights;

import dev.chainrule.runtime.files.AtomicFile;
import dev.chainrule.runtime.files.ElementSink;
import dev.chainrule.runtime.files.ElementSink.Elements;
import dev.chainrule.runtime.files.FileCalls;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.zip.CRC32C;

/**
 * Collects tensors and metadata, and writes them as a file in the safetensors format, which {@link TensorFile} and other tools
 * read. The metadata gets {@code chainrule.crc32c} besides, the CRC-32C of all bytes after the header, as eight hexadecimal
 * digits.
 */
public final class TensorWriter {
    /** The reference implementation begins the data there, so that it can be used where it lies. */
    private static final int ALIGNMENT = 8;

    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final List<Tensor> tensors = new ArrayList<>();
    private final Set<String> names = new HashSet<>(Set.of(Header.METADATA));
    private final List<Elements> data = new ArrayList<>();
    private long end;

    /** A file of nothing, to add to. */
    public TensorWriter() {}

    /**
     * Adds metadata; a key that is there already gets the new text.
     *
     * @param key the name of the text
     * @param text any
     * @return this writer
     */
    public TensorWriter metadata(String key, String text) {
        metadata.put(key, text);
        return this;
    }

    /**
     * Adds a tensor of one dimension, of numbers as they are: F64, NaN and infinities included.
     *
     * @param name the tensor's
     * @param values not copied: they are to stay until the file is written
     * @return this writer
     * @throws IllegalArgumentException if there is a tensor of this name already
     */
    public TensorWriter tensor(String name, double[] values) {
        return tensor(name, List.of((long) values.length), values, 0, ElementType.DOUBLE);
    }

    /**
     * Adds a tensor of one dimension, of whole numbers: I64.
     *
     * @param name the tensor's
     * @param values not copied: they are to stay until the file is written
     * @return this writer
     * @throws IllegalArgumentException if there is a tensor of this name already
     */
    public TensorWriter tensor(String name, long[] values) {
        return add(name, Dtype.I64, List.of((long) values.length), sink -> sink.put(values));
    }

    /** Adds a tensor whose elements begin at {@code values[from]}. */
    TensorWriter tensor(String name, List<Long> shape, double[] values, int from, ElementType elementType) {
        int end = from + (int) size(shape);
        Elements elements = elementType == ElementType.FLOAT
                ? sink -> sink.putFloats(values, from, end)
                : sink -> sink.put(values, from, end);
        return add(name, elementType.dtype(), shape, elements);
    }

    TensorWriter add(String name, Dtype dtype, List<Long> shape, Elements elements) {
        if (!names.add(name)) {
            throw new IllegalArgumentException("there is " + name + " already; expected another name");
        }
        long begin = end;
        end += size(shape) * (dtype.bits() / Byte.SIZE);
        tensors.add(new Tensor(name, dtype, shape, begin, end));
        data.add(elements);
        return this;
    }

    /**
     * Writes the file, atomically: whatever happens, {@code path} is the old file or the new one, whole. The new file is written
     * beside it, under a name of the form {@code .chainrule-*.tmp}, has reached the disk when it takes the old one's place, and is
     * removed if that fails; what a crash leaves behind, the next save in the directory removes. The new file has the old one's
     * group and permissions, where files have such. A symbolic link is replaced by the file.
     *
     * @param path the file, in a directory that exists
     * @throws InterruptedIOException if the thread is interrupted, or was before; its interrupt status stays set
     * @throws IOException if the file cannot be written; the old one is still there, unless only making the rename outlive a
     *     crash failed
     */
    public void save(Path path) throws IOException {
        save(path, FileCalls.REAL);
    }

    void save(Path path, FileCalls calls) throws IOException {
        AtomicFile.write(path, calls, this::writeTo);
    }

    void writeTo(AtomicFile.Sink sink) throws IOException {
        CRC32C checksum = new CRC32C();
        writeData(checksum::update);
        metadata.put(Identification.CHECKSUM, Identification.text(checksum));
        sink.write(header(0));
        writeData(sink);
    }

    private void writeData(AtomicFile.Sink sink) throws IOException {
        ElementSink elements = new ElementSink(sink);
        for (Elements tensor : data) {
            tensor.writeTo(elements);
        }
        elements.flush();
    }

    private static long size(List<Long> shape) {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    /**
     * The header of a file.
     *
     * @param least the bytes that it is to have at least
     */
    ByteBuffer header(int least) {
        StringJoiner pairs = new StringJoiner(",", "{", "}");
        metadata.forEach((key, value) -> pairs.add(string(key) + ":" + string(value)));
        StringJoiner entries = new StringJoiner(",", "{", "}");
        entries.add(string(Header.METADATA) + ":" + pairs);
        tensors.forEach(tensor -> entries.add(string(tensor.name()) + ":" + description(tensor)));
        byte[] text = entries.toString().getBytes(StandardCharsets.US_ASCII);
        int length = Math.max(text.length, least - Long.BYTES) + ALIGNMENT - 1 & -ALIGNMENT;
        ByteBuffer header = ByteBuffer.allocate(Long.BYTES + length);
        header.order(ByteOrder.LITTLE_ENDIAN).putLong(length).put(text);
        while (header.hasRemaining()) {
            header.put((byte) ' ');
        }
        return header.flip();
    }

    private static String description(Tensor tensor) {
        return "{\"dtype\":\"" + tensor.dtype() + "\",\"shape\":" + list(tensor.shape()) + ",\"data_offsets\":"
                + list(List.of(tensor.begin(), tensor.end())) + "}";
    }

    private static String list(List<Long> numbers) {
        return numbers.toString().replace(" ", "");
    }

    /** In ASCII, all else as escapes. */
    private static String string(String text) {
        StringBuilder string = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c < ' ' || c == '"' || c == '\\' || c > '~') {
                string.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                string.append(c);
            }
        }
        return string.append('"').toString();
    }
}
