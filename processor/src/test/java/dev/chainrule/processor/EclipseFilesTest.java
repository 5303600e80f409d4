package dev.chainrule.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.processor.testing.Program;
import dev.chainrule.processor.testing.TensorFiles;
import dev.chainrule.processor.testing.TensorFiles.Part;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jdt.core.compiler.batch.BatchCompiler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the processor reads and writes in the Eclipse compiler, as a build runs that from its command line. */
class EclipseFilesTest {
    private static final String ALL = "-Achainrule.latex=true -Achainrule.dot=true";

    @TempDir
    Path directory;

    @BeforeEach
    void write() throws IOException {
        write("", ", loss = Loss.HUBER");
    }

    private void write(String values, String more) throws IOException {
        Files.writeString(
                directory.resolve("First.java"),
                "package nets; import dev.chainrule.annotations.*;\n@Network(inputs = 2, layers = @Layer(units = 1)"
                        + values + more + ")\nfinal class First {}");
    }

    /** Compiles into a folder, with generated sources in another one; returns all that the compiler says. */
    private String compile(String classes, String options) {
        StringWriter said = new StringWriter();
        List<String> arguments = arguments(classes, options + " -s " + directory.resolve("generated"));
        BatchCompiler.compile(arguments.toArray(String[]::new), new PrintWriter(said), new PrintWriter(said), null);
        return said.toString();
    }

    private List<String> arguments(String classes, String options) {
        List<String> arguments = new ArrayList<>(List.of(
                "-classpath",
                UserCode.ANNOTATIONS + File.pathSeparator + UserCode.RUNTIME,
                "-processorpath",
                System.getProperty("java.class.path"),
                "-d",
                directory.resolve(classes).toString(),
                directory.resolve("First.java").toString()));
        arguments.addAll(List.of(options.strip().split(" +")));
        return arguments;
    }

    private List<String> files(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve(folder))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> directory.resolve(folder).relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void documentsStandBesideTheGeneratedSource() throws IOException {
        assertThat(compile("classes", "--release 17 " + ALL)).isEmpty();
        assertThat(files("classes"))
                .containsExactly("nets/First.class", "nets/FirstNetwork.class", "nets/FirstNetworkBlocks.class");
        assertThat(files("generated"))
                .containsExactly(
                        "nets/FirstNetwork.dot",
                        "nets/FirstNetwork.html",
                        "nets/FirstNetwork.java",
                        "nets/FirstNetwork.tex",
                        "nets/FirstNetworkBlocks.java");
    }

    /** The compiler then puts generated sources into the folder that it runs in: it needs a process of its own. */
    @Test
    void thereAreNoneWithoutAFolderForThem() throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.eclipse.jdt.internal.compiler.batch.Main"));
        command.addAll(arguments("classes", "--release 17 " + ALL));
        assertThat(Program.output(directory, command.toArray(String[]::new))).isEqualTo("\nexit 0");
        assertThat(files("classes"))
                .containsExactly("nets/First.class", "nets/FirstNetwork.class", "nets/FirstNetworkBlocks.class");
        assertThat(files("nets")).containsExactly("FirstNetwork.java", "FirstNetworkBlocks.java");
    }

    @Test
    void thereAreNoneAmongTheClasses() throws IOException {
        assertThat(compile("generated", "--release 17 " + ALL)).isEmpty();
        assertThat(files("generated"))
                .containsExactly(
                        "nets/First.class",
                        "nets/FirstNetwork.class",
                        "nets/FirstNetwork.java",
                        "nets/FirstNetworkBlocks.class",
                        "nets/FirstNetworkBlocks.java");
    }

    /** The compiler tells where it puts classes only of files that are there, or are to be made. */
    @ParameterizedTest
    @ValueSource(strings = {"target/classes/models", "src/main/resources/models"})
    void filesAreFoundWhereBuildToolsHaveThem(String folder) throws IOException {
        Files.createDirectories(directory.resolve(folder));
        TensorFiles.write(
                directory.resolve(folder).resolve("w"),
                Part.counting("0.weight", "F32", 1, 2),
                Part.counting("0.bias", "F32", 1));
        write(", weights = \"models/w\"", ", standalone = true");
        assertThat(compile("target/classes", "--release 17")).isEmpty();
        assertThat(files("target/classes"))
                .filteredOn(file -> !file.equals("models/w"))
                .containsExactly("nets/First.class", "nets/FirstFrozen.class");
    }

    @Test
    void placesAreNamedWhereAFileIsNot() throws IOException {
        write(", weights = \"models/w\"", ", loss = Loss.HUBER");
        assertThat(compile("target/classes", "--release 17"))
                .contains("[FileNotFound] There is no file \"models/w\"; looked in "
                        + directory.resolve("target/classes") + ", " + directory.resolve("src/main/resources") + ": ");
    }

    @Test
    void anOldReleaseIsSaid() {
        assertThat(compile("classes", "--release 8"))
                .contains("[ReleaseTooOld] The generated class is compiled for Java 8,", "1 problem (1 error)");
        assertThat(compile("classes", "--release 16")).isEmpty();
    }
}
