package dev.chainrule.runtime.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When reading fails, the exception says of which file. */
class ReadFaultsTest {
    @TempDir
    Path directory;

    @Test
    void aDirectory() {
        // Where the operating system opens no directories, the exception is another, and has the path, too
        assertThatThrownBy(() -> TensorFile.open(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(directory.toString());
    }

    @Test
    void aFileThatIsClosed() throws IOException {
        WeightFile.save(StoredNetwork.small(), directory.resolve("weights"));
        TensorFile file = TensorFile.open(directory.resolve("weights"));
        file.close();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> file.doubles("layer1.weight"))
                .withMessage(
                        directory.resolve("weights") + " cannot be read: " + ClosedChannelException.class.getName())
                .withCauseInstanceOf(ClosedChannelException.class);
    }

    @Test
    void anInterrupt() throws IOException {
        Path path = directory.resolve("weights");
        WeightFile.save(StoredNetwork.small().filledWith(1), path);
        StoredNetwork network = StoredNetwork.small().filledWith(2);
        Thread.currentThread().interrupt();
        try {
            assertThatExceptionOfType(InterruptedIOException.class)
                    .isThrownBy(() -> WeightFile.load(network, path))
                    .withMessage("reading " + path + " was interrupted")
                    .withCauseInstanceOf(ClosedByInterruptException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(network.parameters()).containsOnly(2);
        WeightFile.load(network, path);
        assertThat(network.parameters()).containsOnly(1);
    }
}
