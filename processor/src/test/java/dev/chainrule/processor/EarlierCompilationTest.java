package dev.chainrule.processor;

import static dev.chainrule.processor.UserCode.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.processor.testing.TensorFiles;
import dev.chainrule.processor.testing.TensorFiles.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an earlier compilation has generated is generated again, and what it has compiled otherwise is not overwritten. */
class EarlierCompilationTest {
    /** A class to train and a frozen one, both with vector instructions; one in float, one with literals, one standalone. */
    private static final JavaFileObject DECLARATIONS = source("nets.All", """
            @Network(inputs = 2, layers = @Layer(units = 9, activation = Activation.TANH), loss = Loss.HUBER, weights = "w",
                unroll = Unroll.NONE, also = Derivative.HESSIAN)
            class All {}
            @Network(inputs = 2, layers = @Layer(units = 9, activation = Activation.TANH), weights = "w",
                unroll = Unroll.NONE, precision = Precision.FLOAT)
            class InFloat {}
            @Network(inputs = 2, layers = @Layer(units = 9, activation = Activation.TANH), weights = "w",
                unroll = Unroll.FULL)
            class Literal {}
            @Network(inputs = 2, layers = @Layer(units = 9, activation = Activation.TANH), weights = "w",
                unroll = Unroll.NONE, standalone = true)
            class Standalone {}
            """);

    @TempDir
    private Path directory;

    @BeforeEach
    void save() throws IOException {
        TensorFiles.write(
                directory.resolve("w"), Part.counting("0.weight", "F32", 9, 2), Part.counting("0.bias", "F32", 9));
    }

    /** On the class path, as build tools have it for what has not changed, and on the source path. */
    @Test
    void generatedClasses() throws IOException {
        DiskBuild first = build("first").add(DECLARATIONS);
        assertThat(errors(first)).isEmpty();
        assertThat(first.classes()).hasSize(4 + 7 + 2 + 2);

        assertThat(errors(build("second").add(DECLARATIONS).with(first))).isEmpty();
        assertThat(errors(first.with(first))).isEmpty();
        assertThat(errors(
                        build("third").add(DECLARATIONS),
                        "-sourcepath",
                        directory.resolve("first/generated").toString()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AllNetwork",
                "AllNetworkBlocks",
                "AllNetworkDerivatives",
                "AllNetworkNumbers",
                "AllNetworkVector",
                "AllFrozen",
                "AllFrozenVector",
                "InFloatFrozenVector",
                "LiteralFrozen",
                "StandaloneFrozen"
            })
    void aClassThatNothingGenerated(String name) throws IOException {
        JavaFileObject other =
                source("nets." + name, "final class " + name + " { static final int INPUTS = 2, OUTPUTS = 1; }");
        DiskBuild first = build("first").add(other);
        assertThat(errors(first)).isEmpty();
        byte[] classFile = Files.readAllBytes(directory.resolve("first/classes/nets/" + name + ".class"));

        // Into the same folders, without its source
        DiskBuild again = build("first").add(DECLARATIONS).with(first);
        String problem = "[NameTaken] There is a type nets." + name
                + " already, of an earlier compilation (delete it if it is left over); give another className.";
        assertThat(errors(again)).containsExactly(problem);
        assertThat(directory.resolve("first/classes/nets/" + name + ".class")).hasBinaryContent(classFile);
        assertThat(again.generated()).doesNotContainKey("nets/" + name + ".java");
        assertThat(again.generated()).doesNotContainKey("nets/" + name.replaceFirst("Vector|Blocks", "") + ".java");

        // Never compiled, but on the source path
        assertThat(errors(
                        build("second").add(DECLARATIONS),
                        "-sourcepath",
                        directory.resolve("first/src").toString()))
                .containsExactly(problem);
    }

    private DiskBuild build(String name) throws IOException {
        return new DiskBuild(directory.resolve(name));
    }

    /** The errors, without the code of lines. */
    private List<String> errors(DiskBuild build, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of(
                "--add-modules",
                "jdk.incubator.vector",
                "-Achainrule.vector=true",
                "-Achainrule.resources=" + directory));
        return build.compile(all.toArray(String[]::new)).stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(diagnostic -> diagnostic.getMessage(null))
                .toList();
    }
}
