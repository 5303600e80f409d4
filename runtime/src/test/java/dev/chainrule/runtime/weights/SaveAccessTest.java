package dev.chainrule.runtime.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.chainrule.runtime.files.FileCalls;
import dev.chainrule.runtime.weights.SaveFaultsTest.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that is saved over keeps its group and permissions, and nobody gets more at any time. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "files have no POSIX permissions there")
class SaveAccessTest {
    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("weights");
    }

    private void save(FileCalls calls) throws IOException {
        WeightFile.save(StoredNetwork.small(), file(), ElementType.DOUBLE, calls);
    }

    private void saveWith(String permissions) throws IOException {
        save(FileCalls.REAL);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(permissions));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    /** Also those that a usual umask takes from new files. */
    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "r--------", "rw-r-----", "rw-rw-rw-", "rwxrwxrwx", "---------", "rw----r--"})
    void permissionsAreKept(String permissions) throws IOException {
        saveWith(permissions);
        save(FileCalls.REAL);
        assertThat(permissions(file())).isEqualTo(permissions);
        OnnxFile.save(StoredNetwork.small(), file(), ElementType.DOUBLE);
        assertThat(permissions(file())).isEqualTo(permissions);
    }

    /** Whatever the old one's are: there is time enough to open it. */
    @Test
    void theTemporaryFileIsForItsOwnerAlone() throws IOException {
        List<String> seen = new ArrayList<>();
        saveWith("rw-rw-rw-");
        save(new FaultyCalls(-1, Fault.BEFORE) {
            private Path temporary;

            @Override
            public Opened create(Path path, boolean isPrivate) throws IOException {
                temporary = path;
                return super.create(path, isPrivate);
            }

            @Override
            void write(Opened opened, ByteBuffer bytes) throws IOException {
                seen.add(permissions(temporary));
                super.write(opened, bytes);
            }
        });
        assertThat(seen).containsExactly("rw-------", "rw-------");
    }

    @Test
    void aNewFileIsAsAnyOtherIs() throws IOException {
        save(FileCalls.REAL);
        Path other = Files.writeString(directory.resolve("other"), "");
        assertThat(permissions(file())).isEqualTo(permissions(other));
    }

    @Test
    void aLinkIsReplacedByAFileOfTheSamePermissions() throws IOException {
        saveWith("rw-------");
        Path target = Files.move(file(), directory.resolve("target"));
        Files.createSymbolicLink(file(), target);
        save(FileCalls.REAL);
        assertThat(file()).isRegularFile();
        assertThat(Files.isSymbolicLink(file())).isFalse();
        assertThat(permissions(file())).isEqualTo("rw-------");
        assertThat(target).exists();
    }

    @Test
    void theGroupIsKept() throws IOException {
        GroupPrincipal group = saveWithAnotherGroup("rw-r-----");
        save(FileCalls.REAL);
        assertThat(view().readAttributes().group()).isEqualTo(group);
        assertThat(permissions(file())).isEqualTo("rw-r-----");
    }

    /** A saver that is no member of the group cannot give the file to it. */
    @ParameterizedTest
    @CsvSource({"rw-r-----, rw-------", "rwxrwxr-x, rwxr-xr-x", "rw-rw--w-, rw--w--w-", "r----x--x, r----x--x"})
    void anotherGroupGetsNoMoreThanAllHave(String old, String expected) throws IOException {
        saveWithAnotherGroup(old);
        PosixFileAttributes before = view().readAttributes();
        save(new FaultyCalls(-1, Fault.BEFORE) {
            @Override
            public void setGroup(Path path, GroupPrincipal group) throws IOException {
                throw new IOException("not a member");
            }
        });
        assertThat(view().readAttributes().group()).isNotEqualTo(before.group());
        assertThat(permissions(file())).isEqualTo(expected);
    }

    private PosixFileAttributeView view() {
        return Files.getFileAttributeView(file(), PosixFileAttributeView.class);
    }

    /** Of a group that is not the one of new files. */
    private GroupPrincipal saveWithAnotherGroup(String permissions) throws IOException {
        saveWith(permissions);
        try {
            GroupPrincipal group =
                    directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName("daemon");
            view().setGroup(group);
            return group;
        } catch (IOException e) {
            return abort("this user cannot give a file to another group");
        }
    }
}
