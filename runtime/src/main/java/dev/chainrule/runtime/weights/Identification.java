package dev.chainrule.runtime.weights;

import dev.chainrule.runtime.TrainableNetwork;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;

/** What the metadata of our files say: the version of what is written here, which network it is, and a checksum of the data. */
final class Identification {
    static final String CHECKSUM = "chainrule.crc32c";
    private static final String FORMAT = "chainrule.format";
    static final String TOPOLOGY = "chainrule.topology";
    private static final String VERSION = "1";

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

    /** Checks that a file is of this version and for a network of this topology, of any loss where it says none. */
    static void check(TensorFile file, String topology) throws WeightFileException {
        file.checkMetadata(FORMAT, VERSION);
        String found = file.metadata().getOrDefault(TOPOLOGY, "");
        boolean isOfAnyLoss = topology.endsWith(")");
        if (!(isOfAnyLoss && found.startsWith(topology + " "))) {
            file.checkMetadata(TOPOLOGY, topology);
        }
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
