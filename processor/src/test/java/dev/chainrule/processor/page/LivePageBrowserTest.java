package dev.chainrule.processor.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.testing.PlainNetwork;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import dev.chainrule.runtime.monitoring.LivePage;
import dev.chainrule.runtime.training.History;
import dev.chainrule.runtime.training.Records;
import dev.chainrule.runtime.training.Trainer;
import dev.chainrule.runtime.training.Training;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a training, opened while the training runs. */
@RequiresChromium
class LivePageBrowserTest {
    private static final Topology UNIT =
            Topologies.of("Unit", "1-1", Activation.TANH, Activation.TANH, Loss.HALF_SUM_OF_SQUARES, Unroll.AUTO);

    @TempDir
    private Path folder;

    @Test
    void theCurveGrowsUntilTheTrainingEnds() {
        Path file = folder.resolve("training.html");
        Records records = Records.wrap(new double[] {0, 0.5, 1}, 1, new double[] {0, 0.25, 0.5}, 1);
        Semaphore epochs = new Semaphore(3);
        Training training = Trainer.builder()
                .epochs(1_000_000)
                .validation(records)
                .listener(LivePage.at(file))
                .listener(told -> epochs.acquireUninterruptibly())
                .build()
                .on(new PlainNetwork(UNIT, new double[] {0.5, 0}), records);
        CompletableFuture<History> ended = CompletableFuture.supplyAsync(training::run);
        try (Browser browser = new Browser(folder)) {
            await(() -> Files.exists(file));
            browser.open(file);
            int points = points(browser);
            // The file tells when there is more to see: a script that runs while the page loads itself anew could hang
            await(() -> {
                epochs.release();
                return pointsIn(file) > points + 2;
            });
            browser.open(file);
            assertThat(points(browser)).isGreaterThan(points + 2);
            assertThat(status(browser)).contains(" of 1000000", " left.");
            training.stop();
            epochs.release();
            int all = ended.join().epochs();
            browser.open(file);
            assertThat(status(browser)).contains("stopped");
            assertThat(points(browser)).isEqualTo(Math.max(2, all));
            assertThat(browser.elements("#losses polyline")).hasSize(2);
            assertThat(browser.console()).isEmpty();
            assertThat(browser.requests()).isEmpty();
        } finally {
            training.stop();
            epochs.release(1_000_000);
        }
    }

    /** The points of the first curve. */
    private static int points(Browser browser) {
        return Math.toIntExact((Long) browser.run("const line = document.querySelector('#losses polyline');"
                + "return line === null ? 0 : line.points.numberOfItems;"));
    }

    private static String status(Browser browser) {
        return (String) browser.run("return document.getElementById('status').textContent;");
    }

    /** The epochs that the page in the file shows. */
    private static int pointsIn(Path file) {
        try {
            String page = Files.readString(file);
            int start = page.indexOf("epoch: [");
            return page.substring(start, page.indexOf(']', start)).split(",").length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Browser.PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not come true in " + Browser.PATIENCE);
            }
            Thread.onSpinWait();
        }
    }
}
