package dev.chainrule.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.FormulaNetwork;
import dev.chainrule.processor.testing.Topologies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Three networks whose classes are committed, so that a change of what people read is seen and reviewed. One that is intended is
 * accepted by {@code mvn -Dgolden=accept -pl processor -am -Dtest=GoldenClassesTest
 * -Dsurefire.failIfNoSpecifiedTests=false test}.
 */
class GoldenClassesTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");

    @Test
    void unrolled() throws IOException {
        check(Compiled.of(
                new NetworkProcessor(),
                List.of(Topologies.of(
                        "Xor", "2-2-1", Activation.TANH, Activation.SIGMOID, Loss.BINARY_CROSS_ENTROPY, Unroll.AUTO))));
    }

    @Test
    void loops() throws IOException {
        check(Compiled.of(
                new NetworkProcessor(),
                List.of(Topologies.of(
                        "Digits",
                        "64-24-10",
                        Activation.RELU,
                        Activation.SOFTMAX,
                        Loss.CATEGORICAL_CROSS_ENTROPY,
                        Unroll.AUTO))));
    }

    @Test
    void formulas() throws IOException {
        check(Compiled.ofFormulas(
                new NetworkProcessor(),
                List.of(FormulaNetwork.of(
                        "Swish",
                        1,
                        List.of(
                                FormulaNetwork.Layer.of(2, "z * sigmoid(beta * z); beta = 1"),
                                FormulaNetwork.Layer.named(1, "IDENTITY")),
                        "mean(y > t ? 0.1 * (y - t) : 0.9 * (t - y))"))));
    }

    private static void check(Compiled compiled) throws IOException {
        assertThat(compiled.generatedNames()).isNotEmpty();
        for (String name : compiled.generatedNames()) {
            Path file = FOLDER.resolve(name + ".java");
            if ("accept".equals(System.getProperty("golden"))) {
                Files.createDirectories(FOLDER);
                Files.writeString(file, compiled.source(name));
            }
            assertThat(compiled.source(name)).as(name).isEqualTo(Files.readString(file));
        }
    }
}
