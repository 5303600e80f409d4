package dev.chainrule.processor;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import javax.annotation.processing.Filer;
import javax.tools.FileObject;
import javax.tools.StandardLocation;

/** Where the compiler puts classes. It is asked once, as some compilers count the questions. */
final class ClassOutput {
    /** Of a file that is never made: only where it would stand matters. */
    private static final String FILE = "chainrule.resources";

    private final Filer filer;
    private Optional<URI> root;

    ClassOutput(Filer filer) {
        this.filer = filer;
    }

    /** The folder, where the compiler tells it and there is one. */
    Optional<Path> folder() {
        return root().filter(uri -> "file".equals(uri.getScheme())).map(Path::of);
    }

    /**
     * Whether a file of another place stands among the classes, as that place is the same.
     *
     * @param name the file's path from its place on
     */
    boolean isPlaceOf(FileObject file, String name) {
        return root().equals(Optional.of(root(file, name)));
    }

    private Optional<URI> root() {
        if (root == null) {
            root = ask();
        }
        return root;
    }

    private Optional<URI> ask() {
        try {
            return Optional.of(root(file(), FILE));
        } catch (IOException | IllegalArgumentException | UnsupportedOperationException notTold) {
            return Optional.empty();
        }
    }

    private FileObject file() throws IOException {
        try {
            return filer.getResource(StandardLocation.CLASS_OUTPUT, "", FILE);
        } catch (FileNotFoundException notThere) {
            // The Eclipse compiler tells only of files that are there, or that are to be made
            return filer.createResource(StandardLocation.CLASS_OUTPUT, "", FILE);
        }
    }

    private static URI root(FileObject file, String name) {
        long folders = name.chars().filter(c -> c == '/').count();
        return file.toUri().resolve("./" + "../".repeat((int) folders));
    }
}
