package dev.chainrule.samples.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.runtime.training.Lbfgs;
import dev.chainrule.runtime.training.LevenbergMarquardt;
import dev.chainrule.runtime.training.Trainer;
import dev.chainrule.samples.documents.methods.Race;
import dev.chainrule.samples.documents.methods.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MethodsTest extends ProgramTest {
    private static final double ENOUGH = 60;

    @TempDir
    Path folder;

    /** The steps are the same on every machine, only their time is not. */
    @Test
    void stepsToTheSine() {
        Task sine = Task.sine();
        Race marquardt = Race.of(sine, () -> Trainer.builder().fullBatch(LevenbergMarquardt.forNetworks()), ENOUGH);
        assertThat(marquardt.isThere(sine)).isTrue();
        assertThat(marquardt.steps()).isEqualTo(334);
        Race lbfgs = Race.of(sine, () -> Trainer.builder().fullBatch(new Lbfgs()), ENOUGH);
        assertThat(lbfgs.isThere(sine)).isTrue();
        assertThat(lbfgs.steps()).isEqualTo(7729);
    }

    @Test
    void aTrainingEndsWhenItsTimeIsOver() throws IOException {
        Path data = Files.writeString(folder.resolve("data.csv"), AdmissionsTest.applicants(50));
        Path chart = folder.resolve("methods.png");
        assertThat(run("methods", "--seconds=0.02", "--data=" + data, "--chart=" + chart))
                .as(err.toString())
                .isZero();
        assertThat(out.toString().lines().filter(line -> line.startsWith("| ")).toList())
                .hasSize(5)
                .anyMatch(line -> line.startsWith("| sine, 1-10-1 | ") && line.contains(", only to "));
        assertChart(chart, Charts.BLUE, Charts.GREEN, Charts.ORANGE);
        assertFails("the time is 0.0 s; expected more than 0", "methods", "--seconds=0");
    }
}
