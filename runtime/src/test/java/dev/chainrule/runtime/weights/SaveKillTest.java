package dev.chainrule.runtime.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that saves all the time is killed at random moments; what it leaves is a file that it saved, whole. */
@Tag("long")
class SaveKillTest {
    private static final int KILLS = 100;

    /** A bit less than 2 MB, for the writing to take its time. */
    private static StoredNetwork network() {
        return new StoredNetwork("TANH", "HUBER", 500, 480);
    }

    /** The process: saves parameters that are all 1, then all 2, and so on, and tells of each save that has ended. */
    static final class Saver {
        private Saver() {}

        public static void main(String[] arguments) throws IOException {
            Path file = Path.of(arguments[0]);
            StoredNetwork network = network();
            for (int value = Integer.parseInt(arguments[1]); ; value++) {
                WeightFile.save(network.filledWith(value), file);
                System.out.println(value);
                System.out.flush();
            }
        }
    }

    @Test
    void aKilledSaveLeavesTheOldFileOrTheNew(@TempDir Path directory) throws Exception {
        Random random = new Random(1);
        Path file = directory.resolve("weights");
        int lastLoaded = 0;
        int inTheMiddle = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int started = lastLoaded + 1;
            Process process = JavaProcess.start(Saver.class, file.toString(), "" + started);
            int told;
            try (var output = process.inputReader(StandardCharsets.US_ASCII)) {
                assertThat(output.readLine())
                        .as("first save of process %s", kill)
                        .isEqualTo("" + started);
                TimeUnit.MICROSECONDS.sleep(random.nextInt(60_000));
                // Not by the process itself, which would close the output too
                process.toHandle().destroyForcibly();
                told = output.lines().mapToInt(Integer::parseInt).max().orElse(started);
                process.waitFor();
            }

            StoredNetwork network = network();
            WeightFile.load(network, file);
            lastLoaded = (int) network.parameters()[0];
            assertThat(network.parameters()).as("after kill %s", kill).containsOnly(lastLoaded);
            assertThat(lastLoaded).as("the save that kill %s left", kill).isBetween(told, told + 1);
            inTheMiddle += countOthers(directory, file);
        }
        // Or else the kills would not have been of saves
        assertThat(inTheMiddle).as("kills in the middle of a save").isGreaterThan(KILLS / 4);
    }

    /** Temporary files: at most that of the last kill, as the save after it removes it. */
    private static int countOthers(Path directory, Path file) throws IOException {
        try (var files = Files.list(directory)) {
            int count = (int) files.filter(path -> !path.equals(file)).count();
            assertThat(count).isLessThanOrEqualTo(1);
            return count;
        }
    }
}
