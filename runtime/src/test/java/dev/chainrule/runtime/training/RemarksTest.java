package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What is said where threads cannot help. */
class RemarksTest {
    private static final Records RECORDS = Scaling.towards(new double[100]);

    private static Trainer.Builder trainer(int threads) {
        return Trainer.builder().epochs(2).threads(threads, Scaling::new);
    }

    private static List<String> remarks(Trainer.Builder trainer) {
        return trainer.build().on(new Scaling(1.0), RECORDS).remarks();
    }

    @Test
    void threadsThatAllHaveSomethingToDo() {
        assertThat(remarks(trainer(1).batchSize(1))).isEmpty();
        assertThat(remarks(trainer(2).batchSize(33))).isEmpty();
        assertThat(remarks(trainer(4))).isEmpty();
    }

    @Test
    void batchesOfFewBlocks() {
        assertThat(remarks(trainer(2).batchSize(32)))
                .containsExactly("batches of 32 records keep 1 of 2 threads busy,"
                        + " as these share them out by blocks of 32 records");
        assertThat(remarks(trainer(8)))
                .containsExactly("batches of 100 records keep 4 of 8 threads busy,"
                        + " as these share them out by blocks of 32 records");
    }

    @Test
    void othersSumOverTheBatches() {
        BatchSource others = new ScatteredSource(RECORDS, Scaling::new, 3);
        assertThat(trainer(1).build().on(new Scaling(1.0), others).remarks()).isEmpty();
        assertThat(trainer(2).build().on(new Scaling(1.0), others).remarks())
                .containsExactly("others sum over the batches, and the 2 threads have nothing to do");
        assertThat(trainer(2)
                        .validation(RECORDS)
                        .build()
                        .on(new Scaling(1.0), others)
                        .remarks())
                .containsExactly("others sum over the batches, and the 2 threads have nothing to do but to validate");
    }

    @Test
    void progressBeginsWithThem() {
        for (Function<PrintStream, TrainingListener> progress :
                List.<Function<PrintStream, TrainingListener>>of(Progress::lines, Progress::bar)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
            trainer(2).batchSize(20).listener(progress.apply(out)).build().train(new Scaling(1.0), RECORDS);
            assertThat(bytes.toString(StandardCharsets.UTF_8))
                    .startsWith("batches of 20 records keep 1 of 2 threads busy, ")
                    .containsOnlyOnce("threads busy")
                    .contains("epoch 2/2");
        }
    }
}
