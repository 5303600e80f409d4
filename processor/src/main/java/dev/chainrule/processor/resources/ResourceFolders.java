package dev.chainrule.processor.resources;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folders that the files of declarations are looked for in: those that the option names; where the compiler puts classes,
 * as Maven copies resources there before it compiles; and the sources of those resources, where the build tool is known by
 * where it has classes put. Nothing outside these folders is read.
 */
public final class ResourceFolders {
    /** The option that names folders, separated as in a class path. */
    public static final String OPTION = "chainrule.resources";

    private static final String ADVICE =
            "put it into one of them or name its folder by the compiler option -A" + OPTION + "=<folder>.";

    /** The first bytes of what Git LFS checks out where it has not fetched a file, by its specification. */
    private static final byte[] GIT_LFS_POINTER =
            "version https://git-lfs.github.com/spec/".getBytes(StandardCharsets.US_ASCII);

    private final String option;
    private final Supplier<Optional<Path>> classOutput;

    private interface Source {
        List<Path> folders() throws UnusableFileException;
    }

    /**
     * @param option the value of {@link #OPTION}, empty where it is not given
     * @param classOutput where the compiler puts classes, asked only where no folder of the option has a file
     */
    public ResourceFolders(String option, Supplier<Optional<Path>> classOutput) {
        this.option = option;
        this.classOutput = classOutput;
    }

    /**
     * Finds a file.
     *
     * @param name its path relative to a folder, its parts separated by {@code /}
     * @throws UnusableFileException if the name is not such a path, there is no such file, a symbolic link leads out of the
     *     folder, or Git LFS has not fetched the file
     */
    public Path find(String name) throws UnusableFileException {
        check(name);
        Set<Path> folders = new LinkedHashSet<>();
        List<Source> sources = List.of(this::ofOption, this::ofClassOutput);
        for (Source source : sources) {
            for (Path folder : source.folders()) {
                Optional<Path> file = folders.add(folder) ? fileIn(folder, name) : Optional.empty();
                if (file.isPresent()) {
                    return file.get();
                }
            }
        }
        String places = folders.isEmpty()
                ? "no folder, as the compiler does not tell where it puts classes"
                : folders.stream().map(Path::toString).collect(Collectors.joining(", "));
        throw new UnusableFileException(
                "FileNotFound", "There is no file " + Quoted.of(name) + "; looked in " + places + ": " + ADVICE);
    }

    private static void check(String name) throws UnusableFileException {
        boolean isRelative = !name.contains("\\")
                && !name.contains(":")
                && name.chars().noneMatch(Character::isISOControl)
                && Stream.of(name.split("/", -1))
                        .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
        if (!isRelative || !isPath(name)) {
            throw new UnusableFileException(
                    "FileNameNotRelative",
                    Quoted.of(name)
                            + " cannot name a file here; give a path relative to a folder of resources, with / and"
                            + " without .., such as models/xor.safetensors.");
        }
    }

    private static boolean isPath(String name) {
        try {
            return !Path.of(name).isAbsolute();
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private List<Path> ofOption() throws UnusableFileException {
        try {
            return Stream.of(option.split(Pattern.quote(File.pathSeparator)))
                    .filter(folder -> !folder.isBlank())
                    .map(folder -> Path.of(folder).toAbsolutePath().normalize())
                    .toList();
        } catch (InvalidPathException e) {
            throw new UnusableFileException(
                    "ResourceFolders",
                    Quoted.of(e.getInput()) + " in -A" + OPTION
                            + " cannot be the path of a folder; give paths, separated" + " as in a class path.");
        }
    }

    private List<Path> ofClassOutput() {
        return classOutput.get().map(ResourceFolders::besideClasses).orElse(List.of());
    }

    /** Where classes are put, and the resources that a build tool has for this place. */
    private static List<Path> besideClasses(Path classes) {
        List<Path> folders = new ArrayList<>(List.of(classes));
        if (classes.endsWith("target/classes")) {
            folders.add(above(classes, 2).resolve("src/main/resources"));
        } else if (classes.endsWith("target/test-classes")) {
            folders.add(above(classes, 2).resolve("src/test/resources"));
        } else if (classes.getNameCount() > 4 && above(classes, 2).endsWith("build/classes")) {
            folders.add(above(classes, 4)
                    .resolve("src")
                    .resolve(classes.getFileName())
                    .resolve("resources"));
        }
        return folders;
    }

    private static Path above(Path path, int levels) {
        Path above = path;
        for (int i = 0; i < levels; i++) {
            above = above.getParent();
        }
        return above;
    }

    private static Optional<Path> fileIn(Path folder, String name) throws UnusableFileException {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            if (!file.toRealPath().startsWith(folder.toRealPath())) {
                throw new UnusableFileException(
                        "FileOutsideFolder",
                        file + " is a link that leads out of " + folder
                                + "; put the file itself there, or name its folder by the compiler option -A" + OPTION
                                + "=<folder>.");
            }
            if (isGitLfsPointer(file)) {
                throw new UnusableFileException(
                        "GitLfsPointer",
                        file
                                + " is a Git LFS pointer, a text in place of a file that is not fetched yet; get the file itself"
                                + " by 'git lfs pull'.");
            }
        } catch (IOException e) {
            throw new UnusableFileException("FileNotReadable", file + " cannot be read: " + e);
        }
        return Optional.of(file);
    }

    private static boolean isGitLfsPointer(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            return Arrays.equals(stream.readNBytes(GIT_LFS_POINTER.length), GIT_LFS_POINTER);
        }
    }
}
