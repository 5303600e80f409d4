package dev.chainrule.processor.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceFoldersTest {
    @TempDir
    Path directory;

    private Path file(String name) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.createFile(file);
    }

    private ResourceFolders folders(String option, String classOutput) {
        return new ResourceFolders(option, () -> Optional.of(directory.resolve(classOutput)));
    }

    @ParameterizedTest
    @CsvSource({
        "target/classes, target/classes",
        "target/classes, src/main/resources",
        "target/test-classes, src/test/resources",
        "build/classes/java/main, src/main/resources",
        "build/classes/java/test, src/test/resources",
        "build/classes/java/jmh, src/jmh/resources",
        "bin, bin"
    })
    void whereBuildToolsHaveResources(String classOutput, String resources) throws Exception {
        Path file = file(resources + "/models/w");
        assertThat(folders("", classOutput).find("models/w")).isEqualTo(file);
    }

    @Test
    void foldersOfTheOptionComeFirstAndInOrder() throws Exception {
        Path last = file("target/classes/w");
        ResourceFolders folders =
                folders(directory.resolve("a") + File.pathSeparator + directory.resolve("b"), "target/classes");
        assertThat(folders.find("w")).isEqualTo(last);
        Path second = file("b/w");
        assertThat(folders.find("w")).isEqualTo(second);
        Path first = file("a/w");
        assertThat(folders.find("w")).isEqualTo(first);
    }

    /** Gradle and IDEs count what a processor asks of the compiler. */
    @Test
    void theCompilerIsNotAskedWithoutNeed() throws Exception {
        Path file = file("a/w");
        ResourceFolders folders = new ResourceFolders(directory.resolve("a").toString(), () -> {
            throw new AssertionError();
        });
        assertThat(folders.find("w")).isEqualTo(file);
    }

    @Test
    void allPlacesAreNamed() {
        Path option = directory.resolve("a");
        assertThatExceptionOfType(UnusableFileException.class)
                .isThrownBy(() -> folders(option.toString(), "target/classes").find("w"))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("FileNotFound"))
                .withMessage(
                        "There is no file \"w\"; looked in %s, %s, %s: put it into one of them or name its folder by the"
                                + " compiler option -Achainrule.resources=<folder>.",
                        option, directory.resolve("target/classes"), directory.resolve("src/main/resources"));
        assertThatExceptionOfType(UnusableFileException.class)
                .isThrownBy(() -> new ResourceFolders("", Optional::empty).find("w"))
                .withMessageStartingWith(
                        "There is no file \"w\"; looked in no folder, as the compiler does not tell where it puts classes: ");
    }

    @Test
    void aFolderThatIsNoPath() {
        assertThatExceptionOfType(UnusableFileException.class)
                .isThrownBy(() -> folders("a\0\nb", "target/classes").find("w"))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("ResourceFolders"))
                .withMessage("\"a\\u0000\\u000ab\" in -Achainrule.resources cannot be the path of a folder; give paths,"
                        + " separated as in a class path.");
    }

    /** What Git checks out of a repository whose large files have not been fetched. */
    @Test
    void aPointerIsNoFile() throws Exception {
        Path pointer = Files.writeString(
                file("a/w"),
                "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0123456789abcdef".repeat(4)
                        + "\nsize 698\n");
        assertThatExceptionOfType(UnusableFileException.class)
                .isThrownBy(
                        () -> folders(directory.resolve("a").toString(), "out").find("w"))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("GitLfsPointer"))
                .withMessage(
                        "%s is a Git LFS pointer, a text in place of a file that is not fetched yet; get the file itself by"
                                + " 'git lfs pull'.",
                        pointer);
    }

    @Test
    void aFolderIsNoFile() throws Exception {
        Files.createDirectories(directory.resolve("a/w"));
        Path file = file("b/w");
        assertThat(folders(directory.resolve("a") + File.pathSeparator + directory.resolve("b"), "out")
                        .find("w"))
                .isEqualTo(file);
    }

    @Test
    void linksWithinAFolderAreFollowed() throws Exception {
        Path file = file("a/v1/w");
        Files.createSymbolicLink(directory.resolve("a/w"), file);
        Files.createSymbolicLink(directory.resolve("link"), directory.resolve("a"));
        assertThat(folders(directory.resolve("a").toString(), "out").find("w")).isEqualTo(directory.resolve("a/w"));
        assertThat(folders(directory.resolve("link").toString(), "out").find("w"))
                .isEqualTo(directory.resolve("link/w"));
    }

    @ParameterizedTest
    @CsvSource({"a/w, w", "a/folder, folder/w"})
    void linksOutOfAFolderAreRefused(String link, String name) throws Exception {
        Path outside = file("outside/w");
        Files.createDirectories(directory.resolve("a"));
        Files.createSymbolicLink(directory.resolve(link), link.endsWith("w") ? outside : outside.getParent());
        Path folder = directory.resolve("a");
        assertThatExceptionOfType(UnusableFileException.class)
                .isThrownBy(() -> folders(folder.toString(), "out").find(name))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("FileOutsideFolder"))
                .withMessage(
                        "%s is a link that leads out of %s; put the file itself there, or name its folder by the compiler"
                                + " option -Achainrule.resources=<folder>.",
                        folder.resolve(name), folder);
    }
}
