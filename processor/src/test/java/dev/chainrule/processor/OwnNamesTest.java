package dev.chainrule.processor;

import static dev.chainrule.processor.DeclarationMistake.of;
import static dev.chainrule.processor.UserCode.named;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.chainrule.processor.testing.FrozenNetwork;
import dev.chainrule.processor.testing.Mentioned;
import dev.chainrule.processor.testing.TensorFiles;
import dev.chainrule.processor.testing.TensorFiles.Part;
import dev.chainrule.runtime.TrainableNetwork;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A generated class, and its declaration, may have the simple name of a type that generated code mentions. */
class OwnNamesTest {
    private static final String HIDES =
            "[NameHidesType] nets.%s has to name another type %1$s by its full name, which nets.%s hides;"
                    + " give another className.";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void save() throws IOException {
        TensorFiles.write(
                folder.resolve("w"), Part.counting("0.weight", "F32", 9, 2), Part.counting("0.bias", "F32", 9));
    }

    /** Live and frozen in double, and alone in float. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "loss = Loss.BINARY_CROSS_ENTROPY, weights = \"w\"",
                "weights = \"w\", standalone = true, precision = Precision.FLOAT"
            })
    void namesThatGeneratedCodeMentions(String values) throws ReflectiveOperationException {
        assertMayBeTaken(values);
    }

    @ParameterizedTest
    @ValueSource(strings = {"weights = \"w\", precision = Precision.FLOAT", "weights = \"w\", standalone = true"})
    @Tag("slow")
    void namesThatOtherFrozenCodeMentions(String values) throws ReflectiveOperationException {
        assertMayBeTaken(values);
    }

    private static void assertMayBeTaken(String values) throws ReflectiveOperationException {
        Compilation plain = UserCode.compileWithVectors(folder, List.of(declaration("plain.Plain", values)));
        Set<String> expected = outputs(plain, "plain.");
        Set<String> names = Mentioned.imported(UserCode.generated(plain).values());
        assertThat(names).contains("Math", "String", "IllegalArgumentException", "ByteBuffer", "Generated");
        // A class DoubleVector is that of the vector instructions of a class Double
        List.copyOf(names).stream()
                .filter(name -> name.endsWith("Vector"))
                .forEach(name -> names.add(name.replaceFirst("Vector$", "")));

        List<JavaFileObject> files = new ArrayList<>();
        for (String name : names) {
            files.add(declaration("named" + name + ".Plain", values + ", className = \"" + name + "\""));
            files.add(declaration("named" + name + ".Neighbour", values));
            files.add(declaration("declared" + name + "." + name, values));
        }
        Compilation compilation = UserCode.compileWithVectors(folder, files);
        for (String name : names) {
            assertThat(outputs(compilation, "named" + name + "."))
                    .as("className = " + name)
                    .isEqualTo(expected);
            assertThat(outputs(compilation, "declared" + name + "."))
                    .as("declared by " + name)
                    .isEqualTo(expected);
        }
    }

    /** One name after the other, in either order: the full name of a type begins with a package that a type would hide. */
    @Test
    void aTypeThatHidesThePackage() {
        String own = named("TargetKind").replace("\"TargetKind\"", "<<\"TargetKind\">>") + " class Wrong {}";
        of("beside it", HIDES.formatted("TargetKind", "dev"), own)
                .after("nets.dev", "class dev {}")
                .isReported();
        of("generated before", HIDES.formatted("TargetKind", "dev"), own)
                .after("nets.Other", named("dev") + " class Other {}")
                .isReported();
        of(
                        "generated after",
                        "[NameTaken] nets.TargetKind, which nets.Other generates, names the package dev, which nets.dev"
                                + " would hide; give another className.",
                        named("dev").replace("\"dev\"", "<<\"dev\">>") + " class Wrong {}")
                .after("nets.Other", named("TargetKind") + " class Other {}")
                .isReported();
    }

    @Test
    void aTypeThatHidesThePackageOfVectors() {
        Compilation compilation = UserCode.javac()
                .withOptions("-Achainrule.vector=true")
                .compile(
                        declaration("nets.Plain", "loss = Loss.BINARY_CROSS_ENTROPY, className = \"Double\""),
                        JavaFileObjects.forSourceLines("nets.jdk", "package nets; class jdk {}"));
        assertThat(compilation.diagnostics())
                .extracting(diagnostic -> diagnostic.getMessage(null))
                .containsExactly(HIDES.formatted("DoubleVector", "jdk"));
    }

    /** Of a class, its comment names the declaration, which is linked to unless the link would lead elsewhere. */
    @Test
    void linksLeadToTheDeclaration() {
        String nested = UserCode.NETWORK + " interface Inner {}";
        Compilation compilation = UserCode.compile(
                UserCode.source("nets.Outer", "class Outer { " + nested + " }\nclass Override { " + nested + " }"));
        assertThat(UserCode.generated(compilation).get("nets.Outer_InnerNetwork"))
                .contains("declared by {@link Outer.Inner}");
        assertThat(UserCode.generated(compilation).get("nets.Override_InnerNetwork"))
                .contains("declared by {@code Override.Inner}");
    }

    /** Looped, with tables, and with vector instructions where there can be some. */
    private static JavaFileObject declaration(String qualifiedName, String values) {
        int dot = qualifiedName.lastIndexOf('.');
        return JavaFileObjects.forSourceString(qualifiedName, """
                package %s;

                import dev.chainrule.annotations.Activation;
                import dev.chainrule.annotations.Layer;
                import dev.chainrule.annotations.Loss;
                import dev.chainrule.annotations.Network;
                import dev.chainrule.annotations.Precision;
                import dev.chainrule.annotations.Unroll;

                @Network(
                    inputs = 2,
                    layers = @Layer(units = 9, activation = Activation.SIGMOID),
                    unroll = Unroll.NONE,
                    %s)
                class %s {}
                """.formatted(
                        qualifiedName.substring(0, dot), values, qualifiedName.substring(dot + 1)));
    }

    /** What the generated classes of a package compute. */
    private static Set<String> outputs(Compilation compilation, String packageStart)
            throws ReflectiveOperationException {
        Set<String> outputs = new TreeSet<>();
        for (String name : UserCode.generated(compilation).keySet()) {
            if (name.startsWith(packageStart) && !name.matches(".*(Vector|Blocks|Numbers)")) {
                outputs.add(output(UserCode.load(compilation, name)));
            }
        }
        return outputs;
    }

    private static String output(Class<?> type) throws ReflectiveOperationException {
        if (!TrainableNetwork.class.isAssignableFrom(type)) {
            FrozenNetwork network = new FrozenNetwork(type);
            if (network.isInFloat()) {
                float[] output = new float[9];
                network.forward(new float[] {0.25f, -0.5f}, output);
                return "frozen " + Arrays.toString(output);
            }
            double[] output = new double[9];
            network.forward(new double[] {0.25, -0.5}, output);
            return "frozen " + Arrays.toString(output);
        }
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        TrainableNetwork network = (TrainableNetwork) constructor.newInstance();
        Arrays.setAll(network.parameters(), i -> 0.1 * i);
        double[] output = new double[9];
        network.forward(new double[] {0.25, -0.5}, output);
        return "trainable " + Arrays.toString(output);
    }
}
