package dev.chainrule.runtime.weights;

import static dev.chainrule.runtime.weights.WeightFileException.quoted;

import dev.chainrule.runtime.TrainableNetwork;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;

/** What the metadata of our files say: the version of what is written here, which network it is, and a checksum of the data. */
final class Identification {
    private static final String FORMAT = "chainrule.format";
    private static final String TOPOLOGY = "chainrule.topology";
    private static final String CHECKSUM = "chainrule.crc32c";
    private static final String VERSION = "1";

    private Identification() {}

    /** The metadata of a file to be written. */
    static Map<String, String> of(TrainableNetwork network, CRC32C data) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(FORMAT, VERSION);
        metadata.put(TOPOLOGY, network.topology());
        metadata.put(CHECKSUM, hexadecimal(data));
        return metadata;
    }

    /** Whether a file says that it is ours, as those of other tools do not. */
    static boolean isIn(TensorFile file) {
        Map<String, String> metadata = file.metadata();
        return metadata.containsKey(FORMAT) || metadata.containsKey(TOPOLOGY) || metadata.containsKey(CHECKSUM);
    }

    /** Checks that a file is of this version and for this network. */
    static void check(TensorFile file, TrainableNetwork network) throws WeightFileException {
        check(file, FORMAT, VERSION);
        check(file, TOPOLOGY, network.topology());
    }

    /** Checks that the data is what was written. */
    static void checkData(TensorFile file, CRC32C data) throws WeightFileException {
        check(file, CHECKSUM, hexadecimal(data));
    }

    private static void check(TensorFile file, String key, String expected) throws WeightFileException {
        String found = file.metadata().get(key);
        if (!expected.equals(found)) {
            throw file.wrong(
                    "the metadata " + (found == null ? "has no " + key : "has the " + key + " " + quoted(found))
                            + "; expected " + quoted(expected));
        }
    }

    private static String hexadecimal(CRC32C data) {
        return String.format(Locale.ROOT, "%08x", data.getValue());
    }
}
