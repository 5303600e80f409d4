package dev.chainrule.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.JavaFileObjects;
import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.testing.PlainNetwork;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import dev.chainrule.runtime.weights.WeightFile;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.tools.DocumentationTool;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comments of generated classes, of all kinds, as those see them who run javadoc over a project that has them. */
class DocumentationTest {
    private static final String MODULE = "jdk.incubator.vector";

    /** What a declaration asks for beside its network; each begins a class name. */
    private enum Kind {
        FROZEN(""),
        STANDALONE(", standalone = true"),
        FLOAT(", precision = dev.chainrule.annotations.Precision.FLOAT"),
        FLOAT_STANDALONE(", precision = dev.chainrule.annotations.Precision.FLOAT, standalone = true");

        private final String values;

        Kind(String values) {
            this.values = values;
        }
    }

    @TempDir
    private static Path directory;

    private static DiskBuild build;
    private static List<Topology> topologies;
    private static List<String> said;

    @BeforeAll
    static void compile() throws IOException {
        build = new DiskBuild(directory);
        topologies = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (Topology topology : List.of(
                    topology(kind + "_Written", "2-3-1", Unroll.FULL),
                    topology(kind + "_Looped", "20-17-3", Unroll.NONE))) {
                topologies.add(topology);
                double[] parameters =
                        new Random(1).doubles(topology.parameters(), -1, 1).toArray();
                WeightFile.save(new PlainNetwork(topology, parameters), directory.resolve(topology.name()));
                String declaration = topology.declarationWith(
                                ", weights = \"%s\"%s".formatted(topology.name(), kind.values))
                        .replace("@Network(", "/** A network. */\n@Network(")
                        .replace("final class", "public interface");
                build.add(JavaFileObjects.forSourceString(topology.declarationName(), declaration));
            }
        }
        said = build
                .compile(
                        "--add-modules",
                        MODULE,
                        "-Achainrule.page=false",
                        "-Achainrule.vector=true",
                        "-Achainrule.resources=" + directory,
                        "-Xdoclint:all/protected,html,syntax,reference")
                .stream()
                .map(diagnostic -> diagnostic.toString())
                .toList();
    }

    private static Topology topology(String name, String sizes, Unroll unroll) {
        return Topologies.of(name, sizes, Activation.TANH, Activation.SIGMOID, Loss.HUBER, unroll);
    }

    /** Among them those of private members, and of the classes for vectors, which javadoc shows to nobody. */
    @Test
    void javacFindsNoFault() {
        assertThat(said).filteredOn(message -> !message.contains(MODULE)).isEmpty();
    }

    @Test
    void javadocFindsNoFault() throws IOException {
        List<Path> files = topologies.stream()
                .flatMap(topology ->
                        Stream.of(topology.networkName(), topology.networkName() + "Blocks", topology.frozenName()))
                .map(name -> directory.resolve("generated/" + name.replace('.', '/') + ".java"))
                .toList();
        String output = directory.resolve("documentation").toString();
        String classPath = directory.resolve("classes") + File.pathSeparator + UserCode.RUNTIME;
        DocumentationTool tool = ToolProvider.getSystemDocumentationTool();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager manager = tool.getStandardFileManager(null, null, null)) {
            boolean isDone = tool.getTask(
                            messages,
                            manager,
                            null,
                            null,
                            List.of("-d", output, "-classpath", classPath, "-Xdoclint:all", "-Werror", "-quiet"),
                            manager.getJavaFileObjectsFromPaths(files))
                    .call();
            assertThat(messages.toString()).isEmpty();
            assertThat(isDone).isTrue();
        }
        assertThat(topologies)
                .allSatisfy(topology -> assertThat(Path.of(output))
                        .isDirectoryRecursivelyContaining("glob:**/" + topology.name() + "Frozen.html"));
    }
}
