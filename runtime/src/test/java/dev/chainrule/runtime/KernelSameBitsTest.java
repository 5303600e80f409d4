package dev.chainrule.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same bits on every JVM, interpreted or compiled. */
class KernelSameBitsTest {
    /** What every JDK, processor and compiler gives, for the kernels in double and those in float; it changes when one does. */
    private static final String HASHES = "9f97094e627ae33c 81267c54a07324cd";

    @Test
    void givesTheSameBitsHere() {
        assertThat(KernelBits.hashes()).isEqualTo(HASHES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1", "-XX:-TieredCompilation"}) // interpreter, C1, C2
    void givesTheSameBitsHoweverItIsRun(String option) throws IOException, URISyntaxException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = String.join(
                System.getProperty("path.separator"),
                root(Kernels.class).toString(),
                root(KernelBits.class).toString());
        Process process = new ProcessBuilder(java, option, "-cp", classPath, KernelBits.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output.trim()).isEqualTo(HASHES);
    }

    /** The directory that a class was loaded from. */
    private static Path root(Class<?> type) throws URISyntaxException {
        Path path = Path.of(Objects.requireNonNull(type.getResource(type.getSimpleName() + ".class"))
                .toURI());
        for (String ignored : type.getName().split("\\.")) {
            path = path.getParent();
        }
        return path;
    }
}
