package dev.chainrule.runtime.monitoring;

import dev.chainrule.runtime.NetworkDescription;
import dev.chainrule.runtime.ParameterLayout;
import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.training.History;
import dev.chainrule.runtime.training.StepListener;
import dev.chainrule.runtime.training.Training;
import dev.chainrule.runtime.training.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Listeners that write a training as event files, which TensorBoard shows while it runs and afterwards.
 *
 * <pre>{@code
 * Trainer trainer = Trainer.builder().epochs(200).listener(TensorBoard.epochs(Path.of("runs/first"))).build();
 * }</pre>
 *
 * <p>An epoch has the scalars {@code epoch/loss}, {@code epoch/validation loss} where there are validation records,
 * {@code epoch/rate} and {@code epoch/gradient norm}, at the epoch's number, from 0, and a histogram of each layer's
 * weights and biases:
 * {@code layer1/weight}, {@code layer1/bias}, ..., by the layer's name where it has one. A step has {@code step/loss},
 * {@code step/rate} and {@code step/gradient norm}, at the step's number, from 1.
 *
 * <p>A training writes one file, {@code events.out.tfevents.*}, into the folder, which is made where it is not there; a
 * training that is resumed adds another. An epoch is in the file when it has ended. A file that cannot be written ends
 * the training with an
 * {@link UncheckedIOException}. A listener serves any number of trainings, one at a time.
 */
public final class TensorBoard {
    private TensorBoard() {}

    /**
     * Writes epochs.
     *
     * @param folder of the file
     * @return a listener for trainings one at a time
     */
    public static TrainingListener epochs(Path folder) {
        return new Epochs(Objects.requireNonNull(folder, "folder"));
    }

    /**
     * Writes epochs and steps.
     *
     * @param folder of the file
     * @return a listener for trainings one at a time
     */
    public static TrainingListener steps(Path folder) {
        return new Steps(Objects.requireNonNull(folder, "folder"));
    }

    private static class Epochs implements TrainingListener {
        private final Path folder;
        /** Null between trainings. */
        private EventFile file;

        Epochs(Path folder) {
            this.folder = folder;
        }

        @Override
        public final void epochEnded(Training training) {
            History history = training.history();
            int epoch = history.epochs() - 1;
            Event event = new Event(epoch)
                    .scalar("epoch/loss", history.loss(epoch))
                    .scalar("epoch/rate", history.rate(epoch))
                    .scalar("epoch/gradient norm", history.gradientNorm(epoch));
            if (!Double.isNaN(history.validationLoss(epoch))) {
                event.scalar("epoch/validation loss", history.validationLoss(epoch));
            }
            addHistograms(event, training.network());
            try {
                write(event);
                file.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public final void trainingEnded(Training training) {
            if (file != null) {
                try {
                    file.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                } finally {
                    file = null;
                }
            }
        }

        final void write(Event event) throws IOException {
            if (file == null) {
                file = EventFile.in(folder);
            }
            file.write(event);
        }

        private static void addHistograms(Event event, TrainableNetwork network) {
            double[] parameters = network.parameters();
            Optional<NetworkDescription> description = NetworkDescription.of(network);
            if (description.isEmpty()) {
                event.histogram("parameters", parameters, 0, parameters.length);
                return;
            }
            ParameterLayout layout = description.get().layout();
            for (int layer = 1; layer <= layout.layers(); layer++) {
                String name = description.get().layers().get(layer - 1).name();
                int biases = layout.biasesFrom(layer);
                if (layout.rows(layer) > 0) {
                    event.histogram(name + "/weight", parameters, layout.weightsFrom(layer), biases);
                }
                if (layout.hasBiases(layer)) {
                    event.histogram(name + "/bias", parameters, biases, layout.lettersFrom(layer));
                }
                int from = layout.lettersFrom(layer);
                for (String letter : layout.letters(layer)) {
                    event.histogram(name + "/" + letter, parameters, from, from + layout.units(layer));
                    from += layout.units(layer);
                }
            }
        }
    }

    private static final class Steps extends Epochs implements StepListener {
        Steps(Path folder) {
            super(folder);
        }

        @Override
        public void stepEnded(Training training) {
            try {
                write(new Event(training.step())
                        .scalar("step/loss", training.loss())
                        .scalar("step/rate", training.rate())
                        .scalar("step/gradient norm", training.gradientNorm()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
