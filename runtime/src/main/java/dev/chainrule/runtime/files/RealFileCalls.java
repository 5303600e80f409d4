package dev.chainrule.runtime.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The calls to the file system itself. */
final class RealFileCalls implements FileCalls {
    /** The byte that is locked, far behind all content: where locks bind, as on Windows, others can read the file. */
    private static final long LOCKED = Long.MAX_VALUE - 1;

    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    @Override
    public Opened create(Path file, boolean isPrivate) throws IOException {
        FileChannel channel = isPrivate ? FileChannel.open(file, NEW, PRIVATE) : FileChannel.open(file, NEW);
        return new Channel(file, channel);
    }

    @Override
    public PosixFileAttributes attributes(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        try {
            return view == null ? null : view.readAttributes();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    @Override
    public void setGroup(Path file, GroupPrincipal group) throws IOException {
        Files.getFileAttributeView(file, PosixFileAttributeView.class).setGroup(group);
    }

    @Override
    public void setPermissions(Path file, Set<PosixFilePermission> permissions) throws IOException {
        Files.setPosixFilePermissions(file, permissions);
    }

    @Override
    public Opened openDirectory(Path directory) throws IOException {
        return new Channel(directory, FileChannel.open(directory, StandardOpenOption.READ));
    }

    @Override
    public void replace(Path file, Path other) throws IOException {
        Files.move(file, other, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public void deleteUnlocked(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) { // opening a pipe could take for ever
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock lock = channel.tryLock(LOCKED, 1, false)) {
            if (lock != null) {
                delete(file);
            }
        } catch (IOException | OverlappingFileLockException e) {
            // Of another user, or on the point of being removed by another thread
        }
    }

    /** A file or directory that is open. */
    private record Channel(Path file, FileChannel channel) implements Opened {
        @Override
        public boolean lock() throws IOException {
            try {
                return channel.tryLock(LOCKED, 1, false) != null && Files.exists(file, LinkOption.NOFOLLOW_LINKS);
            } catch (OverlappingFileLockException e) {
                return false;
            }
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            channel.write(bytes);
        }

        @Override
        public void write(ByteBuffer bytes, long position) throws IOException {
            channel.write(bytes, position);
        }

        @Override
        public void force() throws IOException {
            channel.force(true);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
