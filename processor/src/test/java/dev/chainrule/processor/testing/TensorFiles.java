package dev.chainrule.processor.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Files in the safetensors format, written by its description alone. */
public final class TensorFiles {
    private TensorFiles() {}

    /** A tensor to write. */
    public record Part(String name, String dtype, List<Integer> shape, double... values) {
        /** With the values 1, 2, 3, ... */
        public static Part counting(String name, String dtype, Integer... shape) {
            double[] values = new double[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
            Arrays.setAll(values, i -> i + 1);
            return new Part(name, dtype, List.of(shape), values);
        }

        private int elementBytes() {
            return Integer.parseInt(dtype.replaceAll("\\D", "")) / 8;
        }
    }

    /** Writes tensors one after the other; those of other types than F32 and F64 as zeros. */
    public static void write(Path file, Part... parts) throws IOException {
        int size = Arrays.stream(parts)
                .mapToInt(part -> part.elementBytes() * part.values().length)
                .sum();
        ByteBuffer data = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        StringBuilder header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
        for (Part part : parts) {
            int begin = data.position();
            for (double value : part.values()) {
                switch (part.dtype()) {
                    case "F64" -> data.putDouble(value);
                    case "F32" -> data.putFloat((float) value);
                    default -> data.put(new byte[part.elementBytes()]);
                }
            }
            header.append(",\"%s\":{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[%d,%d]}"
                    .formatted(
                            part.name(),
                            part.dtype(),
                            part.shape().stream().map(String::valueOf).collect(Collectors.joining(",")),
                            begin,
                            data.position()));
        }
        byte[] text = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer whole = ByteBuffer.allocate(8 + text.length + size).order(ByteOrder.LITTLE_ENDIAN);
        whole.putLong(text.length).put(text).put(data.array());
        Files.write(file, whole.array());
    }
}
