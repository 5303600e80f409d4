package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chainrule.runtime.LinearUnit;
import dev.chainrule.runtime.weights.Dtype;
import dev.chainrule.runtime.weights.JavaProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training by a file of 4 GB, in a JVM that has 512 MB for its objects. */
@Tag("long")
class LargeFileTest {
    private static final int INPUTS = 100;

    /** 4.3 GB, of 404 bytes each. */
    private static final int COUNT = 10_640_000;

    /** Whole numbers of few bits: floats have them, and sums of them are exact. */
    private static void fill(int record, double[] input, double[] target) {
        long bits = record * 0x9E3779B97F4A7C15L;
        for (int i = 0; i < INPUTS; i++) {
            bits = (bits ^ bits >>> 29) * 0xBF58476D1CE4E5B9L;
            input[i] = (bits >>> 61) / 4.0 - 0.875;
        }
        target[0] = 3 + input[0] - 2 * input[INPUTS - 1];
    }

    /** The process: writes the file, and learns the function by which targets were made. */
    static final class Learner {
        private Learner() {}

        public static void main(String[] arguments) throws IOException {
            Path file = Path.of(arguments[0]);
            double[] input = new double[INPUTS];
            double[] target = new double[1];
            try (RecordWriter writer = new RecordWriter(file, INPUTS, 1, Dtype.F32)) {
                for (int record = 0; record < COUNT; record++) {
                    fill(record, input, target);
                    writer.add(input, target);
                }
                writer.save();
            }
            MappedRecords records = MappedRecords.open(file);
            long wrong = 0;
            double[] foundInput = new double[INPUTS];
            double[] foundTarget = new double[1];
            // Where pieces of 1 GB meet, too
            for (int record = COUNT - 1; record >= 0; record--) {
                fill(record, input, target);
                records.copy(record, record + 1, foundInput, foundTarget, 0);
                for (int i = 0; i < INPUTS; i++) {
                    wrong += foundInput[i] == input[i] ? 0 : 1;
                }
                wrong += foundTarget[0] == target[0] ? 0 : 1;
            }
            LinearUnit unit = new LinearUnit(new double[INPUTS + 1]);
            History history = Trainer.builder()
                    .gradient(GradientMethod.fullGradient())
                    .optimizer(Optimizers.gradientDescent(0.1))
                    .batchSize(1_000)
                    .shuffledByBlocks(1, 10_000)
                    .epochs(1)
                    .threads(2, LinearUnit::new)
                    .build()
                    .train(unit, records);
            System.out.println(wrong);
            System.out.println(history.step(0));
            for (double parameter : unit.parameters()) {
                System.out.println(parameter);
            }
        }
    }

    @Test
    void learnsByAFileOfFourGigabytesWithHalfAGigabyteOfHeap(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("records");
        Process process = JavaProcess.start(List.of("-Xmx512m"), Learner.class, file.toString());
        List<String> lines;
        try (var output = process.inputReader(StandardCharsets.US_ASCII)) {
            lines = output.lines().toList();
        }
        assertThat(process.waitFor()).isZero();
        assertThat(Files.size(file)).isGreaterThan(4L << 30);
        assertThat(lines).hasSize(2 + INPUTS + 1);
        assertThat(lines.get(0)).as("values that are not what was written").isEqualTo("0");
        assertThat(lines.get(1)).as("steps").isEqualTo("10640");
        for (int i = 0; i <= INPUTS; i++) {
            double expected = i == 0 ? 1 : i == INPUTS - 1 ? -2 : i == INPUTS ? 3 : 0;
            assertThat(Double.parseDouble(lines.get(2 + i)))
                    .as("parameter %s", i)
                    .isCloseTo(expected, within(1e-9));
        }
    }
}
