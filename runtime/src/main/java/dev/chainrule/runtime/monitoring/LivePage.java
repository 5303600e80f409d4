package dev.chainrule.runtime.monitoring;

import dev.chainrule.runtime.training.History;
import dev.chainrule.runtime.training.StepListener;
import dev.chainrule.runtime.training.Training;
import dev.chainrule.runtime.training.TrainingListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A listener that keeps a page up to date, which any browser opens from the file and which redraws itself while the training runs: the
 * losses over the epochs, the learning rate, the gradient's norm, and the time left.
 *
 * <pre>{@code
 * Trainer trainer = Trainer.builder().epochs(200).listener(LivePage.at(Path.of("training.html"))).build();
 * }</pre>
 *
 * <p>The file is replaced as a whole, once a second at most, and when the training ends; it needs no server and asks no address for
 * anything. A file that cannot be written ends the training with an {@link UncheckedIOException}. A listener serves any number of
 * trainings, one at a time.
 */
public final class LivePage implements StepListener {
    private static final long BETWEEN_PAGES = 1_000_000_000;

    /** More than a screen has columns. */
    private static final int MOST_POINTS = 2_000;

    private static final String DATA = "/* DATA */";

    private final Path file;
    private final String template;
    private long nextAt;

    private LivePage(Path file, String template) {
        this.file = file;
        this.template = template;
    }

    /**
     * Keeps a page in a file.
     *
     * @param file in a folder that exists; replaced where it is there
     * @return a listener for trainings one at a time
     */
    public static TrainingListener at(Path file) {
        Path absolute = Objects.requireNonNull(file, "file").toAbsolutePath();
        try (InputStream page = LivePage.class.getResourceAsStream("live.html")) {
            return new LivePage(absolute, new String(page.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stepEnded(Training training) {
        long now = training.nanoseconds();
        if (now >= nextAt) {
            write(training, "");
            nextAt = now + BETWEEN_PAGES;
        }
    }

    @Override
    public void trainingEnded(Training training) {
        nextAt = 0;
        write(
                training,
                training.end() == null
                        ? "ended by an exception"
                        : training.end().toString());
    }

    /** @param end why the training has ended; empty while it has not */
    private void write(Training training, String end) {
        String page = template.replace(DATA, data(training, end));
        Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
        try {
            Files.writeString(temporary, page);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e, e);
        }
    }

    /** As an object of JavaScript. */
    private static String data(Training training, String end) {
        History history = training.history();
        // Every n-th epoch, and always the last
        int every = history.epochs() / MOST_POINTS + 1;
        int[] epochs = IntStream.range(0, history.epochs())
                .filter(epoch -> (history.epochs() - 1 - epoch) % every == 0)
                .toArray();
        return "{end: \"" + end + "\", epochs: " + training.epochs() + ", step: " + training.step() + ", steps: "
                + (long) training.epochs() * training.stepsPerEpoch() + ", seconds: " + training.nanoseconds() / 1e9
                + ",\nepoch: " + list(epochs, epoch -> epoch + 1)
                + ",\nloss: " + list(epochs, history::loss)
                + ",\nvalidationLoss: " + list(epochs, history::validationLoss)
                + ",\nrate: " + list(epochs, history::rate)
                + ",\ngradientNorm: " + list(epochs, history::gradientNorm) + "}";
    }

    /** Numbers as Java writes them, which JavaScript reads, too. */
    private static String list(int[] epochs, IntToDoubleFunction value) {
        return IntStream.of(epochs)
                .mapToObj(epoch -> Double.toString(value.applyAsDouble(epoch)))
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
