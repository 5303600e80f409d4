package dev.chainrule.samples.benchmarks.speed;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chainrule.samples.benchmarks.contenders.TrainedNetwork;
import dev.chainrule.samples.benchmarks.contenders.TrainingTask;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever is compared ends an epoch in the same parameters, a smaller last batch included; nothing is timed. */
class TraineesTest {
    private static final TrainingTask TASK = new TrainingTask(TrainedNetwork.THIRTY, 64, 1, 150);

    @Test
    void trainTheSame() {
        check(TrainingContender.ENCOG, values(TrainingContender.ENCOG));
    }

    @Test
    void trainTheSameInC(@TempDir Path directory) throws Exception {
        Optional<BlasPrograms> programs = BlasPrograms.build(directory);
        assumeTrue(programs.isPresent(), "no C compiler, or no OpenBLAS");
        check(
                TrainingContender.OPENBLAS,
                programs.get().fork(TASK, List.of(TrainingWorker.VALUES)).numbers());
    }

    /** In a process of its own, for its native library. */
    @Test
    void trainTheSameInDl4j() {
        assumeTrue(TrainingTable.dl4jWorker().isPresent(), "built without DL4J");
        check(
                TrainingContender.DL4J,
                TrainingTable.dl4j(TASK, 0, List.of(TrainingWorker.VALUES)).numbers());
    }

    private static void check(TrainingContender contender, double[] values) {
        TrainingTable.check(new TrainingTable.Subject(TASK, contender), values(TrainingContender.CHAINRULE), values);
    }

    private static double[] values(TrainingContender contender) {
        return TrainingWorker.values(TrainingWorker.trainee(contender, TASK, TASK.data()));
    }
}
