package dev.chainrule.samples.documents;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The files that are not in the project: they lie in {@code shared} beside the checkout, where there is one. */
final class SharedFiles {
    private SharedFiles() {}

    static Optional<Path> find(String name) {
        return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                .map(folder -> folder.resolve("shared").resolve(name))
                .filter(Files::exists)
                .findFirst();
    }
}
