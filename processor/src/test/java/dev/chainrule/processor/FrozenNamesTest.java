package dev.chainrule.processor;

import static dev.chainrule.processor.UserCode.source;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import dev.chainrule.processor.testing.TensorFiles;
import dev.chainrule.processor.testing.TensorFiles.Part;
import java.io.IOException;
import java.nio.file.Path;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names of frozen classes, and what their code means beside other names. */
class FrozenNamesTest {
    private static final String VALUES =
            "inputs = 2, layers = @Layer(units = 1, activation = Activation.SIGMOID), weights = \"w\"";
    private static final String ONLY = "@Network(" + VALUES + ")";
    private static final String BOTH = "@Network(" + VALUES + ", loss = Loss.HUBER)";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void save() throws IOException {
        TensorFiles.write(
                folder.resolve("w"), Part.counting("0.weight", "F32", 1, 2), Part.counting("0.bias", "F32", 1));
    }

    private static Compilation compile(JavaFileObject... sources) {
        return UserCode.javac()
                .withOptions("--release", "17", "-Xlint:all", "-Werror", "-Achainrule.resources=" + folder)
                .compile(sources);
    }

    private static void assertGenerates(String declaration, String... names) {
        Compilation compilation = compile(source("nets.Outer", declaration));
        assertThat(compilation.diagnostics()).isEmpty();
        assertThat(UserCode.generated(compilation)).containsOnlyKeys(names);
    }

    private static void assertNameTaken(String problem, JavaFileObject... sources) {
        assertThat(compile(sources).diagnostics())
                .singleElement()
                .satisfies(diagnostic -> assertThat(diagnostic.getMessage(null))
                        .isEqualTo("[NameTaken] " + problem + " already; give another className."));
    }

    @Test
    void theNamesOfDeclarations() {
        assertGenerates(ONLY + " class Outer {}", "nets.OuterFrozen");
        assertGenerates(
                BOTH + " class Outer {}",
                "nets.OuterNetwork",
                "nets.OuterNetworkBlocks",
                "nets.OuterNetworkNumbers",
                "nets.OuterFrozen");
        assertGenerates("class Outer { " + ONLY + " record Inner() {} }", "nets.Outer_InnerFrozen");
    }

    @Test
    void classNamesThatAreAskedFor() {
        String named = ", className = \"Named\")";
        assertGenerates("@Network(" + VALUES + named + " class Outer {}", "nets.Named");
        assertGenerates(
                "@Network(" + VALUES + ", loss = Loss.HUBER" + named + " class Outer {}",
                "nets.Named",
                "nets.NamedBlocks",
                "nets.NamedNumbers",
                "nets.NamedFrozen");
    }

    @Test
    void namesThatAreTaken() {
        assertNameTaken(
                "There is a type nets.OuterFrozen",
                source("nets.Outer", ONLY + " class Outer {}"),
                source("nets.OuterFrozen", "class OuterFrozen {}"));
        assertNameTaken(
                "nets.Outer_Inner generates nets.Outer_InnerFrozen",
                source(
                        "nets.Outer_Inner",
                        ONLY + " class Outer_Inner {}\nclass Outer { " + ONLY + " static class Inner {} }"));
        assertNameTaken(
                "nets.First generates nets.OuterFrozen",
                source("nets.Outer", UserCode.named("OuterFrozen") + " class First {}\n" + ONLY + " class Outer {}"));
    }

    @ParameterizedTest
    @CsvSource({"public class, public", "class, ''"})
    void theVisibilityIsThatOfTheDeclaration(String kind, String visibility) {
        Compilation compilation = compile(source("nets.Outer", ONLY + " " + kind + " Outer {}"));
        assertThat(UserCode.generated(compilation).get("nets.OuterFrozen"))
                .contains("\n" + (visibility + " final class OuterFrozen {").strip());
    }
}
