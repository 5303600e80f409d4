package dev.chainrule.runtime.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever call to the file system fails, the old file or the new one is there, whole. */
class SaveFaultsTest {
    /** How a call fails. */
    enum Fault {
        /** It does nothing. */
        BEFORE,
        /** It does what it should, or half of it if it writes. */
        AFTER,
        /** As {@code BEFORE}; then the process is gone, and no further call does anything. */
        CRASH_BEFORE,
        /** As {@code AFTER}; then the process is gone. */
        CRASH_AFTER;

        boolean isCrash() {
            return this == CRASH_BEFORE || this == CRASH_AFTER;
        }

        boolean acts() {
            return this == AFTER || this == CRASH_AFTER;
        }
    }

    private static final List<String> CALLS =
            List.of("create", "write", "write", "force", "close", "replace", "open directory", "force", "close");

    @TempDir
    Path directory;

    @Test
    void theCallsOfASave() throws IOException {
        FaultyCalls calls = new FaultyCalls(-1, Fault.BEFORE);
        save(1, calls);
        assertThat(calls.made).isEqualTo(CALLS);
        assertThat(loaded()).isEqualTo(1);
        assertThat(filesThere()).containsExactly(file());
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aFaultAtEveryCallLeavesTheOldFileOrTheNew(Fault fault) throws IOException {
        for (int call = 0; call < CALLS.size(); call++) {
            for (boolean isOverwritten : new boolean[] {true, false}) {
                check(fault, call, isOverwritten);
            }
        }
    }

    private void check(Fault fault, int call, boolean isOverwritten) throws IOException {
        String what = fault + " at call " + call + ", " + CALLS.get(call) + (isOverwritten ? ", overwriting" : "");
        if (isOverwritten) {
            save(1, FileCalls.REAL);
        }
        FaultyCalls calls = new FaultyCalls(call, fault);
        if (CALLS.get(call).equals("open directory")) {
            // As where the operating system opens no directories
            save(2, calls);
        } else {
            assertThatThrownBy(() -> save(2, calls)).as(what).isInstanceOf(InjectedFault.class);
        }

        int replace = CALLS.indexOf("replace");
        boolean isNew = call > replace || call == replace && fault.acts();
        if (isNew || isOverwritten) {
            assertThat(loaded()).as("the file after " + what).isEqualTo(isNew ? 2 : 1);
        } else {
            assertThat(file()).as("the file after " + what).doesNotExist();
        }
        List<Path> others = filesThere();
        others.remove(file());
        boolean isLeftBehind = fault.isCrash() && !isNew && !(call == 0 && !fault.acts());
        assertThat(others).as("temporary files after " + what).hasSize(isLeftBehind ? 1 : 0);
        for (Path file : filesThere()) {
            Files.delete(file);
        }
    }

    /** The disk is full, and then not even the temporary file can be removed: the first problem is the one to know of. */
    @Test
    void aFaultOfTheRemovalIsSuppressed() throws IOException {
        FaultyCalls calls = new FaultyCalls(1, Fault.BEFORE) {
            @Override
            public void delete(Path file) throws IOException {
                throw new IOException("cannot delete");
            }
        };
        assertThatThrownBy(() -> save(1, calls))
                .isInstanceOf(InjectedFault.class)
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1))
                .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessage("cannot delete"));
        assertThat(file()).doesNotExist();
    }

    /** Not only exceptions of the file system. */
    @Test
    void theTemporaryFileIsRemovedAfterAnError() throws IOException {
        FaultyCalls calls = new FaultyCalls(-1, Fault.BEFORE) {
            @Override
            public void replace(Path file, Path other) {
                throw new StackOverflowError("in a test");
            }
        };
        save(1, FileCalls.REAL);
        assertThatThrownBy(() -> save(2, calls)).isInstanceOf(StackOverflowError.class);
        assertThat(loaded()).isEqualTo(1);
        assertThat(filesThere()).containsExactly(file());
    }

    /** A write may take a part of the bytes only. */
    @Test
    void shortWritesAreContinued() throws IOException {
        FaultyCalls calls = new FaultyCalls(-1, Fault.BEFORE) {
            @Override
            void write(Opened opened, ByteBuffer bytes) throws IOException {
                ByteBuffer first = bytes.slice().limit(Math.min(5, bytes.remaining()));
                opened.write(first);
                bytes.position(bytes.position() + first.position());
            }
        };
        save(3, calls);
        assertThat(loaded()).isEqualTo(3);
        assertThat(calls.made.size()).isGreaterThan(80 / 5);
    }

    private Path file() {
        return directory.resolve("weights");
    }

    private void save(double value, FileCalls calls) throws IOException {
        WeightFile.save(StoredNetwork.small().filledWith(value), file(), ElementType.DOUBLE, calls);
    }

    /** The value that all parameters have; loading has checked that they are those of one file. */
    private double loaded() throws IOException {
        StoredNetwork network = StoredNetwork.small();
        WeightFile.load(network, file());
        assertThat(network.parameters()).containsOnly(network.parameters()[0]);
        return network.parameters()[0];
    }

    private List<Path> filesThere() throws IOException {
        try (var files = Files.list(directory)) {
            return new ArrayList<>(files.toList());
        }
    }
}
