package consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.DataInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ReleaseTest {
    @Test
    void runsOnJdk25() {
        assertEquals(25, Runtime.version().feature());
    }

    @Test
    void generatedClassesAreOfJava25() throws IOException {
        try (var file = new DataInputStream(XorNetwork.class.getResourceAsStream("XorNetwork.class"))) {
            file.skipNBytes(6);
            assertEquals(44 + 25, file.readUnsignedShort());
        }
    }
}
