package dev.chainrule.runtime.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chainrule.runtime.files.FileCalls;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
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

    /** Of a file that is not there yet. */
    private static final List<String> CALLS = List.of(
            "attributes",
            "create",
            "lock",
            "write",
            "write",
            "force",
            "replace",
            "close",
            "open directory",
            "force",
            "close");

    /** Of one that gets another's permissions. */
    private static final List<String> OVERWRITING_CALLS = List.of(
            "attributes",
            "create",
            "lock",
            "write",
            "write",
            "attributes",
            "set permissions",
            "force",
            "replace",
            "close",
            "open directory",
            "force",
            "close");

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

    @Test
    void theCallsOfASaveOverAFile() throws IOException {
        assumePermissions();
        saveOld();
        FaultyCalls calls = new FaultyCalls(-1, Fault.BEFORE);
        save(2, calls);
        assertThat(calls.made).isEqualTo(OVERWRITING_CALLS);
        assertThat(loaded()).isEqualTo(2);
        assertThat(filesThere()).containsExactly(file());
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aFaultAtEveryCallLeavesNoFileOrTheNew(Fault fault) throws IOException {
        for (int call = 0; call < CALLS.size(); call++) {
            check(fault, call, CALLS);
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aFaultAtEveryCallLeavesTheOldFileOrTheNew(Fault fault) throws IOException {
        assumePermissions();
        for (int call = 0; call < OVERWRITING_CALLS.size(); call++) {
            saveOld();
            check(fault, call, OVERWRITING_CALLS);
        }
    }

    private void check(Fault fault, int call, List<String> names) throws IOException {
        String name = names.get(call);
        boolean isOverwritten = names == OVERWRITING_CALLS;
        String what = fault + " at call " + call + ", " + name + (isOverwritten ? ", overwriting" : "");
        FaultyCalls calls = new FaultyCalls(call, fault);
        // As where the operating system opens no directories, or has no locks
        boolean isNoMatter = name.equals("open directory") || name.equals("lock") && !fault.isCrash();
        if (isNoMatter) {
            save(2, calls);
        } else {
            assertThatThrownBy(() -> save(2, calls)).as(what).isInstanceOf(InjectedFault.class);
        }

        int replace = names.indexOf("replace");
        boolean isNew = isNoMatter || call > replace || call == replace && fault.acts();
        if (isNew || isOverwritten) {
            assertThat(loaded()).as("the file after " + what).isEqualTo(isNew ? 2 : 1);
        } else {
            assertThat(file()).as("the file after " + what).doesNotExist();
        }
        List<Path> others = filesThere();
        others.remove(file());
        int create = names.indexOf("create");
        boolean isLeftBehind = fault.isCrash() && !isNew && (call > create || call == create && fault.acts());
        assertThat(others).as("temporary files after " + what).hasSize(isLeftBehind ? 1 : 0);
        for (Path file : filesThere()) {
            Files.delete(file);
        }
    }

    /** With permissions that a new file does not get. */
    private void saveOld() throws IOException {
        save(1, FileCalls.REAL);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("r--r-----"));
    }

    private void assumePermissions() {
        assumeTrue(
                Files.getFileAttributeView(directory, PosixFileAttributeView.class) != null,
                "the file system has no permissions");
    }

    /** The disk is full, and then not even the temporary file can be removed: the first problem is the one to know of. */
    @Test
    void aFaultOfTheRemovalIsSuppressed() throws IOException {
        FaultyCalls calls = new FaultyCalls(CALLS.indexOf("write"), Fault.BEFORE) {
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
