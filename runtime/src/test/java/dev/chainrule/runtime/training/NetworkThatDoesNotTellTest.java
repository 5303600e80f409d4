package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chainrule.runtime.NetworkDescription;
import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.weights.WeightFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network by hand need not describe itself; then it cannot be saved. */
class NetworkThatDoesNotTellTest {
    private final TrainableNetwork network = new Scaling(1, 2);

    @Test
    void saysSo() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(network::description)
                .withMessage("dev.chainrule.runtime.training.Scaling does not describe itself");
        assertThat(NetworkDescription.of(network)).isEmpty();
        assertThat(NetworkDescription.parameterName(network, 1)).isEqualTo("parameters[1]");
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> network.activations(new double[2], new double[2]))
                .withMessage("dev.chainrule.runtime.training.Scaling does not tell the values of its units");
    }

    @Test
    void isNotSaved(@TempDir Path directory) {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> WeightFile.save(network, directory.resolve("weights")));
        assertThat(directory).isEmptyDirectory();
    }
}
