package dev.chainrule.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.processor.testing.TensorFiles;
import dev.chainrule.processor.testing.TensorFiles.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The releases of Java that generated code is compiled for: the lowest of each kind of class, and what is said below. */
class ReleasesTest {
    private static final String LAYER = "layers = @Layer(units = 1, activation = Activation.SIGMOID)";
    private static final String LITERALS = "inputs = 2, " + LAYER + ", weights = \"w\"";
    private static final String LOOPS = LITERALS + ", unroll = Unroll.NONE";
    private static final String STANDALONE = LITERALS + ", standalone = true";
    private static final String BOTH = LITERALS + ", loss = Loss.BINARY_CROSS_ENTROPY";

    @TempDir
    Path directory;

    @BeforeEach
    void save() throws IOException {
        TensorFiles.write(
                directory.resolve("w"), Part.counting("0.weight", "F32", 1, 2), Part.counting("0.bias", "F32", 1));
    }

    private List<String> compile(String values, String... options) throws IOException {
        DiskBuild build = new DiskBuild(directory)
                .add(UserCode.source("nets.First", "@Network(" + values + ")\nfinal class First {}"));
        String[] all = new String[options.length + 3];
        System.arraycopy(options, 0, all, 0, options.length);
        // Of old releases, newer compilers warn
        all[options.length] = "-Xlint:all,-options";
        all[options.length + 1] = "-Werror";
        all[options.length + 2] = "-Achainrule.resources=" + directory;
        return build.compile(all).stream()
                .map(diagnostic -> diagnostic.getLineNumber() + ": " + diagnostic.getMessage(Locale.ROOT))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"16 | " + BOTH, "9 | " + LITERALS, "15 | " + LOOPS, "15 | " + STANDALONE, "17 | " + STANDALONE})
    void thatWork(String release, String values) throws IOException {
        assertThat(compile(values, "--release", release)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "13 | records, as the runtime's description of a network is | 16 | " + BOTH,
                "8 | Math.fma | 9 | " + LITERALS,
                "14 | the text blocks that its numbers are in | 15 | " + LOOPS,
                "14 | the text blocks that its numbers are in | 15 | " + STANDALONE,
                "8 | the text blocks that its numbers are in | 15 | " + LOOPS
            })
    void thatAreTooOld(String release, String what, String lowest, String values) throws IOException {
        assertThat(compile(values, "--release", release))
                .containsExactly("2: [ReleaseTooOld] The generated class is compiled for Java " + release
                        + ", which does not have " + what + "; compile with --release " + lowest + " or later.");
    }

    /** Such a class compiles for Java 8 where it has no numbers of kernels, which stand in text blocks. */
    @Test
    void classesWithAnFmaOfTheirOwn() throws IOException {
        assertThat(compile(LITERALS.replace("SIGMOID", "RELU"), "--release", "8", "-Achainrule.fma=exact"))
                .isEmpty();
        assertThat(compile(LITERALS, "--release", "15", "-Achainrule.fma=exact"))
                .isEmpty();
        assertThat(compile(LITERALS, "--release", "14", "-Achainrule.fma=exact"))
                .singleElement()
                .asString()
                .startsWith("2: [ReleaseTooOld] The generated class is compiled for Java 14, ");
    }

    /** Where the compiler is given another platform's classes, such as Android's, only what is there counts. */
    @Test
    void theSyntaxOfAnOldOneWithClassesThatHaveFma() throws IOException {
        assertThat(compile(BOTH, "-source", "8", "-target", "8")).isEmpty();
    }

    @Test
    void vectorsWithoutTheirModule() throws IOException {
        String message =
                "2: [VectorModuleMissing] -Achainrule.vector=true needs the module jdk.incubator.vector; compile with"
                        + " --add-modules jdk.incubator.vector and with -source and -target in place of --release, which has no"
                        + " such module (and add 'requires static jdk.incubator.vector' to module-info, where there is one).";
        String values = BOTH + ", unroll = Unroll.NONE";
        assertThat(compile(values, "-Achainrule.vector=true")).containsExactly(message);
        assertThat(compile(values, "-Achainrule.vector=true", "--release", "17"))
                .containsExactly(message);
    }
}
