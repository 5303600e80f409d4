package dev.chainrule.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chainrule.runtime.weights.WeightFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network by hand need not know its layout or topology; then it cannot be saved. */
class NetworkThatDoesNotTellTest {
    private final TrainableNetwork network = new LinearUnit(1, 2);

    @Test
    void saysSo() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(network::topology)
                .withMessage("dev.chainrule.runtime.LinearUnit does not tell its topology");
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(network::layout)
                .withMessage("dev.chainrule.runtime.LinearUnit does not tell the layout of its parameters");
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> network.activations(new double[1], new double[1]))
                .withMessage("dev.chainrule.runtime.LinearUnit does not tell the values of its units");
    }

    @Test
    void isNotSaved(@TempDir Path directory) {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> WeightFile.save(network, directory.resolve("weights")));
        assertThat(directory).isEmptyDirectory();
    }
}
