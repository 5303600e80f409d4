package consumer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.runtime.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XorTest {
    @Test
    void learnsSavesAndLoads(@TempDir Path directory) throws IOException {
        XorNetwork network = new XorNetwork();
        assertEquals(
                String.format("error 0.7902 at first, 0.0083 at last%n0.001 0.992 0.990 0.013%n"), Xor.train(network));

        Path file = directory.resolve("xor.safetensors");
        WeightFile.save(network, file);
        XorNetwork loaded = new XorNetwork();
        WeightFile.load(loaded, file);
        assertArrayEquals(network.parameters(), loaded.parameters());
    }
}
