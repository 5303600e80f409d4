package dev.chainrule.runtime.training;

import dev.chainrule.runtime.TrainableNetwork;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Lines of text for all that decides how a training goes on from a state: trainings of the same lines end in the same bits. The
 * number of epochs decides only when it ends, and the number of threads only how fast.
 */
final class TrainingDescription {
    private static final String PREFIX = "chainrule.";

    /** A line that only files of trainings with zeros to keep have. */
    private static final String PRUNING = PREFIX + "pruning";

    private static final String NO_PRUNING = "none";

    private TrainingDescription() {}

    /** Whether a line says nothing, and is not written. */
    static boolean isLeftOut(String key, String value) {
        return key.equals(PRUNING) && value.equals(NO_PRUNING);
    }

    /** A line of a file. */
    static String found(Map<String, String> lines, String key) {
        return key.equals(PRUNING) ? lines.getOrDefault(key, NO_PRUNING) : lines.get(key);
    }

    /**
     * The lines by their keys in a checkpoint's metadata.
     *
     * @throws UnsupportedOperationException if the network, the optimiser, the schedule or the augmentation does
     *     not tell of itself
     */
    static Map<String, String> of(
            Settings settings, TrainableNetwork network, BatchSource records, BatchSource validation) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put(PREFIX + "format", "checkpoint 2");
        lines.put(PREFIX + "topology", network.description().topology());
        lines.put(
                PREFIX + "optimizer",
                settings.fullBatchMethod == null
                        ? told("optimizer", settings.optimizer)
                        : settings.fullBatchMethod.toString());
        lines.put(
                PREFIX + "schedule",
                (settings.isScheduledByEpoch ? "by epoch, " : "") + told("schedule", settings.schedule));
        lines.put(PREFIX + "gradient", settings.gradientMethod.toString());
        lines.put(
                PREFIX + "batches",
                "of " + Math.min(settings.batchSize, records.count()) + " records, "
                        + (settings.isAveraged ? "averaged, " : "summed, ")
                        + order(settings));
        lines.put(
                PREFIX + "augmentation",
                settings.augmentation == null
                        ? "none"
                        : told("augmentation", settings.augmentation) + " by seed " + settings.augmentationSeed);
        lines.put(
                PREFIX + "penalties",
                "l1 " + settings.l1 + ", l2 " + settings.l2 + (settings.spareBiases ? ", sparing biases" : ""));
        lines.put(PREFIX + "clipping", "value " + settings.clipValue + ", norm " + settings.clipNorm);
        lines.put(
                PREFIX + "earlyStopping",
                settings.patience == 0
                        ? "none"
                        : "patience " + settings.patience + ", minimum gain " + settings.minimumGain
                                + (settings.measure == null ? "" : ", " + settings.best + " " + settings.measure));
        lines.put(
                PRUNING,
                settings.mask == null && settings.pruning == null
                        ? NO_PRUNING
                        : (settings.mask == null ? "no mask" : "mask of " + settings.mask.told()) + ", "
                                + settings.pruning);
        lines.put(PREFIX + "records", records(records));
        lines.put(PREFIX + "validation", validation == null ? "none" : records(validation));
        lines.put(
                PREFIX + "metrics",
                settings.metrics.isEmpty()
                        ? "none"
                        : settings.metrics.stream().map(NamedMetric::name).collect(Collectors.joining(", ")));
        return lines;
    }

    private static String order(Settings settings) {
        if (!settings.isShuffled) {
            return "in order";
        }
        String blocks = settings.shuffledBlock == 0 ? "" : "by blocks of " + settings.shuffledBlock + " ";
        return "shuffled " + blocks + "by seed " + settings.seed;
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

    private static String records(BatchSource records) {
        return String.format(
                Locale.ROOT,
                "%d of %d inputs and %d targets, %schecksum %016x",
                records.count(),
                records.inputWidth(),
                records.targetWidth(),
                records.isWeighted() ? "weighted, " : "",
                records.checksum());
    }
}
