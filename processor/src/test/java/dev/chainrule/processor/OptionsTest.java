package dev.chainrule.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** An option without a value is as if it were not given, and one with a value that it does not have is an error. */
class OptionsTest {
    @TempDir
    Path directory;

    static Stream<String> options() {
        return Options.NAMES.stream();
    }

    @ParameterizedTest
    @MethodSource("options")
    void withoutAValue(String option) throws IOException {
        assertThat(generated("given no value", "-A" + option))
                .isEqualTo(generated("given an empty one", "-A" + option + "="))
                .isEqualTo(generated("absent"))
                .hasSize(3);
    }

    private Map<String, String> generated(String name, String... options) throws IOException {
        DiskBuild build = new DiskBuild(directory.resolve(name))
                .add(UserCode.source("nets.First", UserCode.NETWORK + " final class First {}"));
        assertThat(build.compile(options)).isEmpty();
        return build.generated();
    }

    @ParameterizedTest
    @CsvSource({"latex, yes", "dot, on", "vector, 1", "latex, ' true'", "dot, graphs", "vector, exact"})
    void neitherTrueNorFalse(String option, String value) {
        Compilation compilation = UserCode.javac()
                .withOptions("-Achainrule.%s=%s".formatted(option, value))
                .compile(UserCode.source("nets.Wrong", UserCode.NETWORK + " final class Wrong {}"));
        assertThat(compilation.errors())
                .extracting(error -> error.getMessage(null), Diagnostic::getLineNumber)
                .containsExactly(tuple(
                        "[NeitherTrueNorFalse] -Achainrule.%s=%s is neither true nor false.".formatted(option, value),
                        2L));
    }

    @ParameterizedTest
    @CsvSource({"True, FALSE, 4", "tRUE, true, 5", "false, False, 3"})
    void inAnyCase(String latex, String dot, int files) throws IOException {
        assertThat(generated("any", "-Achainrule.latex=" + latex, "-Achainrule.dot=" + dot))
                .hasSize(files);
    }

    /** A build gives the same options to the compilation of its tests, say; javac warns of those that no processor takes. */
    @Test
    void whereNothingIsDeclared() throws IOException {
        DiskBuild build = new DiskBuild(directory).add(UserCode.source("nets.Plain", "final class Plain {}"));
        String[] all = Stream.concat(
                        Stream.of("-Xlint:all", "-Werror"), options().map(option -> "-A" + option + "=false"))
                .toArray(String[]::new);
        assertThat(build.compile(all)).isEmpty();
    }
}
