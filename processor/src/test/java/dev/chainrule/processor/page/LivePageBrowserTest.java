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
import java.util.concurrent.locks.LockSupport;
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

    /** A page around it that counts how often it is loaded: a script in a page that loads itself anew may never come back. */
    private static final String FRAME = """
            <!DOCTYPE html>
            <title>frame</title>
            <script>let loads = 0;</script>
            <iframe src="training.html" onload="loads++"></iframe>
            """;

    private static final String RELOAD = "location.reload()";

    private static final String LOADED_TWICE_MORE = """
            const done = arguments[0];
            const before = loads;
            const look = () => loads >= before + 2 ? done() : setTimeout(look, 20);
            look();""";

    @Test
    void theCurveGrowsUntilTheTrainingEnds() throws IOException {
        Path file = folder.resolve("training.html");
        Records records = Records.wrap(new double[] {0, 0.5, 1}, 1, new double[] {0, 0.25, 0.5}, 1);
        Semaphore epochs = new Semaphore(3);
        Training training = Trainer.builder()
                .epochs(1_500)
                .validation(records)
                .listener(LivePage.at(file))
                .listener(told -> epochs.acquireUninterruptibly())
                .build()
                .on(new PlainNetwork(UNIT, new double[] {0.5, 0}), records);
        // In a thread of its own: the browser's driver waits for the threads that all futures share
        CompletableFuture<History> ended =
                CompletableFuture.supplyAsync(training::run, task -> new Thread(task).start());
        try (Browser browser = new Browser(folder)) {
            await(() -> Files.exists(file));
            openStill(browser, file);
            int points = points(browser);
            await(() -> {
                epochs.release();
                return pointsIn(file) > points + 2;
            });
            browser.open("frame", FRAME);
            browser.runUntilDone(LOADED_TWICE_MORE);
            openStill(browser, file);
            assertThat(points(browser)).isGreaterThan(points + 2);
            assertThat(status(browser)).contains(" of 1500", " left.");
            training.stop();
            epochs.release();
            int all = ended.join().epochs();
            browser.open(file);
            assertThat(status(browser)).contains("stopped");
            assertThat(points(browser)).isEqualTo(all);
            assertThat(browser.elements("#losses polyline")).hasSize(2);
            assertThat(browser.console()).isEmpty();
            assertThat(browser.requests()).isEmpty();
        } finally {
            training.stop();
            epochs.release(1_500);
        }
    }

    /** Opens the page as it is, without what loads it anew: that could happen while a script runs, which would not come back. */
    private static void openStill(Browser browser, Path file) throws IOException {
        String page = Files.readString(file);
        assertThat(page).contains(RELOAD);
        browser.open("still", page.replace(RELOAD, "0"));
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

    /** Asks again and again, slowly enough for the page to have a point for each epoch. */
    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Browser.PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not come true in " + Browser.PATIENCE);
            }
            LockSupport.parkNanos(100_000_000);
        }
    }
}
