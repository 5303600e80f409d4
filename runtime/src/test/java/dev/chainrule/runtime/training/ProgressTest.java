package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a terminal or a file shows of a training. */
class ProgressTest {
    private static final long SECOND = 1_000_000_000;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);

    /** Two steps an epoch towards 4, the distance to which halves with every step; the clock shows so much after each. */
    private static Trainer.Builder trainer(LongUnaryOperator nanosecondsAfterStep) {
        AtomicLong now = new AtomicLong(-5 * SECOND);
        return Trainer.builder()
                .optimizer(Optimizers.gradientDescent(0.5))
                .schedule(new Schedule() {
                    @Override
                    public double rate(double learningRate, long step) {
                        now.set(-5 * SECOND + nanosecondsAfterStep.applyAsLong(step));
                        return learningRate;
                    }

                    @Override
                    public String toString() {
                        return "constant, moves the clock";
                    }
                })
                .batchSize(1)
                .clock(now::get);
    }

    private static void train(Trainer.Builder trainer) {
        trainer.build().train(new Scaling(0.0), Scaling.towards(4, 4));
    }

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    /** Each drawing of a bar, without the blanks that it ends with. */
    private String[] drawings() {
        return shown().lines().map(String::stripTrailing).toArray(String[]::new);
    }

    @Test
    void aLineAnEpoch() {
        train(trainer(step -> step * 10 * SECOND).epochs(4).listener(Progress.lines(out)));
        assertThat(shown()).isEqualTo("""
                        epoch 1/4  loss 5.000  1:00 left
                        epoch 2/4  loss 0.3125  0:40 left
                        epoch 3/4  loss 0.01953  0:20 left
                        epoch 4/4  loss 0.001221  in 1:20
                        """);
    }

    /** An epoch takes 0.4 seconds. */
    @Test
    void aLineASecondAtMost() {
        train(trainer(step -> step * SECOND / 5).epochs(8).listener(Progress.lines(out)));
        assertThat(shown().lines().map(line -> line.replaceAll("  loss [^ ]*", "")))
                .containsExactly(
                        "epoch 1/8  0:03 left", "epoch 4/8  0:02 left", "epoch 7/8  0:00 left", "epoch 8/8  in 0:03");
    }

    @Test
    void validationLosses() {
        train(trainer(step -> step * SECOND)
                .epochs(2)
                .validation(Scaling.towards(3))
                .listener(Progress.lines(out)));
        assertThat(shown()).isEqualTo("""
                        epoch 1/2  loss 5.000  validation loss 0.000  0:02 left
                        epoch 2/2  loss 0.3125  validation loss 0.2813  in 0:04
                        """);
    }

    @Test
    void aBarAfterEveryStepOfAQuarterOfAnHour() {
        train(trainer(step -> step * 900 * SECOND).epochs(2).listener(Progress.bar(out)));
        assertThat(drawings())
                .containsExactly(
                        "",
                        "epoch 1/2 [#######-----------------------]  25%  loss 8.000  45:00 left",
                        "epoch 1/2 [###############---------------]  50%  loss 5.000  30:00 left",
                        "epoch 2/2 [######################--------]  75%  loss 0.5000  15:00 left",
                        "epoch 2/2 [##############################] 100%  loss 0.3125  0:00 left",
                        "epoch 2/2 [##############################] 100%  loss 0.3125  in 1:00:00");
    }

    /** All in one place: each drawing covers the one before, and only the last ends the line. */
    @Test
    void aBarIsOneLineOf79Columns() {
        train(trainer(step -> step * SECOND)
                .epochs(3)
                .validation(Scaling.towards(3))
                .listener(Progress.bar(out)));
        String shown = shown();
        assertThat(shown).startsWith("\r").endsWith("\n");
        String[] drawings = shown.substring(1, shown.length() - 1).split("\r");
        assertThat(drawings)
                .hasSize(7)
                .allSatisfy(drawing -> assertThat(drawing).hasSize(79).doesNotContain("\n"));
        assertThat(drawings[3].stripTrailing())
                .isEqualTo("epoch 2/3 [############-------]  66%  loss 0.3125  validation 0.2813  0:02 left");
    }

    /** A step takes 30 ms. */
    @Test
    void aBarIsDrawnTenTimesASecondAtMost() {
        train(trainer(step -> step * 30_000_000).epochs(50).listener(Progress.bar(out)));
        // After 30, 150, 270, ... of 3000 ms, and at the end
        assertThat(shown().chars().filter(c -> c == '\r').count()).isEqualTo(25 + 1);
    }

    @Test
    void longNumbersShortenTheBar() {
        Trainer.Builder trainer = trainer(step -> step * 360_000 * SECOND)
                .epochs(1_000_000_000)
                .validation(Scaling.towards(3e100))
                .listener(Progress.bar(out));
        StepListener stopping = Training::stop;
        trainer.listener(stopping).build().train(new Scaling(0.0), Scaling.towards(4e100));
        for (String drawing : shown().substring(1).split("\r")) {
            assertThat(drawing.stripTrailing()).hasSizeLessThanOrEqualTo(79).startsWith("epoch 1/1000000000 ");
        }
    }

    @Test
    void aTrainingThatIsStoppedEndsItsLine() {
        StepListener stopping = training -> {
            if (training.step() == 3) {
                training.stop();
            }
        };
        train(trainer(step -> step * SECOND).epochs(50).listener(stopping).listener(Progress.lines(out)));
        assertThat(shown()).isEqualTo("""
                        epoch 1/50  loss 5.000  1:38 left
                        epoch 2/50  loss 0.5000  in 0:03
                        """);
    }

    @Test
    void aTrainingThatIsStoppedBeforeItsFirstStep() {
        Training training = trainer(step -> step)
                .epochs(50)
                .listener(Progress.lines(out))
                .listener(Progress.bar(out))
                .build()
                .on(new Scaling(0.0), Scaling.towards(4));
        training.stop();
        training.run();
        assertThat(drawings())
                .containsExactly(
                        "epoch 0/50  in 0:00", "", "epoch 0/50 [------------------------------]   0%  in 0:00");
    }

    @Test
    void aTrainingThatIsStoppedBetweenEpochsShowsTheLossOfTheLast() {
        train(trainer(step -> step * SECOND).epochs(50).listener(Training::stop).listener(Progress.lines(out)));
        assertThat(shown()).endsWith("epoch 1/50  loss 5.000  in 0:02\n");
    }

    @Test
    void aTrainingThatFailsEndsItsLine() {
        Trainer trainer = trainer(step -> step * SECOND)
                .optimizer(Optimizers.gradientDescent(1e300))
                .listener(Progress.bar(out))
                .build();
        assertThatThrownBy(() -> trainer.train(new Scaling(0.0), Scaling.towards(4, 4)))
                .isInstanceOf(DivergenceException.class);
        assertThat(shown()).endsWith("\n");
    }

    /** The time before the checkpoint counts, as do the steps. */
    @Test
    void aTrainingThatGoesOn(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("checkpoint");
        StoppedTraining.save(file);
        TanhNetwork network = StoppedTraining.network(2);
        Training training = StoppedTraining.trainer()
                .clock(() -> 0)
                .listener(Progress.bar(out))
                .build()
                .resume(network, StoppedTraining.RECORDS, file);
        training.run();
        assertThat(drawings()[1]).startsWith("epoch 2/3 [").contains("]  66%  loss ");
        assertThat(drawings()[drawings().length - 1]).startsWith("epoch 3/3 [").contains("] 100%  loss ");
    }

    @Test
    void oneListenerForOneTrainingAfterAnother() {
        TrainingListener lines = Progress.lines(out);
        TrainingListener bar = Progress.bar(out);
        train(trainer(step -> step * SECOND).epochs(1).listener(lines).listener(bar));
        String first = shown();
        bytes.reset();
        train(trainer(step -> step * SECOND).epochs(1).listener(lines).listener(bar));
        assertThat(shown()).isEqualTo(first);
    }

    @Test
    void theSameInEveryCountry() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-u-nu-arab"));
        try {
            train(trainer(step -> step * SECOND).epochs(1).listener(Progress.lines(out)));
        } finally {
            Locale.setDefault(before);
        }
        assertThat(shown()).isEqualTo("epoch 1/1  loss 5.000  in 0:02\n");
    }

    /** No terminal: neither a stream in memory nor, here, what a build tool reads. */
    @Test
    void linesWhereThereIsNoTerminal() {
        train(trainer(step -> step * SECOND).epochs(1).listener(Progress.to(out)));
        assertThat(shown()).isEqualTo("epoch 1/1  loss 5.000  in 0:02\n");
    }

    @Test
    void nulls() {
        assertThatNullPointerException().isThrownBy(() -> Progress.bar(null)).withMessage("out");
        assertThatNullPointerException().isThrownBy(() -> Progress.lines(null)).withMessage("out");
        assertThatNullPointerException().isThrownBy(() -> Progress.to(null)).withMessage("out");
    }
}
