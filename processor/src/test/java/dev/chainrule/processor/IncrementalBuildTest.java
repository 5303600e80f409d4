package dev.chainrule.processor;

import static dev.chainrule.processor.UserCode.NETWORK;
import static dev.chainrule.processor.UserCode.source;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.palantir.javapoet.JavaFile;
import dev.chainrule.processor.testing.TensorFiles;
import dev.chainrule.processor.testing.TensorFiles.Part;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What build tools need to know to compile again only what has changed. */
class IncrementalBuildTest {
    private static final JavaFileObject FIRST = source(
            "nets.First",
            NETWORK + " public class First { " + NETWORK + " interface Inner {} }\n" + NETWORK + " enum Other {}");

    private static final JavaFileObject SECOND = source("nets.Second", NETWORK + " record Second() {}");

    @Test
    void everyRegisteredProcessorIsIsolating() throws IOException {
        List<String> registered = resource("META-INF/services/javax.annotation.processing.Processor")
                .lines()
                .toList();
        assertThat(registered).contains("dev.chainrule.processor.NetworkProcessor");
        assertThat(resource("META-INF/gradle/incremental.annotation.processors").lines())
                .containsExactlyInAnyOrderElementsOf(
                        registered.stream().map(name -> name + ",isolating").toList());
    }

    @Test
    void aCompilerFindsTheProcessorOnTheProcessorPath(@TempDir Path directory) throws IOException {
        String processorPath = Stream.of(
                        UserCode.PROCESSOR, UserCode.ANNOTATIONS, UserCode.RUNTIME, UserCode.location(JavaFile.class))
                .map(File::toString)
                .collect(Collectors.joining(File.pathSeparator));
        DiskBuild build = new DiskBuild(directory).add(SECOND);
        assertThat(build.compile(List.of(), "-processorpath", processorPath)).isEmpty();
        assertThat(build.classes())
                .containsExactly("nets/Second.class", "nets/SecondNetwork.class", "nets/SecondNetworkBlocks.class");
    }

    /** Gradle hands out an environment of its own, too. */
    @Test
    void everyFileComesFromTheTypeThatDeclaresIt() {
        FilerCalls calls = new FilerCalls();
        Compilation compilation = UserCode.javac()
                .withProcessors(Interposed.registered(calls))
                .withOptions("-Achainrule.latex=true")
                .compile(FIRST, SECOND);
        assertThat(compilation.diagnostics()).isEmpty();
        assertThat(calls.originsByCall)
                .containsOnly(
                        entry("createSourceFile nets.FirstNetwork", "CLASS nets.First"),
                        entry("createSourceFile nets.FirstNetworkBlocks", "CLASS nets.First"),
                        entry("createSourceFile nets.First_InnerNetwork", "INTERFACE nets.First.Inner"),
                        entry("createSourceFile nets.First_InnerNetworkBlocks", "INTERFACE nets.First.Inner"),
                        entry("createSourceFile nets.OtherNetwork", "ENUM nets.Other"),
                        entry("createSourceFile nets.OtherNetworkBlocks", "ENUM nets.Other"),
                        entry("createSourceFile nets.SecondNetwork", "RECORD nets.Second"),
                        entry("createSourceFile nets.SecondNetworkBlocks", "RECORD nets.Second"),
                        entry("createResource SOURCE_OUTPUT  nets/FirstNetwork.html", "CLASS nets.First"),
                        entry(
                                "createResource SOURCE_OUTPUT  nets/First_InnerNetwork.html",
                                "INTERFACE nets.First.Inner"),
                        entry("createResource SOURCE_OUTPUT  nets/OtherNetwork.html", "ENUM nets.Other"),
                        entry("createResource SOURCE_OUTPUT  nets/SecondNetwork.html", "RECORD nets.Second"),
                        entry("createResource SOURCE_OUTPUT  nets/FirstNetwork.tex", "CLASS nets.First"),
                        entry(
                                "createResource SOURCE_OUTPUT  nets/First_InnerNetwork.tex",
                                "INTERFACE nets.First.Inner"),
                        entry("createResource SOURCE_OUTPUT  nets/OtherNetwork.tex", "ENUM nets.Other"),
                        entry("createResource SOURCE_OUTPUT  nets/SecondNetwork.tex", "RECORD nets.Second"));
    }

    /** A folder of the option is read without a question to the compiler, a class output is asked for. */
    @Test
    void frozenClassesComeFromTheTypeThatDeclaresThem(@TempDir Path folder) throws IOException {
        TensorFiles.write(folder.resolve("w"), Part.counting("0.weight", "F32", 1, 2));
        JavaFileObject declaration = source(
                "nets.Third",
                "@Network(inputs = 2, layers = @Layer(units = 1, bias = false), weights = \"w\") class Third {}");
        FilerCalls calls = new FilerCalls();
        Compilation compilation = UserCode.javac()
                .withProcessors(Interposed.registered(calls))
                .withOptions("-Achainrule.resources=" + folder)
                .compile(declaration);
        assertThat(compilation.diagnostics()).isEmpty();
        assertThat(calls.originsByCall).containsOnly(entry("createSourceFile nets.ThirdFrozen", "CLASS nets.Third"));
    }

    /** As Maven has it: resources stand beside the classes before the compiler runs. */
    @Test
    void aFileBesideTheClassesIsFound(@TempDir Path directory) throws IOException {
        DiskBuild build = new DiskBuild(directory)
                .add(
                        source(
                                "nets.Third",
                                "@Network(inputs = 2, layers = @Layer(units = 1, bias = false), weights = \"models/w\") class Third {}"));
        Files.createDirectories(directory.resolve("classes/models"));
        TensorFiles.write(directory.resolve("classes/models/w"), Part.counting("0.weight", "F32", 1, 2));
        assertThat(build.compile("-Xlint:all", "-Werror")).isEmpty();
        assertThat(build.generated().get("nets/ThirdFrozen.java")).contains("fma(x_1, 2.0, z1_0); // w1_1_0");

        // What is generated follows the file when the compiler runs again
        TensorFiles.write(directory.resolve("classes/models/w"), new Part("0.weight", "F32", List.of(1, 2), 3, 4));
        assertThat(build.compile("-Xlint:all,-processing", "-Werror")).isEmpty();
        assertThat(build.generated().get("nets/ThirdFrozen.java")).contains("fma(x_1, 4.0, z1_0); // w1_1_0");
    }

    @Test
    void whatIsGeneratedForAFileDoesNotDependOnTheOthers() {
        Map<String, String> together = UserCode.generated(UserCode.compile(FIRST, SECOND));
        Map<String, String> alone = new TreeMap<>();
        alone.putAll(UserCode.generated(UserCode.compile(FIRST)));
        alone.putAll(UserCode.generated(UserCode.compile(SECOND)));
        assertThat(together).hasSize(8).isEqualTo(alone);
    }

    @Test
    void aSecondBuildSeesTheClassesOfTheFirst(@TempDir Path directory) throws IOException {
        DiskBuild first = new DiskBuild(directory.resolve("first")).add(FIRST).add(SECOND);
        assertThat(first.compile("-Xlint:all")).isEmpty();

        DiskBuild second = new DiskBuild(directory.resolve("second")).add(FIRST).with(first);
        // With -Xlint:processing javac notes of every processor that it generates a class a second time.
        assertThat(second.compile("-Xlint:all,-processing", "-Werror")).isEmpty();
        assertThat(second.generated())
                .containsOnlyKeys(
                        "nets/FirstNetwork.html",
                        "nets/FirstNetwork.java",
                        "nets/FirstNetworkBlocks.java",
                        "nets/First_InnerNetwork.html",
                        "nets/First_InnerNetwork.java",
                        "nets/First_InnerNetworkBlocks.java",
                        "nets/OtherNetwork.html",
                        "nets/OtherNetwork.java",
                        "nets/OtherNetworkBlocks.java");
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = NetworkProcessor.class.getResourceAsStream("/" + name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The calls of a filer, each with its originating elements. */
    private static final class FilerCalls implements Interposed.Calls {
        final Map<String, String> originsByCall = new TreeMap<>();

        @Override
        public Object answer(Method method, Object[] arguments, Callable<Object> real) throws Exception {
            if (method.getName().startsWith("create")) {
                add(method, arguments);
            }
            return real.call();
        }

        private void add(Method method, Object[] arguments) {
            int last = arguments.length - 1;
            String file =
                    Arrays.stream(arguments, 0, last).map(Object::toString).collect(Collectors.joining(" "));
            String origins = Arrays.stream((Element[]) arguments[last])
                    .map(element -> element.getKind() + " " + element)
                    .collect(Collectors.joining(" and "));
            originsByCall.put(method.getName() + " " + file, origins);
        }
    }
}
