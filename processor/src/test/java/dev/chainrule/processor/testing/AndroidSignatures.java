package dev.chainrule.processor.testing;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.codehaus.mojo.animal_sniffer.SignatureChecker;
import org.codehaus.mojo.animal_sniffer.logging.Logger;

/** What Android has at an API level, with what its build tools make of calls that it does not have. */
public final class AndroidSignatures {
    private static final Set<String> OWN = Set.of("dev.chainrule.*", "nets.*");

    private static final String FINDING = "Undefined reference: ";

    /** The dexer makes classes of records where the platform has none. */
    private static final String RECORD = "void Record.<init>()";

    private AndroidSignatures() {}

    /**
     * What class files use that is not there.
     *
     * @param classes by name, {@code nets/XorFrozen}
     * @param folder an empty one, to put them into
     */
    public static Set<String> missing(int level, Map<String, byte[]> classes, Path folder) throws IOException {
        for (Map.Entry<String, byte[]> each : classes.entrySet()) {
            Path file = folder.resolve(each.getKey() + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, each.getValue());
        }
        Findings findings = new Findings();
        String signatures = "/android/gummy-bears-api-" + level + ".signature";
        try (InputStream stream = AndroidSignatures.class.getResourceAsStream(signatures)) {
            SignatureChecker checker = new SignatureChecker(stream, OWN, findings);
            checker.setSourcePath(List.<File>of());
            checker.process(folder.toFile());
        }
        findings.missing.remove(RECORD);
        return findings.missing;
    }

    private static final class Findings implements Logger {
        private final Set<String> missing = new TreeSet<>();

        @Override
        public void error(String message) {
            missing.add(message.substring(message.indexOf(FINDING) + FINDING.length()));
        }

        @Override
        public void error(String message, Throwable cause) {
            throw new IllegalStateException(message, cause);
        }

        @Override
        public void warn(String message) {
            throw new IllegalStateException(message);
        }

        @Override
        public void warn(String message, Throwable cause) {
            throw new IllegalStateException(message, cause);
        }

        @Override
        public void info(String message) {}

        @Override
        public void info(String message, Throwable cause) {}

        @Override
        public void debug(String message) {}

        @Override
        public void debug(String message, Throwable cause) {}
    }
}
