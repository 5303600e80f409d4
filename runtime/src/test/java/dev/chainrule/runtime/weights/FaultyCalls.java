package dev.chainrule.runtime.weights;

import dev.chainrule.runtime.files.FileCalls;
import dev.chainrule.runtime.weights.SaveFaultsTest.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The real calls, one of which fails. */
class FaultyCalls implements FileCalls {
    /** The calls so far, those that a failure brings about included. */
    final List<String> made = new ArrayList<>();

    private final int failing;
    private final Fault fault;
    private boolean isGone;

    /** The call number {@code failing} fails, counted from 0; none if that is negative. */
    FaultyCalls(int failing, Fault fault) {
        this.failing = failing;
        this.fault = fault;
    }

    private interface Call<T> {
        T make() throws IOException;
    }

    private interface Action {
        void make() throws IOException;
    }

    private <T> T call(String name, Call<T> call) throws IOException {
        boolean fails = made.size() == failing;
        made.add(name);
        if (isGone) {
            throw new InjectedFault(name);
        }
        if (!fails) {
            return call.make();
        }
        isGone = fault.isCrash();
        if (fault.acts()) {
            call.make();
        }
        throw new InjectedFault(name);
    }

    private void run(String name, Action action) throws IOException {
        call(name, () -> {
            action.make();
            return null;
        });
    }

    @Override
    public Opened create(Path file, boolean isPrivate) throws IOException {
        return call("create", () -> new FaultyOpened(REAL.create(file, isPrivate)));
    }

    @Override
    public PosixFileAttributes attributes(Path file) throws IOException {
        return call("attributes", () -> REAL.attributes(file));
    }

    @Override
    public void setGroup(Path file, GroupPrincipal group) throws IOException {
        run("set group", () -> REAL.setGroup(file, group));
    }

    @Override
    public void setPermissions(Path file, Set<PosixFilePermission> permissions) throws IOException {
        run("set permissions", () -> REAL.setPermissions(file, permissions));
    }

    @Override
    public Opened openDirectory(Path directory) throws IOException {
        return call("open directory", () -> new FaultyOpened(REAL.openDirectory(directory)));
    }

    @Override
    public void replace(Path file, Path other) throws IOException {
        run("replace", () -> REAL.replace(file, other));
    }

    @Override
    public void delete(Path file) throws IOException {
        run("delete", () -> REAL.delete(file));
    }

    @Override
    public void deleteUnlocked(Path file) {
        REAL.deleteUnlocked(file);
    }

    /** Writes bytes, half of them where the call is to fail afterwards. */
    void write(Opened opened, ByteBuffer bytes) throws IOException {
        boolean fails = made.size() == failing + 1;
        opened.write(fails ? bytes.slice().limit(bytes.remaining() / 2) : bytes);
    }

    private final class FaultyOpened implements Opened {
        private final Opened opened;

        FaultyOpened(Opened opened) {
            this.opened = opened;
        }

        @Override
        public boolean lock() throws IOException {
            return call("lock", opened::lock);
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            run("write", () -> FaultyCalls.this.write(opened, bytes));
        }

        @Override
        public void write(ByteBuffer bytes, long position) throws IOException {
            run("write over start", () -> opened.write(bytes, position));
        }

        @Override
        public void force() throws IOException {
            run("force", opened::force);
        }

        @Override
        public void close() throws IOException {
            run("close", opened::close);
        }
    }
}
