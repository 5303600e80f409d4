package dev.chainrule.runtime.weights;

import dev.chainrule.runtime.files.AtomicFile;
import dev.chainrule.runtime.files.ElementSink;
import dev.chainrule.runtime.files.FileCalls;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Writes a file of one tensor, row by row, as many as there turn out to be: for more rows than memory holds, and for sources that
 * do not tell their number before. The file is such as a {@link TensorWriter} writes, but that the header ends with more spaces. It
 * is there, whole, once it is {@linkplain #save saved}; closed before, it never is, and what was there before stays.
 */
public final class TensorRows implements Closeable {
    private static final int MOST_BYTE = 255;

    private final String name;
    private final Dtype dtype;
    private final int width;
    private final Map<String, String> metadata;
    private final int headerLength;
    private final AtomicFile file;
    private final ElementSink elements = new ElementSink(this::write);
    private final CRC32C checksum = new CRC32C();
    private long count;
    private boolean isBegun;
    /** False for ever once it is saved or closed, or something could not be written. */
    private boolean isOpen = true;

    /**
     * Begins a file.
     *
     * @param path the file, in a directory that exists
     * @param name the tensor's
     * @param dtype F64; F32, to which values are rounded; or U8, for whole numbers from 0 to 255
     * @param width the number of values of a row, 1 or more
     * @param metadata texts by their keys, besides {@code chainrule.crc32c}
     * @throws IllegalArgumentException if it is another dtype, or the width is less than 1
     * @throws InterruptedIOException if the thread is interrupted, or was before; its interrupt status stays set
     * @throws IOException if the file cannot be written
     */
    public TensorRows(Path path, String name, Dtype dtype, int width, Map<String, String> metadata) throws IOException {
        this(path, name, dtype, width, metadata, FileCalls.REAL);
    }

    TensorRows(Path path, String name, Dtype dtype, int width, Map<String, String> metadata, FileCalls calls)
            throws IOException {
        if (dtype != Dtype.F64 && dtype != Dtype.F32 && dtype != Dtype.U8) {
            throw new IllegalArgumentException("dtype is " + dtype + "; expected F64, F32 or U8");
        }
        if (width < 1) {
            throw new IllegalArgumentException("width is " + width + "; expected at least 1");
        }
        this.name = name;
        this.dtype = dtype;
        this.width = width;
        this.metadata = new LinkedHashMap<>(metadata);
        long most = Long.MAX_VALUE / ((long) width * dtype.bits() / Byte.SIZE);
        this.headerLength = header(most, 0).limit();
        this.file = new AtomicFile(path, calls);
    }

    /**
     * {@return whether a row can have a value} NaN and infinities are floats, too.
     *
     * @param value any
     */
    public boolean holds(double value) {
        return switch (dtype) {
            case U8 -> value >= 0 && value <= MOST_BYTE && value == Math.rint(value);
            case F32 -> Double.isInfinite(value) || !Float.isInfinite((float) value);
            default -> true;
        };
    }

    /**
     * Adds a row.
     *
     * @param row as many values as rows have
     * @throws IllegalArgumentException if these are not as many, or one is not a value of the dtype, before anything is written
     * @throws IllegalStateException if the file is saved or closed, or something could not be written
     * @throws IOException if the row cannot be written
     */
    public void add(double[] row) throws IOException {
        checkOpen();
        if (row.length != width) {
            throw new IllegalArgumentException("row " + count + " has " + row.length + " values; expected " + width);
        }
        for (int i = 0; i < width; i++) {
            if (!holds(row[i])) {
                throw new IllegalArgumentException(
                        "value " + i + " of row " + count + " is " + row[i] + "; expected one that " + dtype + " has");
            }
        }
        count++;
        switch (dtype) {
            case U8 -> elements.putBytes(row, 0, width);
            case F32 -> elements.putFloats(row, 0, width);
            default -> elements.put(row, 0, width);
        }
    }

    /**
     * Ends the file, waits until it has reached the disk, and puts it in the place of the path, as {@link TensorWriter#save} does.
     *
     * @throws IllegalStateException if the file is saved or closed, or something could not be written
     * @throws InterruptedIOException if the thread is interrupted, or was before; its interrupt status stays set
     * @throws IOException if the file cannot be written; what was there before still is, unless only making the rename outlive a
     *     crash failed
     */
    public void save() throws IOException {
        checkOpen();
        elements.flush();
        isOpen = false;
        file.writeOverStart(header(count, headerLength));
        file.save();
    }

    private void write(ByteBuffer chunk) throws IOException {
        isOpen = false;
        if (!isBegun) {
            file.write(ByteBuffer.allocate(headerLength));
            isBegun = true;
        }
        checksum.update(chunk.duplicate());
        file.write(chunk);
        isOpen = true;
    }

    private ByteBuffer header(long rows, int least) {
        TensorWriter header = new TensorWriter();
        metadata.forEach(header::metadata);
        header.metadata(Identification.CHECKSUM, Identification.text(checksum));
        header.add(name, dtype, List.of(rows, (long) width), sink -> {});
        return header.header(least);
    }

    private void checkOpen() {
        if (!isOpen) {
            throw new IllegalStateException("The file is saved or closed, or could not be written; begin another");
        }
    }

    @Override
    public void close() throws IOException {
        isOpen = false;
        file.close();
    }
}
