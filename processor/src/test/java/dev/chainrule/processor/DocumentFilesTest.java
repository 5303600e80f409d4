package dev.chainrule.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the page of a network and its other documents are written, and where none are. */
class DocumentFilesTest {
    private static final JavaFileObject FIRST =
            UserCode.source("nets.First", UserCode.NETWORK + " final class First {}");

    @TempDir
    Path directory;

    private DiskBuild build;

    @BeforeEach
    void makeBuild() throws IOException {
        build = new DiskBuild(directory).add(FIRST);
    }

    @Test
    void besideTheClassAndNotAmongTheClasses() throws IOException {
        assertThat(build.compile("-Xlint:all", "-Werror")).isEmpty();
        assertThat(build.generated())
                .containsOnlyKeys("nets/FirstNetwork.html", "nets/FirstNetwork.java", "nets/FirstNetworkBlocks.java");
        assertThat(build.generated().get("nets/FirstNetwork.html"))
                .startsWith("<!DOCTYPE html>")
                .contains("<title>FirstNetwork: the derivation</title>")
                .doesNotContain("{{");
        assertThat(build.classes())
                .containsExactly("nets/First.class", "nets/FirstNetwork.class", "nets/FirstNetworkBlocks.class");
    }

    @ParameterizedTest
    @CsvSource({"latex, .tex, \\documentclass", "dot, .dot, digraph"})
    void otherDocumentsWhereTheyAreAskedFor(String option, String extension, String start) throws IOException {
        assertThat(build.compile("-Achainrule.page=false", "-Achainrule." + option + "=true"))
                .isEmpty();
        assertThat(build.generated())
                .containsOnlyKeys(
                        "nets/FirstNetwork.java", "nets/FirstNetworkBlocks.java", "nets/FirstNetwork" + extension);
        assertThat(build.generated().get("nets/FirstNetwork" + extension)).contains(start);
    }

    @Test
    void theSameEachTime() throws IOException {
        DiskBuild other = new DiskBuild(directory.resolve("other")).add(FIRST);
        build.compile();
        other.compile();
        assertThat(other.generated()).isEqualTo(build.generated());
    }

    /** Calls of vector methods have such a name in them, which is an escape in the source. */
    @Test
    void ofAClassWithLettersOutsideAscii() {
        Compilation compilation = UserCode.javac()
                .withOptions("-Achainrule.vector=true", "--add-modules", "jdk.incubator.vector")
                .compile(
                        UserCode.source(
                                "nets.H\u00f6hen",
                                "@Network(inputs = 8, layers = @Layer(units = 8), loss = Loss.SUM_OF_SQUARES) class H\u00f6hen {}"));
        assertThat(compilation.generatedSourceFiles()).hasSize(3);
        assertThat(compilation.generatedFile(StandardLocation.SOURCE_OUTPUT, "nets/H\u00f6henNetwork.html"))
                .isPresent();
    }

    @Test
    void turnedOff() throws IOException {
        assertThat(build.compile("-Achainrule.page=false")).isEmpty();
        assertThat(build.generated()).containsOnlyKeys("nets/FirstNetwork.java", "nets/FirstNetworkBlocks.java");
    }

    @Test
    void inAFolderOfItsOwn() throws IOException {
        assertThat(build.compile("-Achainrule.page=pages/networks")).isEmpty();
        assertThat(build.generated())
                .containsOnlyKeys(
                        "nets/FirstNetwork.java",
                        "nets/FirstNetworkBlocks.java",
                        "pages/networks/nets/FirstNetwork.html");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../pages", "/pages", "a//b", "a/", "a b"})
    void inNoFolderElsewhere(String folder) throws IOException {
        List<Diagnostic<? extends JavaFileObject>> said = build.compile("-Achainrule.page=" + folder);
        assertThat(said).singleElement().satisfies(error -> {
            assertThat(error.getKind()).isEqualTo(Diagnostic.Kind.ERROR);
            assertThat(error.getMessage(Locale.ROOT))
                    .contains("[PageFolder]", "-Achainrule.page=" + folder, "pages/networks");
        });
    }

    /** A jar of the classes would hold it. */
    @Test
    void notWhereSourcesStandAmongTheClasses() throws IOException {
        assertThat(build.compileInto(
                        directory.resolve("together"),
                        "-Xlint:all",
                        "-Werror",
                        "-Achainrule.latex=true",
                        "-Achainrule.dot=true"))
                .isEmpty();
        try (Stream<Path> files = Files.list(directory.resolve("together/nets"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "First.class",
                            "FirstNetwork.class",
                            "FirstNetworkBlocks.class",
                            "FirstNetwork.java",
                            "FirstNetworkBlocks.java");
        }
    }
}
