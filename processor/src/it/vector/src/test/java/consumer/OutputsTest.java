package consumer;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputsTest {
    @Test
    void vectorsAndPlainJavaTrainToTheSameBits() throws IOException, InterruptedException {
        assertDoesNotThrow(() -> Class.forName("consumer.DigitsNetworkVector"));
        String hash = String.valueOf(Outputs.hash());
        assertEquals(hash + " false", output("-cp", System.getProperty("java.class.path"), "consumer.Outputs"));
        assertEquals(
                hash + " true",
                output(
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "consumer.Outputs"));
    }

    /** Of a JVM of its own. */
    private static String output(String... arguments) throws IOException, InterruptedException {
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
        java.command().addAll(List.of(arguments));
        Process process = java.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor());
        return output.strip();
    }
}
