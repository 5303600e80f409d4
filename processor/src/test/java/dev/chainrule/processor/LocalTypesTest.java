package dev.chainrule.processor;

import static dev.chainrule.processor.UserCode.NETWORK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A local type that carries {@code @Network} is reported however the annotation is named, and none that carries another. */
class LocalTypesTest {
    private static final String PROBLEM =
            "[LocalType] @Network is for top-level and static nested types; move Local out of the"
                    + " code that it is declared in.";

    private static final String OTHER = "@interface Network { int inputs(); Layer layers(); Loss loss(); }";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import dev.chainrule.annotations.*;",
                "import dev.chainrule.annotations.*; import java.util.*;",
                "import dev.chainrule.annotations.*; import dev.chainrule.annotations.Network;",
                "import dev . chainrule /* here */ . annotations . *;"
            })
    void imports(String imports) {
        assertReported(UserCode.compile(file(imports, "")));
    }

    @Test
    void theFullName() {
        assertReported(UserCode.compile(file(
                "import dev.chainrule.annotations.Activation; import dev.chainrule.annotations.Layer;"
                        + " import dev.chainrule.annotations.Loss;",
                "",
                NETWORK.replace("@Network", "@dev.chainrule.annotations.Network"))));
    }

    @Test
    void anAnnotationOfThatNameOfThePackage() {
        String imports = "import dev.chainrule.annotations.*;";
        assertThat(UserCode.compile(
                                file(imports, ""),
                                JavaFileObjects.forSourceString("nets.Network", "package nets; " + imports + OTHER))
                        .diagnostics())
                .isEmpty();
    }

    @Test
    void anAnnotationOfThatNameOfTheClass() {
        assertThat(UserCode.compile(file("import dev.chainrule.annotations.*;", OTHER))
                        .diagnostics())
                .isEmpty();
    }

    @Test
    void anAnnotationOfThatNameThatIsImported() {
        String imports = "import dev.chainrule.annotations.*;";
        assertThat(UserCode.compile(
                                file(imports + " import other.Network;", ""),
                                JavaFileObjects.forSourceString(
                                        "other.Network", "package other; " + imports + "public " + OTHER))
                        .diagnostics())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import module dev.chainrule.annotations;",
                "import module dev.chainrule.annotations; import module java.base;",
                "import module app;",
                "import module dev.chainrule.runtime; import module dev.chainrule.annotations;"
            })
    void importsOfModules(String imports) {
        assertReported(inModule(file(imports, "")));
    }

    /** Without a class around it, in a file that imports java.base by itself. */
    @Test
    void compactFiles() {
        assertReported(modern("-cp", UserCode.ANNOTATIONS.toString())
                .compile(JavaFileObjects.forSourceString(
                        "Main",
                        "import dev.chainrule.annotations.*;\nvoid main() { " + NETWORK + " class Local {} }")));
    }

    private static void assertReported(Compilation compilation) {
        assertThat(compilation.diagnostics())
                .extracting(diagnostic -> diagnostic.getMessage(null))
                .containsExactly(PROBLEM);
    }

    private static JavaFileObject file(String imports, String member) {
        return file(imports, member, NETWORK);
    }

    private static JavaFileObject file(String imports, String member, String annotation) {
        return JavaFileObjects.forSourceString(
                "nets.Outer",
                "package nets; " + imports + "\nclass Outer { " + member + " void method() { " + annotation
                        + " class Local {} } }");
    }

    /** A module that requires the annotations, for itself and for those that require it. */
    private static Compilation inModule(JavaFileObject file) {
        return modern("--module-path", UserCode.ANNOTATIONS + File.pathSeparator + UserCode.RUNTIME)
                .compile(
                        UserCode.moduleInfo("module app { requires static transitive dev.chainrule.annotations;"
                                + " requires dev.chainrule.runtime; }"),
                        file);
    }

    private static Compiler modern(String... options) {
        assumeTrue(Runtime.version().feature() >= 25, "module imports and compact files are there from JDK 25 on");
        List<String> all = new ArrayList<>(List.of("-Xlint:all,-requires-transitive-automatic", "--release", "25"));
        all.addAll(List.of(options));
        return Compiler.javac().withProcessors(UserCode.processors()).withOptions(all.toArray());
    }
}
