package dev.chainrule.processor;

import static dev.chainrule.processor.DeclarationMistake.of;
import static dev.chainrule.processor.UserCode.NETWORK;
import static dev.chainrule.processor.UserCode.named;
import static dev.chainrule.processor.UserCode.source;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names that a generated class cannot have: one error each, on {@code className} where it is given. */
class DeclarationNameErrorsTest {
    @ParameterizedTest(name = "className = \"{0}\"")
    @MethodSource("noNames")
    void noNameForAClass(String className) {
        of(
                        className,
                        "[ClassNameNotIdentifier] className = \"" + className + "\" cannot name a class;"
                                + " give a simple Java identifier such as \"WrongNetwork\".",
                        faultyName(className) + " class Wrong {}")
                .isReported();
    }

    static Stream<String> noNames() {
        Stream<String> notIdentifiers =
                Stream.of(" ", "1st", "two words", "dotted.Name", "Wrong.", "a-b", "Wrong[]", "List<T>");
        Stream<String> keywords = Stream.of("class", "enum", "strictfp", "goto", "int", "true", "null", "_");
        Stream<String> contextual = Stream.of("permits", "record", "sealed", "var", "yield");
        // Compilers leave such characters out
        Stream<String> ignored = Stream.of("Net\\u0001work", "Net\\u200bwork", "Net\\u00adwork", "Network\\u200d");
        return Stream.of(notIdentifiers, keywords, contextual, ignored).flatMap(names -> names);
    }

    /** A message is one line, so that none can look like another. */
    @Test
    void aNameOfSeveralLines() {
        of(
                        "a line feed",
                        "[ClassNameNotIdentifier] className = \"A\\u000aPipe.java:9: error: \\u001b[31m\" cannot name a class;"
                                + " give a simple Java identifier such as \"WrongNetwork\".",
                        faultyName("A\\nPipe.java:9: error: \\033[31m") + " class Wrong {}")
                .isReported();
        DeclarationMistake.inValues(
                        "a line feed in the name of a model",
                        "[ModelHasItsOwn] The inputs are those of model = \"a\\u000ab\"; remove inputs here, or the model.",
                        "inputs = <<2>>, model = \"a\\nb\"")
                .isReported();
    }

    @Test
    void anEmptyClassNameIsTheDefault() {
        Compilation compilation = UserCode.compile(source("nets.Right", named("") + " class Right {}"));
        assertThat(compilation.diagnostics()).isEmpty();
        assertThat(UserCode.generated(compilation)).containsOnlyKeys("nets.RightNetwork", "nets.RightNetworkBlocks");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"takenByDeclarations", "takenByTypes"})
    void aTakenName(DeclarationMistake mistake) {
        mistake.isReported();
    }

    static Stream<DeclarationMistake> takenByDeclarations() {
        String taken = "[NameTaken] nets.%s generates nets.%s already; give another className.";
        return Stream.of(
                of(
                        "two classNames in one file",
                        taken.formatted("First", "Same"),
                        named("Same") + " class First {}\n" + faultyName("Same") + " class Wrong {}"),
                of(
                        "className and the default of the other, in one file",
                        taken.formatted("First", "FirstNetwork"),
                        NETWORK + " class First {}\n" + faultyName("FirstNetwork") + " class Wrong {}"),
                of(
                        "the default and the className of the other, in one file",
                        taken.formatted("First", "WrongNetwork"),
                        named("WrongNetwork") + " class First {}\n<<" + NETWORK + ">> class Wrong {}"),
                of(
                        "nested and top-level, in one file",
                        taken.formatted("Outer_Inner", "Outer_InnerNetwork"),
                        NETWORK + " class Outer_Inner {}\nclass Outer { <<" + NETWORK + ">> static class Inner {} }"),
                of("nested types of different depth", taken.formatted("A.B_C", "A_B_CNetwork"), """
                        class A {
                            %s static class B_C {}
                            static class B { <<%s>> static class C {} }
                        }""".formatted(
                                NETWORK, NETWORK)),
                of("two files", taken.formatted("First", "Same"), faultyName("Same") + " class Wrong {}")
                        .after("nets.First", named("Same") + " class First {}"),
                of(
                                "nested and top-level, in two files",
                                taken.formatted("Outer.Inner", "Outer_InnerNetwork"),
                                "<<" + NETWORK + ">> class Outer_Inner {}")
                        .after("nets.Outer", "class Outer { " + NETWORK + " static class Inner {} }"));
    }

    static Stream<DeclarationMistake> takenByTypes() {
        String taken = "[NameTaken] There is a type nets.%s already; give another className.";
        return Stream.of(
                of("the declaration itself", taken.formatted("Wrong"), faultyName("Wrong") + " class Wrong {}"),
                of(
                        "className and another class of the file",
                        taken.formatted("Other"),
                        faultyName("Other") + " class Wrong {}\nclass Other {}"),
                of(
                        "the default and another class of the file",
                        taken.formatted("WrongNetwork"),
                        "interface WrongNetwork {}\n<<" + NETWORK + ">> class Wrong {}"),
                of(
                                "className and a class of another file",
                                taken.formatted("Other"),
                                faultyName("Other") + " class Wrong {}")
                        .after("nets.Other", "class Other {}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Outer$Inner", "Outer$Inner$Deep", "Outer$1", "Outer$1Local"})
    void aNameOfAClassFile(String className) {
        of(
                        className,
                        "[NameTaken] nets." + className + " is what compilers call a type within nets.Outer;"
                                + " give another className.",
                        faultyName(className)
                                + " class Wrong {}\nclass Outer { private interface Inner { enum Deep {} }"
                                + " Object local() { class Local {} return new Object() {}; } }")
                .isReported();
    }

    @Test
    void namesWithDollarSignsThatNothingHas() {
        List<String> names = List.of("Outer$Other", "Other$Inner", "Outer$", "$", "Outer$Inner$Other", "O$1");
        Compilation compilation = UserCode.compile(Stream.concat(
                        Stream.of(source("nets.Outer", "class Outer { interface Inner {} }")),
                        IntStream.range(0, names.size())
                                .mapToObj(i -> source("nets.N" + i, named(names.get(i)) + " class N" + i + " {}")))
                .toArray(JavaFileObject[]::new));
        assertThat(compilation.diagnostics()).isEmpty();
        assertThat(UserCode.generated(compilation))
                .containsOnlyKeys(names.stream()
                        .flatMap(name -> Stream.of("nets." + name, "nets." + name + "Blocks"))
                        .toArray(String[]::new));
    }

    @Test
    void theSameNameInAnotherPackageIsFree() {
        Compilation compilation = UserCode.compile(
                source("one.Same", NETWORK + " class Same {}"),
                source("two.Same", NETWORK + " class Same {}"),
                source("three.SameNetwork", "class SameNetwork {}"));
        assertThat(compilation.diagnostics()).isEmpty();
        assertThat(UserCode.generated(compilation))
                .containsOnlyKeys(
                        "one.SameNetwork", "one.SameNetworkBlocks", "two.SameNetwork", "two.SameNetworkBlocks");
    }

    @Test
    void aNameThatNoFileCanHave(@TempDir Path directory) throws IOException {
        String name = "N".repeat(300);
        DiskBuild build = new DiskBuild(directory).add(source("nets.Wrong", named(name) + " class Wrong {}"));
        // javac itself adds a warning that the file was not closed
        assertThat(build.compile())
                .filteredOn(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .singleElement()
                .satisfies(diagnostic -> {
                    assertThat(diagnostic.getMessage(null))
                            .startsWith("[NotWritten] nets." + name + "Blocks cannot be written: ");
                    assertThat(diagnostic.getLineNumber()).isEqualTo(2);
                });
    }

    /** The name is at fault. */
    private static String faultyName(String className) {
        return named(className).replace("\"" + className + "\"", "<<\"" + className + "\">>");
    }
}
