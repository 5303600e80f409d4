package dev.chainrule.runtime.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chainrule.runtime.weights.SaveFaultsTest.Fault;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A save that is interrupted says so, leaves a whole file and the thread interrupted. */
class SaveInterruptTest {
    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void saveOld() throws IOException {
        file = directory.resolve("weights");
        WeightFile.save(StoredNetwork.small().filledWith(1), file);
    }

    /** Interrupts the thread when a save makes a call. */
    private static final class Interrupting extends FaultyCalls {
        private final String name;

        Interrupting(String name) {
            super(-1, Fault.BEFORE);
            this.name = name;
        }

        private void interruptIn(String call) {
            if (call.equals(name)) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public Opened create(Path path, boolean isPrivate) throws IOException {
            interruptIn("create");
            return super.create(path, isPrivate);
        }

        @Override
        void write(Opened opened, ByteBuffer bytes) throws IOException {
            super.write(opened, bytes);
            interruptIn("write");
        }

        @Override
        public void replace(Path from, Path to) throws IOException {
            super.replace(from, to);
            interruptIn("replace");
        }
    }

    private void check(String call, String message, double expected) throws IOException {
        StoredNetwork network = StoredNetwork.small();
        try {
            assertThatExceptionOfType(InterruptedIOException.class)
                    .isThrownBy(() ->
                            WeightFile.save(network.filledWith(2), file, ElementType.DOUBLE, new Interrupting(call)))
                    .withMessage(message)
                    .withCauseInstanceOf(ClosedByInterruptException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        WeightFile.load(network, file);
        assertThat(network.parameters()).containsOnly(expected);
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void beforeTheFirstByte() throws IOException {
        check("create", "saving " + file + " was interrupted; what was there before still is", 1);
    }

    @Test
    void betweenBytes() throws IOException {
        check("write", "saving " + file + " was interrupted; what was there before still is", 1);
    }

    @Test
    void whenTheNewFileIsThere() throws IOException {
        check("replace", "saving " + file + " was interrupted; the new file is there, but a crash could undo that", 2);
    }
}
