package dev.chainrule.runtime.weights;

import dev.chainrule.runtime.ParameterLayout;
import dev.chainrule.runtime.Shapes;
import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.weights.NetworkTensors.Part;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.zip.CRC32C;

/** The bytes of a network's file. */
final class WeightWriter implements AtomicFile.Content {
    /** Data written at a time, in bytes; a multiple of every element. */
    private static final int CHUNK = 1 << 16;

    /** The reference implementation begins the data there, so that it can be used where it lies. */
    private static final int ALIGNMENT = 8;

    private final ParameterLayout layout;
    private final double[] parameters;
    private final Precision precision;
    private final ByteBuffer header;

    /**
     * What there is to write is checked here, before anything is written.
     *
     * @throws IllegalArgumentException if a parameter is not finite in this precision
     */
    WeightWriter(TrainableNetwork network, Precision precision) throws IOException {
        this.layout = network.layout();
        this.parameters = network.parameters();
        this.precision = precision;
        Shapes.checkLength("parameters", parameters, layout.size());
        checkFinite();
        CRC32C checksum = new CRC32C();
        writeData(checksum::update);
        this.header = header(Identification.of(network, checksum));
    }

    @Override
    public void writeTo(AtomicFile.Sink sink) throws IOException {
        sink.write(header.duplicate());
        writeData(sink);
    }

    private void checkFinite() {
        for (int i = 0; i < parameters.length; i++) {
            double value = precision == Precision.F32 ? (float) parameters[i] : parameters[i];
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("parameter " + layout.name(i) + " is " + parameters[i]
                        + "; expected what is finite in " + precision);
            }
        }
    }

    private void writeData(AtomicFile.Sink sink) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        for (double parameter : parameters) {
            if (precision == Precision.F32) {
                chunk.putFloat((float) parameter);
            } else {
                chunk.putDouble(parameter);
            }
            if (!chunk.hasRemaining()) {
                sink.write(chunk.flip());
                chunk.clear();
            }
        }
        sink.write(chunk.flip());
    }

    private ByteBuffer header(Map<String, String> metadata) {
        StringJoiner pairs = new StringJoiner(",", "{", "}");
        metadata.forEach((key, value) -> pairs.add(string(key) + ":" + string(value)));
        StringJoiner entries = new StringJoiner(",", "{", "}");
        entries.add("\"__metadata__\":" + pairs);
        NetworkTensors.of(layout).forEach((name, part) -> entries.add(string(name) + ":" + description(part)));
        byte[] text = entries.toString().getBytes(StandardCharsets.US_ASCII);
        int padding = -text.length & (ALIGNMENT - 1);
        ByteBuffer header = ByteBuffer.allocate(Long.BYTES + text.length + padding);
        header.order(ByteOrder.LITTLE_ENDIAN).putLong(text.length + padding).put(text);
        while (header.hasRemaining()) {
            header.put((byte) ' ');
        }
        return header.flip();
    }

    private String description(Part part) {
        Dtype dtype = precision.dtype();
        long width = dtype.bits() / Byte.SIZE;
        List<Long> offsets = List.of(part.from() * width, part.end() * width);
        return "{\"dtype\":\"" + dtype + "\",\"shape\":" + list(part.shape()) + ",\"data_offsets\":" + list(offsets)
                + "}";
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
