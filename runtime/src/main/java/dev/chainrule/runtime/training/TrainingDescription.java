package dev.chainrule.runtime.training;

import dev.chainrule.runtime.TrainableNetwork;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Lines of text for all that decides how a training goes on from a state: trainings of the same lines end in the same bits. The
 * number of epochs decides only when it ends, and the number of threads only how fast.
 */
final class TrainingDescription {
    private static final String PREFIX = "chainrule.";

    private TrainingDescription() {}

    /**
     * The lines by their keys in a checkpoint's metadata.
     *
     * @throws UnsupportedOperationException if the network, the optimiser or the schedule does not tell of itself
     */
    static Map<String, String> of(Settings settings, TrainableNetwork network, Records records) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put(PREFIX + "format", "checkpoint 1");
        lines.put(PREFIX + "topology", network.topology());
        lines.put(PREFIX + "optimizer", told("optimizer", settings.optimizer));
        lines.put(PREFIX + "schedule", told("schedule", settings.schedule));
        lines.put(PREFIX + "gradient", settings.gradientMethod.toString());
        lines.put(
                PREFIX + "batches",
                "of " + Math.min(settings.batchSize, records.count()) + " records, "
                        + (settings.isAveraged ? "averaged, " : "summed, ")
                        + (settings.isShuffled ? "shuffled by seed " + settings.seed : "in order"));
        lines.put(PREFIX + "penalties", "l1 " + settings.l1 + ", l2 " + settings.l2);
        lines.put(PREFIX + "clipping", "value " + settings.clipValue + ", norm " + settings.clipNorm);
        lines.put(
                PREFIX + "earlyStopping",
                settings.patience == 0
                        ? "none"
                        : "patience " + settings.patience + ", minimum gain " + settings.minimumGain);
        lines.put(PREFIX + "records", records(records));
        lines.put(PREFIX + "validation", settings.validation == null ? "none" : records(settings.validation));
        return lines;
    }

    /** Whether two lines say the same: also where {@link Double#toString} has more digits than needed, as before JDK 19. */
    static boolean isSame(String line, String other) {
        String[] words = words(line);
        String[] otherWords = words(other);
        boolean isSame = words.length == otherWords.length;
        for (int i = 0; isSame && i < words.length; i++) {
            isSame = words[i].equals(otherWords[i]) || isSameNumber(words[i], otherWords[i]);
        }
        return isSame;
    }

    private static String[] words(String line) {
        return line.split("(?<=[ =,\\[\\]])|(?=[ =,\\[\\]])");
    }

    private static boolean isSameNumber(String word, String other) {
        try {
            return word.indexOf('.') >= 0 && Double.valueOf(word).equals(Double.valueOf(other));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static String told(String what, Object settings) {
        String text = settings.toString();
        if (text.equals(settings.getClass().getName() + "@" + Integer.toHexString(settings.hashCode()))) {
            throw new UnsupportedOperationException(
                    "the " + what + ", a " + settings.getClass().getName()
                            + ", does not tell its settings; checkpoints need a toString() that does");
        }
        return text;
    }

    private static String records(Records records) {
        CRC32C checksum = new CRC32C();
        update(checksum, records.inputs());
        update(checksum, records.targets());
        return String.format(
                Locale.ROOT,
                "%d of %d inputs and %d targets, CRC-32C %08x",
                records.count(),
                records.inputWidth(),
                records.targetWidth(),
                checksum.getValue());
    }

    private static void update(CRC32C checksum, double[] values) {
        ByteBuffer chunk = ByteBuffer.allocate(1 << 13).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            chunk.putDouble(value);
            if (!chunk.hasRemaining()) {
                checksum.update(chunk.flip());
                chunk.clear();
            }
        }
        checksum.update(chunk.flip());
    }
}
