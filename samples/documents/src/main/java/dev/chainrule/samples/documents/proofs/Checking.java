package dev.chainrule.samples.documents.proofs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A certificate that holds.
 *
 * @param className the class that it is of
 * @param properties what is proved, as it is written, and below it as it was checked
 * @param leaves the boxes that were bounded
 * @param seconds how long it took
 */
public record Checking(String className, List<String> properties, int leaves, double seconds) {
    /**
     * Checks a certificate against the class file, and against the source of the class where it is at hand.
     *
     * @param classes the folder of the class file
     * @param source the generated source, or null
     * @throws IOException if something does not hold, with what it is
     */
    public static Checking of(Path certificate, Path classes, Path source) throws IOException {
        long start = System.nanoTime();
        Certificate read = Certificate.read(Files.readString(certificate));
        if (source != null && !Certificate.digest(Files.readString(source)).equals(read.source())) {
            throw new IOException(source + " is not the source that the certificate is of");
        }
        try (FrozenForward forward =
                new FrozenForward(classes, read.className(), read.arithmetic().isFloat())) {
            int leaves = Checker.check(read, forward);
            List<String> properties = read.proofs().stream()
                    .map(proof -> "if " + proof.when() + "\n  then " + proof.then() + "\n  which is, as checked:\n"
                            + proof.checked().indent(4).stripTrailing())
                    .toList();
            return new Checking(read.className(), properties, leaves, (System.nanoTime() - start) / 1e9);
        }
    }
}
