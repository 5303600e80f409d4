package dev.chainrule.runtime.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.chainrule.runtime.ParameterLayout;
import dev.chainrule.runtime.training.History;
import dev.chainrule.runtime.training.Records;
import dev.chainrule.runtime.training.TanhNetwork;
import dev.chainrule.runtime.training.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the file; a browser opens it in a test of the processor, among others that need one. */
class LivePageTest {
    @TempDir
    private Path folder;

    private final Records records = Records.wrap(new double[] {0, 0.5, 1}, 1, new double[] {0, 0.25, 0.5}, 1);
    private final TanhNetwork network =
            new TanhNetwork(ParameterLayout.of(1, new int[] {1}, new boolean[] {true}), 0.5, 0);

    private static double[] list(String page, String name) {
        Matcher list = Pattern.compile(",\n" + name + ": \\[([^\\]]*)\\]").matcher(page);
        assertThat(list.find()).isTrue();
        return Stream.of(list.group(1).split(", "))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static double[] epochs(IntToDoubleFunction value) {
        return IntStream.range(0, 5).mapToDouble(value).toArray();
    }

    @Test
    void thePageHasTheHistoryInTheEnd() throws IOException {
        Path file = folder.resolve("live.html");
        History history = Trainer.builder()
                .epochs(5)
                .validation(records)
                .listener(LivePage.at(file))
                .build()
                .train(network, records);
        String page = Files.readString(file);
        assertThat(page).contains("{end: \"ALL_EPOCHS\", epochs: 5, step: 5, steps: 5, seconds: ");
        assertThat(list(page, "epoch")).containsExactly(1, 2, 3, 4, 5);
        assertThat(list(page, "loss")).isEqualTo(epochs(history::loss));
        assertThat(list(page, "validationLoss")).isEqualTo(epochs(history::validationLoss));
        assertThat(list(page, "rate")).containsOnly(0.1);
        assertThat(list(page, "gradientNorm")).isEqualTo(epochs(history::gradientNorm));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aLongHistoryIsThinnedButKeepsItsLastEpoch() throws IOException {
        Path file = folder.resolve("live.html");
        Trainer.builder().epochs(10_000).listener(LivePage.at(file)).build().train(network, records);
        double[] epochs = list(Files.readString(file), "epoch");
        assertThat(epochs).hasSizeBetween(1_000, 2_000).isSorted().endsWith(10_000);
        assertThat(Arrays.stream(epochs).map(epoch -> epoch % 6)).containsOnly(10_000.0 % 6);
    }

    @Test
    void thePageIsThereFromTheFirstStepOnAndSaysWhatEndedTheTraining() {
        Path file = folder.resolve("live.html");
        List<String> pages = new ArrayList<>();
        Trainer trainer = Trainer.builder()
                .epochs(3)
                .listener(LivePage.at(file))
                .listener(training -> {
                    pages.add(read(file));
                    throw new IllegalStateException("enough");
                })
                .build();
        assertThatIllegalStateException().isThrownBy(() -> trainer.train(network, records));
        assertThat(pages)
                .singleElement()
                .satisfies(page -> assertThat(page).contains("{end: \"\", epochs: 3, step: 1"));
        assertThat(file).content().contains("{end: \"ended by an exception\", epochs: 3, step: 1");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFileThatCannotBeWrittenEndsTheTraining() {
        Path file = folder.resolve("no folder").resolve("live.html");
        Trainer trainer = Trainer.builder().listener(LivePage.at(file)).build();
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> trainer.train(network, records))
                .withMessageContaining("cannot write " + file);
    }
}
