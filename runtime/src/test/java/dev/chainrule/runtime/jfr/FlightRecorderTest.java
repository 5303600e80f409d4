package dev.chainrule.runtime.jfr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.runtime.ParameterLayout;
import dev.chainrule.runtime.training.History;
import dev.chainrule.runtime.training.Records;
import dev.chainrule.runtime.training.StepListener;
import dev.chainrule.runtime.training.TanhNetwork;
import dev.chainrule.runtime.training.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightRecorderTest {
    private static final int EPOCHS = 3;
    private static final int STEPS = 2;

    private final Records records = Records.wrap(new double[] {0, 0.5, 1}, 1, new double[] {0, 0.25, 0.5}, 1);

    @TempDir
    private Path folder;

    private final List<double[]> steps = new ArrayList<>();

    private History train(boolean isValidated) {
        StepListener told = training ->
                steps.add(new double[] {training.step(), training.rate(), training.loss(), training.gradientNorm()});
        Trainer.Builder trainer =
                Trainer.builder().batchSize(2).epochs(EPOCHS).listener(told).listener(FlightRecorder.events());
        if (isValidated) {
            trainer.validation(records);
        }
        return trainer.build()
                .train(new TanhNetwork(ParameterLayout.of(1, new int[] {1}, new boolean[] {true}), 0.5, 0), records);
    }

    private List<RecordedEvent> recorded(String name, Recording recording) throws IOException {
        Path file = folder.resolve("recording.jfr");
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .toList();
    }

    @Test
    void stepsAreRecordedAsTheTrainingTellsThem() throws IOException {
        try (Recording recording = new Recording()) {
            recording.start();
            train(false);
            List<RecordedEvent> events = recorded(FlightRecorder.STEP, recording);
            assertThat(events).hasSize(EPOCHS * STEPS);
            for (int i = 0; i < events.size(); i++) {
                RecordedEvent event = events.get(i);
                assertThat(steps.get(i))
                        .containsExactly(
                                event.getLong("step"),
                                event.getDouble("rate"),
                                event.getDouble("loss"),
                                event.getDouble("gradientNorm"));
                assertThat(event.getDuration()).isPositive();
                assertThat(event.getStartTime())
                        .isAfterOrEqualTo(events.get(Math.max(0, i - 1)).getStartTime());
            }
        }
    }

    @Test
    void epochsAreRecordedAsTheHistoryHasThem() throws IOException {
        try (Recording recording = new Recording()) {
            recording.start();
            History history = train(true);
            List<RecordedEvent> events = recorded(FlightRecorder.EPOCH, recording);
            assertThat(events).hasSize(EPOCHS);
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
                RecordedEvent event = events.get(epoch);
                assertThat(event.getInt("epoch")).isEqualTo(epoch);
                assertThat(event.getLong("step")).isEqualTo(history.step(epoch));
                assertThat(event.getDouble("rate")).isEqualTo(history.rate(epoch));
                assertThat(event.getDouble("loss")).isEqualTo(history.loss(epoch));
                assertThat(event.getDouble("validationLoss")).isEqualTo(history.validationLoss(epoch));
                assertThat(event.getDouble("gradientNorm")).isEqualTo(history.gradientNorm(epoch));
            }
        }
    }

    @Test
    void withoutARecordingTheTrainingIsTheSame() {
        History silent = train(false);
        try (Recording recording = new Recording()) {
            recording.start();
            History recorded = train(false);
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
                assertThat(recorded.loss(epoch)).isEqualTo(silent.loss(epoch));
            }
        }
    }

    @Test
    void anEventThatIsTurnedOffIsNotRecorded() throws IOException {
        try (Recording recording = new Recording()) {
            recording.disable(FlightRecorder.STEP);
            recording.start();
            train(false);
            assertThat(recorded(FlightRecorder.STEP, recording)).isEmpty();
            assertThat(recorded(FlightRecorder.EPOCH, recording)).hasSize(EPOCHS);
        }
    }
}
