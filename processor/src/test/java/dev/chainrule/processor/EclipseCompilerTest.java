package dev.chainrule.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.Mentioned;
import dev.chainrule.processor.testing.PlainNetwork;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import dev.chainrule.runtime.TrainableNetwork;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import org.eclipse.jdt.internal.compiler.tool.EclipseCompiler;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Eclipse compiler takes generated code without a warning, and runs the processor to the same effect as javac. */
class EclipseCompilerTest {
    private static final List<Topology> TOPOLOGIES = List.of(
            topology("Small", "2-3-1", Activation.TANH, Activation.SIGMOID, Loss.BINARY_CROSS_ENTROPY, Unroll.AUTO),
            topology("Shares", "2-3-3", Activation.GELU_TANH, Activation.SOFTMAX, Loss.HUBER, Unroll.FULL),
            topology("Loops", "3-4-3", Activation.SELU, Activation.SOFTMAX, Loss.LOG_COSH, Unroll.NONE),
            topology("Split", "22-22-1", Activation.ELU, Activation.LEAKY_RELU, Loss.HUBER, Unroll.FULL),
            topology(
                    "Mixed",
                    "60-40-5-2",
                    Activation.RELU,
                    Activation.SOFTMAX,
                    Loss.CATEGORICAL_CROSS_ENTROPY,
                    Unroll.AUTO),
            topology("Digits", "784-30-10", Activation.SIGMOID, Activation.SIGMOID, Loss.SUM_OF_SQUARES, Unroll.AUTO));

    private static Compiled byJavac;

    private static Topology topology(
            String name, String sizes, Activation hidden, Activation output, Loss loss, Unroll unroll) {
        return Topologies.of(name, sizes, hidden, output, loss, unroll);
    }

    @TempDir
    Path directory;

    @BeforeAll
    static void compileByJavac() {
        byJavac = Compiled.of(new NetworkProcessor(), TOPOLOGIES);
    }

    @Test
    void generatedCodeHasNoWarning() throws Exception {
        for (Topology topology : TOPOLOGIES) {
            write(topology.declarationName(), topology.declaration());
            for (String name : generated(topology)) {
                write(name, byJavac.source(name));
            }
        }
        assertThat(compile(false)).isEmpty();
        assertThat(classFiles()).hasSize(3 * TOPOLOGIES.size());
    }

    /** Frozen classes, by literals and by arrays, with the kernels in them. */
    @Test
    void frozenCodeHasNoWarning() throws Exception {
        Compiled frozen = standalone();
        for (Topology topology : TOPOLOGIES) {
            write(topology.declarationName(), topology.declaration());
            write(topology.frozenName(), frozen.source(topology.frozenName()));
        }
        assertThat(compile(false)).isEmpty();
    }

    /** Types of the package do not matter, whatever they are called. */
    @Test
    void aTypeOfEveryNameThatGeneratedCodeMentions() throws Exception {
        Compiled frozen = standalone();
        Map<String, String> sources = new HashMap<>();
        for (Topology topology : TOPOLOGIES) {
            generated(topology).forEach(name -> sources.put(name, byJavac.source(name)));
            sources.put(topology.frozenName(), frozen.source(topology.frozenName()));
        }
        for (Map.Entry<String, String> source : sources.entrySet()) {
            write(source.getKey(), source.getValue());
        }
        Set<String> names = Mentioned.in(sources.values());
        names.removeIf(name -> sources.containsKey("nets." + name));
        write("nets.Others", "package nets;\n" + Mentioned.types(names));
        assertThat(compile(false)).isEmpty();
    }

    private static List<String> generated(Topology topology) {
        return List.of(topology.networkName(), topology.networkName() + "Blocks");
    }

    private Compiled standalone() {
        List<PlainNetwork> networks = TOPOLOGIES.stream()
                .map(topology -> new PlainNetwork(
                        topology,
                        new Random(71).doubles(topology.parameters(), -1, 1).toArray()))
                .toList();
        return Compiled.frozenOnly(new NetworkProcessor(), networks, directory, ", standalone = true");
    }

    /** What is turned on is on: the same compilation warns of what should not be there. */
    @Test
    void warningsWouldBeSeen() throws Exception {
        write("nets.Unused", "package nets;\n\nimport java.util.List;\n\nclass Unused {\n    private int unused;\n}\n");
        assertThat(compile(false)).hasSize(2);
    }

    @Test
    void theProcessorRunsInIt() throws Exception {
        for (Topology topology : TOPOLOGIES) {
            write(topology.declarationName(), topology.declaration());
        }
        assertThat(compile(true)).isEmpty();
        for (Topology topology : TOPOLOGIES) {
            for (String name : generated(topology)) {
                assertThat(Files.readString(file("generated", name, ".java"), StandardCharsets.UTF_8))
                        .as(topology.toString())
                        .isEqualTo(byJavac.source(name));
                assertThat(file("classes", name, ".class")).isRegularFile();
            }
        }
    }

    @Test
    void errorsAreOnTheAnnotationsValue() throws Exception {
        write(
                "nets.None",
                Topologies.of("None", "0-2-1", Activation.TANH, Activation.TANH, Loss.HUBER, Unroll.AUTO)
                        .declaration());
        assertThat(compile(true)).singleElement().asString().contains("[InputsOutOfRange]");
    }

    /** Compiles what has been written, and returns all that the compiler has to say. */
    private List<String> compile(boolean runsProcessor) throws Exception {
        Path generated = Files.createDirectories(directory.resolve("generated"));
        Path classes = Files.createDirectories(directory.resolve("classes"));
        JavaCompiler compiler = new EclipseCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        StringWriter output = new StringWriter();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(diagnostics, Locale.ROOT, StandardCharsets.UTF_8)) {
            files.setLocation(
                    StandardLocation.CLASS_PATH, List.of(location(Network.class), location(TrainableNetwork.class)));
            files.setLocation(StandardLocation.CLASS_OUTPUT, List.of(classes.toFile()));
            files.setLocation(StandardLocation.SOURCE_OUTPUT, List.of(generated.toFile()));
            List<String> options = new ArrayList<>(List.of(
                    "--release",
                    "17",
                    "-warn:+all,-nls,-unqualifiedField,-emptyBlock,-localHiding,-javadoc,-allJavadoc,-super"));
            if (!runsProcessor) {
                options.add("-proc:none");
            }
            JavaCompiler.CompilationTask task = compiler.getTask(
                    output, files, diagnostics, options, null, files.getJavaFileObjectsFromFiles(sources()));
            if (runsProcessor) {
                task.setProcessors(List.of(new NetworkProcessor()));
            }
            task.call();
        }
        return diagnostics.getDiagnostics().stream()
                .map(EclipseCompilerTest::describe)
                .toList();
    }

    private static String describe(Diagnostic<? extends JavaFileObject> diagnostic) {
        return "%s, line %d: %s: %s"
                .formatted(
                        diagnostic.getSource() == null
                                ? ""
                                : diagnostic.getSource().getName(),
                        diagnostic.getLineNumber(),
                        diagnostic.getKind(),
                        diagnostic.getMessage(Locale.ROOT));
    }

    private void write(String className, String text) throws IOException {
        Path file = file("source", className, ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    private Path file(String kind, String className, String suffix) {
        return directory.resolve(kind).resolve(className.replace('.', '/') + suffix);
    }

    private List<File> sources() throws IOException {
        return files("source").stream().map(Path::toFile).toList();
    }

    private List<Path> classFiles() throws IOException {
        return files("classes");
    }

    private List<Path> files(String kind) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve(kind))) {
            return files.filter(Files::isRegularFile).collect(Collectors.toList());
        }
    }

    private static File location(Class<?> type) throws URISyntaxException {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
