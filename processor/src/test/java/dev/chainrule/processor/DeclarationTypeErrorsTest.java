package dev.chainrule.processor;

import static dev.chainrule.processor.UserCode.NETWORK;
import static dev.chainrule.processor.UserCode.source;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.io.File;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Types that cannot carry {@code @Network}: one error each, on the annotation. */
class DeclarationTypeErrorsTest {
    private static final String AT_FAULT = "<<" + NETWORK + ">>";

    @ParameterizedTest(name = "{0}")
    @MethodSource({"inner", "hidden", "annotations", "local"})
    void oneMistakeIsOneErrorOnTheAnnotation(DeclarationMistake mistake) {
        mistake.isReported();
    }

    static Stream<DeclarationMistake> inner() {
        String message = "[InnerType] @Network is for top-level and static nested types; make Inner static.";
        return Stream.of(
                mistake("inner class", message, "class Wrong { %s class Inner {} }"),
                mistake("inner class of an inner class", message, "class Wrong { class A { %s class Inner {} } }"),
                mistake("inner class of an enum", message, "enum Wrong { A; %s final class Inner {} }"));
    }

    static Stream<DeclarationMistake> hidden() {
        String message = "[PrivateType] The generated class stands beside Wrong.%s and takes its visibility,"
                + " but %s is private; remove 'private'.";
        return Stream.of(
                mistake(
                        "private class",
                        message.formatted("Hidden", "Hidden"),
                        "class Wrong { %s private static class Hidden {} }"),
                mistake(
                        "private record",
                        message.formatted("Hidden", "Hidden"),
                        "class Wrong { %s private record Hidden() {} }"),
                mistake(
                        "private enum",
                        message.formatted("Hidden", "Hidden"),
                        "class Wrong { private @Deprecated %s enum Hidden {} }"),
                mistake(
                        "inside a private class",
                        message.formatted("Hidden.A.B", "Hidden"),
                        "class Wrong { private static class Hidden { static class A { %s public static class B {} } } }"));
    }

    static Stream<DeclarationMistake> annotations() {
        String message =
                "[AnnotationType] @Network is for classes, interfaces, records and enums;" + " Wrong is an annotation.";
        return Stream.of(
                mistake("annotation", message, "%s @interface Wrong {}"),
                mistake("nested annotation", message, "class Outer { @Deprecated %s @interface Wrong {} }"));
    }

    static Stream<DeclarationMistake> local() {
        String message = "[LocalType] @Network is for top-level and static nested types; move Local out of the"
                + " code that it is declared in.";
        return Stream.of(
                mistake("class in a method", message, "class Wrong { void method() { %s class Local {} } }"),
                mistake("record in a method", message, "class Wrong { void method() { %s record Local() {} } }"),
                mistake(
                        "class in a constructor",
                        message,
                        "class Wrong { Wrong() { if (true) { %s class Local {} } } }"),
                mistake("class in a lambda", message, "class Wrong { Runnable r = () -> { %s class Local {} }; }"),
                mistake(
                        "class in an anonymous class in an initialiser",
                        message,
                        "class Wrong { static { new Object() { void method() { %s class Local {} } }; } }"));
    }

    private static DeclarationMistake mistake(String name, String message, String text) {
        return DeclarationMistake.of(name, message, text.formatted(AT_FAULT));
    }

    @Test
    void aPrivateInnerClassIsTwoMistakes() {
        Compilation compilation =
                UserCode.compile(source("nets.Wrong", "class Wrong { " + NETWORK + " private class Inner {} }"));
        assertThat(compilation.diagnostics())
                .extracting(diagnostic -> diagnostic.getMessage(null).replaceAll("].*", "]"))
                .containsExactlyInAnyOrder("[InnerType]", "[PrivateType]");
    }

    @Test
    void theRuntimeIsMissingFromTheClassPath() {
        Compilation compilation = UserCode.javac()
                .withClasspath(List.of(UserCode.ANNOTATIONS))
                .compile(source("nets.Right", "@Deprecated\n  " + NETWORK + " class Right {}"));
        assertThat(compilation.diagnostics()).singleElement().satisfies(diagnostic -> {
            assertThat(diagnostic.getKind()).isEqualTo(Diagnostic.Kind.ERROR);
            assertThat(diagnostic.getMessage(null))
                    .isEqualTo(
                            "[RuntimeMissing] The generated class needs dev.chainrule:chainrule-runtime; add it to the"
                                    + " dependencies (and 'requires dev.chainrule.runtime' to module-info, where there is one).");
            assertThat(diagnostic.getLineNumber()).isEqualTo(3);
            assertThat(diagnostic.getColumnNumber()).isEqualTo(3);
        });
    }

    @Test
    void theModuleDoesNotRequireTheRuntime() {
        Compilation compilation = UserCode.javac()
                .withClasspath(List.of())
                .withOptions(
                        "--release",
                        "17",
                        "--module-path",
                        UserCode.ANNOTATIONS + File.pathSeparator + UserCode.RUNTIME)
                .compile(
                        UserCode.moduleInfo("module app { requires static dev.chainrule.annotations; }"),
                        source("nets.Right", NETWORK + " class Right {}"));
        assertThat(compilation.diagnostics())
                .singleElement()
                .satisfies(diagnostic -> assertThat(diagnostic.getMessage(null)).startsWith("[RuntimeMissing] "));
    }
}
