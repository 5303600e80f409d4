package dev.chainrule.runtime.weights;

import static dev.chainrule.runtime.weights.WeightFileException.quoted;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.LongBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/**
 * A file in the safetensors format, of whatever tool, open for reading. Opening reads and checks the header, as strictly as the
 * format's reference implementation and more so: keys must not be duplicate or unknown. Values are read when asked for.
 * Memory is taken for what the file does hold, never for what it only claims to. A thread that is interrupted while it reads gets
 * an {@link InterruptedIOException}.
 *
 * <p>The format: 8 bytes with the header's length, little-endian; the header, JSON in UTF-8; the tensors' elements. An instance
 * belongs to one thread at a time.
 */
public final class TensorFile implements Closeable {
    /** As the reference implementation has it. */
    private static final long MOST_HEADER_BYTES = 100_000_000;

    /** The first bytes of what Git LFS checks out where it has not fetched a file, by its specification. */
    private static final byte[] GIT_LFS_POINTER =
            "version https://git-lfs.github.com/spec/".getBytes(StandardCharsets.US_ASCII);

    /** Data read at a time, in bytes; a multiple of every element. */
    private static final int CHUNK = 1 << 16;

    /** The longest array that every JVM can make. */
    private static final int MOST_VALUES = Integer.MAX_VALUE - 8;

    /** Of metadata that is not as expected, a message shows so many characters, at most, before those that differ. */
    private static final int MOST_BEFORE_DIFFERENCE = 120;

    private final FileSource source;
    private final Header header;
    private final Map<String, Tensor> tensorsByName;
    private final long dataFrom;

    private TensorFile(FileSource source, Header header, long dataFrom) {
        this.source = source;
        this.header = header;
        this.tensorsByName = header.tensors().stream().collect(Collectors.toMap(Tensor::name, Function.identity()));
        this.dataFrom = dataFrom;
    }

    /**
     * Opens a file.
     *
     * @param path the file
     * @return the file, to be closed
     * @throws WeightFileException if it is not of the format
     * @throws IOException if it cannot be read
     */
    public static TensorFile open(Path path) throws IOException {
        return of(path.toString(), Files.newByteChannel(path));
    }

    /**
     * Reads what a channel holds from its position 0 on. Closing the result closes the channel, and so does any exception.
     *
     * @param name what messages call it
     * @param channel what is read
     * @return the file, to be closed
     * @throws WeightFileException if it is not of the format
     * @throws IOException if it cannot be read
     */
    public static TensorFile of(String name, SeekableByteChannel channel) throws IOException {
        try {
            return read(new FileSource(name, channel));
        } catch (Throwable problem) {
            try {
                channel.close();
            } catch (IOException another) {
                problem.addSuppressed(another);
            }
            throw problem;
        }
    }

    private static TensorFile read(FileSource source) throws IOException {
        String name = source.name();
        long size = source.size();
        if (size < Long.BYTES) {
            throw new WeightFileException(name, "the file has " + size + " bytes; expected 8 for the header's length");
        }
        if (size >= GIT_LFS_POINTER.length
                && Arrays.equals(read(source, 0, GIT_LFS_POINTER.length).array(), GIT_LFS_POINTER)) {
            throw new WeightFileException(
                    name,
                    "the file is a Git LFS pointer, a text in place of a file that is not fetched yet; expected the file itself,"
                            + " which 'git lfs pull' gets");
        }
        long length = read(source, 0, Long.BYTES).getLong();
        if (length < 0 || length > MOST_HEADER_BYTES || length > size - Long.BYTES) {
            throw new WeightFileException(
                    name,
                    "the header is to have " + Long.toUnsignedString(length) + " bytes; expected at most "
                            + Math.min(MOST_HEADER_BYTES, size - Long.BYTES));
        }
        ByteBuffer bytes = read(source, Long.BYTES, (int) length);
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new WeightFileException(name, "the header is not valid UTF-8; expected JSON in UTF-8");
        }
        long dataFrom = Long.BYTES + length;
        return new TensorFile(source, Header.read(name, text, size - dataFrom), dataFrom);
    }

    private static ByteBuffer read(FileSource source, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        source.read(position, bytes);
        return bytes;
    }

    /** {@return what the file says of itself; empty where it says nothing} */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /** {@return what the file says of its tensors, in the order of their data} */
    public List<Tensor> tensors() {
        return header.tensors();
    }

    /**
     * Checks what the file says of itself.
     *
     * @param key names one text of the metadata
     * @param expected the text that the file should have there
     * @throws WeightFileException if the metadata has another text for the key, or none
     */
    public void checkMetadata(String key, String expected) throws WeightFileException {
        String found = metadata().get(key);
        if (found == null) {
            throw wrong("the metadata has no " + key + "; expected " + quoted(expected));
        } else if (!expected.equals(found)) {
            int from = quoteStart(found, expected);
            throw wrong("the metadata has the " + key + " " + quotedFrom(from, found) + "; expected "
                    + quotedFrom(from, expected));
        }
    }

    /** Where the quotes of two texts begin that show where they differ: not at 0 where that is far behind. */
    private static int quoteStart(String text, String other) {
        int difference = 0;
        int length = Math.min(text.length(), other.length());
        while (difference < length && text.charAt(difference) == other.charAt(difference)) {
            difference++;
        }
        return difference < MOST_BEFORE_DIFFERENCE ? 0 : difference - MOST_BEFORE_DIFFERENCE / 2;
    }

    private static String quotedFrom(int from, String text) {
        return quoted((from > 0 ? "..." : "") + text.substring(from));
    }

    /**
     * Reads all bytes after the header and checks them against the checksum that {@link TensorWriter} writes.
     *
     * @throws WeightFileException if they are not what was written, or the file has no such checksum
     * @throws IOException if the file cannot be read
     */
    public void checkData() throws IOException {
        CRC32C checksum = new CRC32C();
        for (Tensor tensor : tensors()) {
            read(tensor, checksum, chunk -> {});
        }
        Identification.checkData(this, checksum);
    }

    /**
     * {@return the elements of a tensor, row-major, NaN and infinities included} Those of an F32 tensor are widened, which
     * is exact.
     *
     * @param tensorName as the file has it
     * @throws WeightFileException if there is no such tensor, it is neither F64 nor F32, or it has more elements than an array
     *     holds
     * @throws IOException if the file cannot be read
     */
    public double[] doubles(String tensorName) throws IOException {
        Tensor tensor = tensor(tensorName);
        checkFloating(tensor);
        double[] values = new double[length(tensor)];
        read(tensor, values, 0, new CRC32C());
        return values;
    }

    /**
     * {@return the elements of a tensor of whole numbers, row-major}
     *
     * @param tensorName as the file has it
     * @throws WeightFileException if there is no such tensor, it is not I64, or it has more elements than an array holds
     * @throws IOException if the file cannot be read
     */
    public long[] longs(String tensorName) throws IOException {
        Tensor tensor = tensor(tensorName);
        if (tensor.dtype() != Dtype.I64) {
            throw wrong(tensor, "has the dtype " + tensor.dtype() + "; expected I64");
        }
        LongBuffer values = LongBuffer.allocate(length(tensor));
        read(tensor, new CRC32C(), chunk -> values.put(chunk.asLongBuffer()));
        return values.array();
    }

    /**
     * Maps a part of a tensor into memory that the operating system fills and frees as it likes, outside of the heap. It can be
     * read after the file is closed, and for as long as the result is there; the file is not to change meanwhile.
     *
     * @param tensor one of this file's
     * @param from where the part begins, in bytes from the tensor's begin
     * @param length the bytes of the part, at most {@link Integer#MAX_VALUE}
     * @return the bytes, little-endian
     * @throws IndexOutOfBoundsException if the tensor does not have them
     * @throws WeightFileException if the file is none of the operating system, as one in an archive is not
     * @throws IOException if the file cannot be mapped
     */
    public ByteBuffer map(Tensor tensor, long from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, tensor.end() - tensor.begin());
        return source.map(dataFrom + tensor.begin() + from, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * {@return what the file says of one tensor}
     *
     * @param tensorName as the file has it
     * @throws WeightFileException if there is no such tensor
     */
    public Tensor tensor(String tensorName) throws WeightFileException {
        Tensor tensor = tensorsByName.get(tensorName);
        if (tensor == null) {
            throw wrong("there is no tensor " + quoted(tensorName) + "; expected one");
        }
        return tensor;
    }

    private int length(Tensor tensor) throws WeightFileException {
        if (tensor.size() > MOST_VALUES) {
            throw wrong(tensor, "has " + tensor.size() + " elements; expected at most " + MOST_VALUES);
        }
        return (int) tensor.size();
    }

    /** Refuses a tensor whose elements are neither {@code double} nor {@code float}. */
    void checkFloating(Tensor tensor) throws WeightFileException {
        if (tensor.dtype() != Dtype.F64 && tensor.dtype() != Dtype.F32) {
            throw wrong(tensor, "has the dtype " + tensor.dtype() + "; expected F64 or F32");
        }
    }

    /** Reads the elements of a tensor into {@code values}, from index {@code from} on, and its bytes into a checksum. */
    void read(Tensor tensor, double[] values, int from, CRC32C checksum) throws IOException {
        DoubleBuffer elements = DoubleBuffer.wrap(values).position(from);
        read(tensor, checksum, chunk -> {
            while (chunk.hasRemaining()) {
                elements.put(tensor.dtype() == Dtype.F64 ? chunk.getDouble() : chunk.getFloat());
            }
        });
    }

    /** Takes bytes of a tensor, whole elements. */
    private interface Reader {
        void read(ByteBuffer chunk);
    }

    private void read(Tensor tensor, CRC32C checksum, Reader reader) throws IOException {
        long position = dataFrom + tensor.begin();
        long left = tensor.end() - tensor.begin();
        ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK, left)).order(ByteOrder.LITTLE_ENDIAN);
        while (left > 0) {
            chunk.clear().limit((int) Math.min(CHUNK, left));
            source.read(position, chunk);
            position += chunk.limit();
            checksum.update(chunk.array(), 0, chunk.limit());
            left -= chunk.limit();
            reader.read(chunk);
        }
    }

    /** An exception that names a tensor of this file. */
    WeightFileException wrong(Tensor tensor, String problem) {
        return wrong("tensor " + quoted(tensor.name()) + " " + problem);
    }

    WeightFileException wrong(String problem) {
        return new WeightFileException(source.name(), problem);
    }

    /** One line: {@code xor.safetensors, tensors: 4}. */
    @Override
    public String toString() {
        return source.name() + ", tensors: " + tensors().size();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
