package dev.chainrule.samples.documents;

import dev.chainrule.samples.documents.proofs.Checking;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks the certificate of a frozen class. */
@Command(
        name = "check",
        description =
                "Checks the certificate that the compiler writes beside a frozen class with @Ensure: the cuts leave nothing out,"
                        + " each box holds by bounds of this program's own, and the class computes what the certificate says,"
                        + " to the bit.")
final class CheckCommand extends Program {
    @Parameters(paramLabel = "CERTIFICATE", description = "A file that ends in .certificate.")
    private Path certificate;

    @Option(names = "--classes", paramLabel = "DIR", required = true, description = "Where the class is.")
    private Path classes;

    @Option(names = "--source", paramLabel = "FILE", description = "The generated source, to compare its digest.")
    private Path source;

    @Override
    void run() throws IOException {
        Checking checking = Checking.of(certificate, classes, source);
        print("%s, by %,d boxes in %.1f s:%n", checking.className(), checking.leaves(), checking.seconds());
        for (String property : checking.properties()) {
            print("  %s%n", property);
        }
    }
}
