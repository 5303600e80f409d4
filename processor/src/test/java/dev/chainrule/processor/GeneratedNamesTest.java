package dev.chainrule.processor;

import static dev.chainrule.processor.UserCode.NETWORK;
import static dev.chainrule.processor.UserCode.source;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import dev.chainrule.runtime.FullGradientNetwork;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Generated code means the same whatever the user's types are called, and is the same text wherever it is generated. */
class GeneratedNamesTest {
    /** Networks with fractions, large numbers and loops in their code. */
    private static final JavaFileObject NETWORKS =
            source("nets.Outer", """
            class Outer {
                @Network(
                    inputs = 3,
                    layers = {
                        @Layer(units = 2, activation = Activation.SELU),
                        @Layer(units = 2, activation = Activation.GELU_TANH, bias = false),
                        @Layer(units = 2, activation = Activation.SOFTMAX)},
                    loss = Loss.LOG_COSH)
                interface Deep {}

                @Network(
                    inputs = 1500,
                    layers = {
                        @Layer(units = 40, activation = Activation.SIGMOID),
                        @Layer(units = 3, activation = Activation.SOFTMAX)},
                    loss = Loss.CATEGORICAL_CROSS_ENTROPY)
                interface Wide {}

                %s enum \\u7db2 {}
                %s record R\\u00e9seau() {}
            }
            """.formatted(UserCode.named("First"), UserCode.named("Second")));

    private static final Pattern ASCII = Pattern.compile("\\p{ASCII}*");

    private static Map<String, String> expected;

    @BeforeAll
    static void generateExpected(@TempDir Path directory) throws IOException {
        expected = generate(directory, StandardCharsets.UTF_8);
    }

    @Test
    void membersOfTheDeclarationDoNotReachTheGeneratedClass() {
        assertNetwork(
                compile(
                        source(
                                "nets.Members",
                                NETWORK
                                        + " interface Members { int parameters = 1; static void fma() {} class String {} class Math {} }")),
                "nets.MembersNetwork");
    }

    @ParameterizedTest
    @ValueSource(strings = {"R\u00e9seau", "\u7db2", "\u03a3", "\u0131i", "e\u0301", "\ud835\udd4f"})
    void unicodeNames(String name) {
        String className = "N" + name;
        Compilation compilation = UserCode.javac()
                .withOptions("--release", "17", "-Xlint:all", "-Werror", "-encoding", "UTF-8")
                .compile(
                        source(name + "." + name, NETWORK + " final class " + name + " {}"),
                        source(name + ".Outer", "class Outer { " + NETWORK + " record " + name + "() {} }"),
                        source(name + ".Plain", UserCode.named(className) + " enum Plain {}"));
        assertNetwork(compilation, name + "." + name + "Network");
        assertNetwork(compilation, name + ".Outer_" + name + "Network");
        assertNetwork(compilation, name + "." + className);
        assertThat(UserCode.generated(compilation))
                .hasSize(6)
                .allSatisfy((file, text) -> assertThat(text).matches(ASCII));
    }

    @Test
    void generatedTextIsAscii() {
        assertThat(expected)
                .hasSize(16)
                .allSatisfy((file, text) -> assertThat(text).matches(ASCII));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr-TR", "ar-EG-u-nu-arab", "de-DE"})
    void theSameTextInEveryLocale(String locale, @TempDir Path directory) throws IOException {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(locale));
            assertThat(generate(directory, StandardCharsets.UTF_8)).isEqualTo(expected);
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "US-ASCII", "windows-1252"})
    void theSameTextInEveryEncoding(String encoding, @TempDir Path directory) throws IOException {
        assertThat(generate(directory, Charset.forName(encoding))).isEqualTo(expected);
    }

    @Test
    void theSameTextInEveryDirectory(@TempDir Path directory) throws IOException {
        assertThat(generate(directory.resolve("a longer path/with spaces"), StandardCharsets.UTF_8))
                .isEqualTo(expected);
    }

    /** What is generated, with the derivations in LaTeX. Every file has an ASCII name, as no class files are asked for. */
    private static Map<String, String> generate(Path directory, Charset encoding) throws IOException {
        DiskBuild build = new DiskBuild(directory).encodedAs(encoding).add(NETWORKS);
        assertThat(build.compile("-proc:only", "-Achainrule.latex=true")).isEmpty();
        return build.generated();
    }

    private static Compilation compile(JavaFileObject... sources) {
        return UserCode.compile(sources);
    }

    private static void assertNetwork(Compilation compilation, String name) {
        assertThat(compilation.diagnostics()).isEmpty();
        assertThat(UserCode.load(compilation, name).getInterfaces())
                .isEqualTo(List.of(FullGradientNetwork.class).toArray());
    }
}
