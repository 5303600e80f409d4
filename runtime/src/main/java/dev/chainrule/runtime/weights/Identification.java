package dev.chainrule.runtime.weights;

import dev.chainrule.runtime.TrainableNetwork;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/** What the metadata of our files say: the version of what is written here, which network it is, and a checksum of the data. */
final class Identification {
    static final String CHECKSUM = "chainrule.crc32c";
    private static final String FORMAT = "chainrule.format";
    static final String TOPOLOGY = "chainrule.topology";
    private static final String VERSION = "1";

    private static final String BETWEEN_LINES = "; ";

    /** An output as the topology of a graph has it, without a loss. */
    private static final Pattern OUTPUT = Pattern.compile("[^ :;]+");

    private Identification() {}

    /** Says of a file to be written of which version it is, and for which network. */
    static void add(TensorWriter file, TrainableNetwork network) {
        file.metadata(FORMAT, VERSION).metadata(TOPOLOGY, network.description().topology());
    }

    /** Whether a file says that it is ours, as those of other tools do not. */
    static boolean isIn(TensorFile file) {
        Map<String, String> metadata = file.metadata();
        return metadata.containsKey(FORMAT) || metadata.containsKey(TOPOLOGY) || metadata.containsKey(CHECKSUM);
    }

    /** Checks that a file is of this version and for a network of this topology, of any losses where it says none. */
    static void check(TensorFile file, String topology) throws WeightFileException {
        file.checkMetadata(FORMAT, VERSION);
        String found = file.metadata().getOrDefault(TOPOLOGY, "");
        if (!isOfAnyLoss(topology, found)) {
            file.checkMetadata(TOPOLOGY, topology);
        }
    }

    /** Whether a topology says no losses, and is another one without its losses. */
    private static boolean isOfAnyLoss(String topology, String found) {
        if (topology.endsWith(")") && found.startsWith(topology + " ")) {
            return true;
        }
        String[] lines = topology.split(BETWEEN_LINES);
        String[] foundLines = found.split(BETWEEN_LINES);
        boolean isSame = lines.length == foundLines.length && lines.length > 1;
        for (int i = 0; isSame && i < lines.length; i++) {
            boolean isOutputOfAnyLoss = OUTPUT.matcher(lines[i]).matches() && foundLines[i].startsWith(lines[i] + ": ");
            isSame = foundLines[i].equals(lines[i]) || isOutputOfAnyLoss;
        }
        return isSame;
    }

    /** Checks that the data is what was written. */
    static void checkData(TensorFile file, CRC32C data) throws WeightFileException {
        file.checkMetadata(CHECKSUM, text(data));
    }

    /** A checksum as metadata have it. */
    static String text(CRC32C data) {
        return String.format(Locale.ROOT, "%08x", data.getValue());
    }
}
