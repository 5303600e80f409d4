package dev.chainrule.runtime.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.chainrule.runtime.files.AtomicFile;
import dev.chainrule.runtime.files.FileCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Temporary files of processes that were killed are removed by the next save in the directory; no others are. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AbandonedFilesTest {
    private static final int SAVES = 40;

    @TempDir
    Path directory;

    /** A process that saves the text "first half, second half", and waits for a line of input in the middle. */
    static final class SlowSaver {
        private SlowSaver() {}

        public static void main(String[] arguments) throws IOException {
            AtomicFile.write(Path.of(arguments[0]), FileCalls.REAL, sink -> {
                sink.write(bytes("first half, "));
                System.out.println("in the middle");
                System.in.read();
                sink.write(bytes("second half"));
            });
        }
    }

    /** A process that saves to a file again and again. */
    static final class FastSaver {
        private FastSaver() {}

        public static void main(String[] arguments) throws IOException {
            saveManyTimes(Path.of(arguments[0]));
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void saveManyTimes(Path file) throws IOException {
        for (int i = 0; i < SAVES; i++) {
            WeightFile.save(StoredNetwork.small().filledWith(i), file);
        }
    }

    private Process startInTheMiddle() throws IOException {
        Process process =
                JavaProcess.start(SlowSaver.class, directory.resolve("slow").toString());
        byte[] expected = "in the middle".getBytes(StandardCharsets.US_ASCII);
        assertThat(process.getInputStream().readNBytes(expected.length)).isEqualTo(expected);
        return process;
    }

    private void save() throws IOException {
        WeightFile.save(StoredNetwork.small(), directory.resolve("weights"));
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void thatOfAKilledProcessIsRemoved() throws Exception {
        Process process = startInTheMiddle();
        assertThat(names()).hasSize(1).allMatch(name -> name.matches("\\.chainrule-[0-9a-f]+\\.tmp"));
        process.destroyForcibly().waitFor();
        assertThat(names()).hasSize(1);
        save();
        assertThat(names()).containsExactly("weights");
    }

    @Test
    void thatOfALivingProcessIsNot() throws Exception {
        Process process = startInTheMiddle();
        save();
        assertThat(names()).hasSize(2);
        process.getOutputStream().close();
        assertThat(process.waitFor()).isZero();
        assertThat(names()).containsExactlyInAnyOrder("weights", "slow");
        assertThat(directory.resolve("slow")).hasContent("first half, second half");
    }

    /** Neither by this process nor, as this one has not lost its lock on it, by another. */
    @Test
    void thatOfThisProcessIsNot() throws IOException {
        AtomicFile.write(directory.resolve("outer"), FileCalls.REAL, sink -> {
            sink.write(bytes("first half, "));
            save();
            try {
                Process other = JavaProcess.start(
                        FastSaver.class, directory.resolve("other").toString());
                assertThat(other.waitFor()).isZero();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            assertThat(names()).hasSize(3);
            sink.write(bytes("second half"));
        });
        assertThat(names()).containsExactlyInAnyOrder("outer", "weights", "other");
        assertThat(directory.resolve("outer")).hasContent("first half, second half");
    }

    @Test
    void whatIsNoneOfOursIsNot() throws IOException {
        Files.createDirectory(directory.resolve(".chainrule-1.tmp"));
        Files.writeString(directory.resolve("target"), "");
        Files.createSymbolicLink(directory.resolve(".chainrule-2.tmp"), directory.resolve("target"));
        List<String> others = List.of(".chainrule-3", "chainrule-4.tmp", ".chainrule-5.tmp~");
        for (String name : others) {
            Files.writeString(directory.resolve(name), "");
        }
        save();
        List<String> expected = new ArrayList<>(others);
        expected.addAll(List.of(".chainrule-1.tmp", "target", ".chainrule-2.tmp", "weights"));
        assertThat(names()).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** Another process may look at a file between its creation and its lock. */
    @Test
    void oneThatIsTakenForAbandonedIsMadeAgain() throws IOException {
        FaultyCalls calls = new FaultyCalls(-1, SaveFaultsTest.Fault.BEFORE) {
            @Override
            public Opened create(Path file, boolean isPrivate) throws IOException {
                Opened opened = super.create(file, isPrivate);
                if (made.stream().filter("create"::equals).count() < 3) {
                    REAL.deleteUnlocked(file);
                    assertThat(file).doesNotExist();
                }
                return opened;
            }
        };
        WeightFile.save(StoredNetwork.small(), directory.resolve("weights"), ElementType.DOUBLE, calls);
        assertThat(calls.made).filteredOn("create"::equals).hasSize(3);
        assertThat(names()).containsExactly("weights");
    }

    @Test
    void manySaversOfOneDirectory() throws Exception {
        Process process =
                JavaProcess.start(FastSaver.class, directory.resolve("other").toString());
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Callable<Object>> savers = new ArrayList<>();
            for (String name : List.of("a", "b", "b")) {
                savers.add(Executors.callable(() -> {
                    try {
                        saveManyTimes(directory.resolve(name));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }));
            }
            for (Future<Object> saver : threads.invokeAll(savers)) {
                assertThatCode(saver::get).doesNotThrowAnyException();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(process.waitFor()).isZero();
        assertThat(names()).containsExactlyInAnyOrder("a", "b", "other");
    }
}
