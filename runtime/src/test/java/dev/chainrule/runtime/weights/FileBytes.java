package dev.chainrule.runtime.weights;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;

/** A file as bytes in memory: to put together by hand, to damage, and to read. */
final class FileBytes {
    /** What a header says of the tensors of {@link StoredNetwork#small()}. */
    static final String WEIGHT1 = "\"layer1.weight\":{\"dtype\":\"F64\",\"shape\":[3,2],\"data_offsets\":[0,48]}";

    static final String BIAS1 = "\"layer1.bias\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[48,64]}";
    static final String WEIGHT2 = "\"layer2.weight\":{\"dtype\":\"F64\",\"shape\":[2,1],\"data_offsets\":[64,80]}";
    /** As many values as it has parameters. */
    static final double[] TEN = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

    private FileBytes() {}

    /** A header with one tensor, {@code t}. */
    static String tensor(String dtype, String shape, String offsets) {
        return "{\"t\":{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[%s]}}".formatted(dtype, shape, offsets);
    }

    /** Header length, header and data of doubles, by the format's description alone. */
    static byte[] of(String header, double... data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + 8 * data.length);
        bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).put(text);
        for (double value : data) {
            bytes.putDouble(value);
        }
        return bytes.array();
    }

    /** What a save writes. */
    static byte[] saved(StoredNetwork network, ElementType elementType) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            WeightFile.content(network, elementType).writeTo(chunk -> {
                byte[] copy = new byte[chunk.remaining()];
                chunk.get(copy);
                bytes.writeBytes(copy);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Loads a network from bytes, as if they were the file {@code test}. */
    static void load(StoredNetwork network, byte[] bytes, LoadOption... options) throws IOException {
        WeightFile.load(network, open(bytes), options);
    }

    static TensorFile open(byte[] bytes) throws IOException {
        return TensorFile.of("test", channel(bytes));
    }

    static String header(byte[] bytes) {
        int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return new String(bytes, 8, length, StandardCharsets.UTF_8);
    }

    static SeekableByteChannel channel(byte[] bytes) {
        return channel(bytes, bytes.length);
    }

    static SeekableByteChannel channel(byte[] bytes, long size) {
        return channel(bytes, size, null);
    }

    /**
     * Says that it has {@code size} bytes, and gives at most 50 a read, as a channel may.
     *
     * @param onClose what closing throws; null for nothing
     */
    static SeekableByteChannel channel(byte[] bytes, long size, IOException onClose) {
        ByteBuffer content = ByteBuffer.wrap(bytes);
        return new SeekableByteChannel() {
            private boolean isOpen = true;

            @Override
            public int read(ByteBuffer target) {
                if (!content.hasRemaining()) {
                    return -1;
                }
                int count = Math.min(50, Math.min(target.remaining(), content.remaining()));
                target.put(content.slice(content.position(), count));
                content.position(content.position() + count);
                return count;
            }

            @Override
            public long position() {
                return content.position();
            }

            @Override
            public SeekableByteChannel position(long position) {
                content.position((int) position);
                return this;
            }

            @Override
            public long size() {
                return size;
            }

            @Override
            public boolean isOpen() {
                return isOpen;
            }

            @Override
            public void close() throws IOException {
                isOpen = false;
                if (onClose != null) {
                    throw onClose;
                }
            }

            @Override
            public int write(ByteBuffer source) {
                throw new UnsupportedOperationException();
            }

            @Override
            public SeekableByteChannel truncate(long size) {
                throw new UnsupportedOperationException();
            }
        };
    }
}
