package dev.chainrule.runtime.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Files that are almost right: seeds with one to four changes, of bytes, of the header's text or of its length. */
final class Mutations {
    /** What is likely to lead a reader astray. */
    private static final List<String> FRAGMENTS = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\\u",
            "\\ud800",
            " ",
            "\0",
            "-",
            "0",
            "1",
            "8",
            "9",
            ".",
            "e5",
            "null",
            "true",
            "9223372036854775807",
            "9223372036854775808",
            "18446744073709551616",
            "4294967296",
            "F64",
            "F32",
            "F16",
            "F4",
            "dtype",
            "shape",
            "data_offsets",
            "layer1.weight",
            "layer2.weight",
            "__metadata__",
            "chainrule.format",
            "\u00e9",
            "\ud83d\ude00",
            "{\"a\":{",
            "[[",
            "\"a\":\"b\",");

    private final Random random;
    private final List<byte[]> seeds;

    Mutations(long seed) {
        this.random = new Random(seed);
        StoredNetwork network = StoredNetwork.small().filledAtRandom(seed);
        byte[] ours = FileBytes.saved(network, ElementType.DOUBLE);
        String header = FileBytes.header(ours);
        String tensors = "{" + header.strip().substring(header.indexOf("\"layer1.weight\""));
        this.seeds =
                List.of(ours, FileBytes.saved(network, ElementType.FLOAT), FileBytes.of(tensors, network.parameters()));
    }

    byte[] next() {
        byte[] bytes = seeds.get(random.nextInt(seeds.size())).clone();
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            bytes = switch (random.nextInt(7)) {
                case 0 -> withFlippedBit(bytes);
                case 1 -> withByte(bytes);
                case 2 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 9));
                case 3 -> withLength(bytes);
                default -> withText(bytes);
            };
            if (bytes.length < 9) {
                break;
            }
        }
        return bytes;
    }

    private byte[] withFlippedBit(byte[] bytes) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return bytes;
    }

    private byte[] withByte(byte[] bytes) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        return bytes;
    }

    /** A header length that is near, or any, or next to a power of two. */
    private byte[] withLength(byte[] bytes) {
        ByteBuffer length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long changed = switch (random.nextInt(3)) {
            case 0 -> length.getLong(0) + random.nextInt(17) - 8;
            case 1 -> random.nextLong() >>> random.nextInt(64);
            default -> (1L << random.nextInt(64)) + random.nextInt(3) - 1;
        };
        length.putLong(0, changed);
        return bytes;
    }

    /** Removes, repeats, inserts or replaces a piece of the header, the length of which stays right. */
    private byte[] withText(byte[] bytes) {
        long length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        int end = 8 + (int) Math.max(0, Math.min(length, bytes.length - 8));
        int from = 8 + random.nextInt(end - 8 + 1);
        int to = Math.min(end, from + random.nextInt(random.nextBoolean() ? 4 : 80));
        byte[] piece = switch (random.nextInt(4)) {
            case 0 -> new byte[0];
            case 1 -> twice(Arrays.copyOfRange(bytes, from, to));
            default -> FRAGMENTS.get(random.nextInt(FRAGMENTS.size())).getBytes(StandardCharsets.UTF_8);
        };
        if (random.nextBoolean()) {
            to = from;
        }
        ByteBuffer changed = ByteBuffer.allocate(bytes.length - (to - from) + piece.length);
        changed.put(bytes, 0, from).put(piece).put(bytes, to, bytes.length - to);
        changed.order(ByteOrder.LITTLE_ENDIAN).putLong(0, end - 8 - (to - from) + piece.length);
        return changed.array();
    }

    private static byte[] twice(byte[] piece) {
        byte[] twice = Arrays.copyOf(piece, 2 * piece.length);
        System.arraycopy(piece, 0, twice, piece.length, piece.length);
        return twice;
    }
}
