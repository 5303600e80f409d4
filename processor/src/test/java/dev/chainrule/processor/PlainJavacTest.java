package dev.chainrule.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedInputStream;
import com.palantir.javapoet.JavaFile;
import dev.chainrule.annotations.Network;
import dev.chainrule.processor.Readme.Block;
import dev.chainrule.processor.testing.Program;
import dev.chainrule.runtime.TrainableNetwork;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's command for plain javac, in a process of its own, with exactly the jars that it names. */
class PlainJavacTest {
    private static final String PROCESSOR_PATH = "--processor-path";
    private static final String SUCCESS = "\nexit 0";

    /** A class of each jar, by the name that the jar has without its version. */
    private static final Map<String, Class<?>> JARS = Map.of(
            "chainrule-annotations", Network.class,
            "chainrule-runtime", TrainableNetwork.class,
            "chainrule-processor", NetworkProcessor.class,
            "javapoet", JavaFile.class,
            "protobuf-java", CodedInputStream.class);

    @TempDir
    private static Path directory;

    private static List<String> command;
    private static List<String> processorPath;

    @BeforeAll
    static void makeJars() throws IOException {
        String block = blocks().map(Block::text)
                .filter(text -> text.startsWith("javac "))
                .findFirst()
                .orElseThrow();
        command =
                new ArrayList<>(Arrays.asList(block.replace("\\\n", "").strip().split("\\s+")));
        processorPath = List.of(command.get(command.indexOf(PROCESSOR_PATH) + 1).split(":"));
        assertThat(processorPath).hasSameSizeAs(JARS.keySet());
        Files.createDirectories(directory.resolve("lib"));
        for (String jar : processorPath) {
            String name = Path.of(jar).getFileName().toString().replaceFirst("-\\d.*", "");
            make(directory.resolve(jar), UserCode.location(JARS.get(name)).toPath());
        }
        ReadmeProject.writeModels(Files.createDirectories(directory.resolve("models")));
    }

    @Test
    void compiles() throws Exception {
        String file = command.get(command.size() - 1);
        Block example = blocks().filter(block -> block.isJava() && file.equals("src/" + block.type() + ".java"))
                .findFirst()
                .orElseThrow();
        assertThat(javac(command, file, example.text())).isEqualTo(SUCCESS);
        assertThat(directory.resolve("classes/IdentityNetwork.class")).isRegularFile();
        assertThat(directory.resolve("generated/IdentityNetwork.html")).isRegularFile();
    }

    /** None of the jars is there for nothing: without it, a model or a file of weights is not read. */
    @Test
    @Tag("slow")
    void everyJarIsNeeded() throws Exception {
        String file = "src/Gate.java";
        String readers = """
                import dev.chainrule.annotations.*;

                @Network(model = "gate.onnx")
                class Gate { int outputs = GateFrozen.OUTPUTS; }

                @Network(
                        inputs = 5,
                        layers = {@Layer(units = 6), @Layer(units = 1)},
                        weights = "gate.safetensors")
                class Weights { int outputs = WeightsFrozen.OUTPUTS; }
                """;
        List<String> options = new ArrayList<>(command.subList(0, command.size() - 1));
        options.addAll(List.of("-Achainrule.resources=models", file));
        assertThat(javac(options, file, readers)).isEqualTo(SUCCESS);
        for (String jar : processorPath) {
            List<String> without = new ArrayList<>(options);
            without.set(
                    without.indexOf(PROCESSOR_PATH) + 1,
                    processorPath.stream().filter(other -> !other.equals(jar)).collect(Collectors.joining(":")));
            assertThat(javac(without, file, readers)).as("without " + jar).doesNotEndWith("exit 0");
        }
    }

    private static Stream<Block> blocks() throws IOException {
        return Readme.all().stream().flatMap(readme -> readme.blocks().stream());
    }

    /** Runs a command for one file; what it prints, and its exit code. */
    private static String javac(List<String> command, String file, String source) throws Exception {
        for (String folder : List.of("src", "classes", "generated")) {
            Files.createDirectories(directory.resolve(folder));
        }
        Files.writeString(directory.resolve(file), source);
        String javac = Path.of(System.getProperty("java.home"), "bin", "javac").toString();
        // As the JVM of this test: compilers that run for a second do not repay what HotSpot's second one takes
        return Program.output(
                directory,
                Stream.concat(
                                Stream.of(javac, "-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"),
                                command.stream().skip(1))
                        .map(word -> word.replace(":", File.pathSeparator))
                        .toArray(String[]::new));
    }

    /** Copies a jar, whose version must be the one that is tested, or packs a folder of classes. */
    private static void make(Path jar, Path from) throws IOException {
        if (!Files.isDirectory(from)) {
            assertThat(from.getFileName()).isEqualTo(jar.getFileName());
            Files.copy(from, jar);
            return;
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(from.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, out);
            }
        }
    }
}
