package dev.chainrule.processor.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.resources.UnusableFileException;
import dev.chainrule.processor.testing.Topologies;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightReaderTest {
    /** A folder stands for what cannot be read by whoever runs the test. */
    @Test
    void whatCannotBeRead(@TempDir Path folder) {
        var network = Topologies.model(
                Topologies.of("Any", "2-1", Activation.TANH, Activation.TANH, Loss.HUBER, Unroll.AUTO));
        assertThatExceptionOfType(UnusableFileException.class)
                .isThrownBy(() -> WeightReader.read(folder, network))
                .withMessageStartingWith(folder + " cannot be read: ")
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("FileNotReadable"));
    }
}
