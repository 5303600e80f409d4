package dev.chainrule.processor;

import static dev.chainrule.processor.UserCode.NETWORK;
import static dev.chainrule.processor.UserCode.moduleInfo;
import static dev.chainrule.processor.UserCode.source;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import dev.chainrule.runtime.FullGradientNetwork;
import java.io.File;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of type, in every place, that can carry {@code @Network}. */
class DeclarationKindsTest {
    @ParameterizedTest(name = "{0}{1}")
    @MethodSource("kinds")
    void topLevelTypes(String visibility, String kind) {
        Compilation compilation = compile(source("nets.Kind", visibility + NETWORK + " " + kind));
        assertNetwork(compilation, "nets.KindNetwork", visibility.startsWith("public"));
    }

    @ParameterizedTest(name = "{0}static {1}")
    @MethodSource("kinds")
    void nestedTypes(String visibility, String kind) {
        Compilation compilation = compile(
                source("nets.Outer", "public class Outer { " + NETWORK + " " + visibility + "static " + kind + " }"));
        assertNetwork(compilation, "nets.Outer_KindNetwork", visibility.startsWith("public"));
    }

    static Stream<Arguments> kinds() {
        return Stream.of("public ", "")
                .flatMap(visibility -> Stream.of(
                                "class Kind {}",
                                "final class Kind<T extends Comparable<T>> {}",
                                "abstract class Kind { abstract double of(double x); }",
                                "interface Kind { double of(double x); }",
                                "record Kind(double x) {}",
                                "enum Kind { A, B { @Override public String toString() { return null; } } }")
                        .map(kind -> Arguments.of(visibility, kind)));
    }

    @ParameterizedTest(name = "{0} ... {2}: {3}")
    @CsvSource({
        "public class,    class Middle,                  public static class Inner, package-private",
        "public class,    public static class Middle,    public static class Inner, public",
        "public class,    public static class Middle,    protected static class Inner, package-private",
        "public class,    protected static class Middle, public static class Inner, package-private",
        "class,           public static class Middle,    public static class Inner, package-private",
        "public interface, class Middle,                 public static class Inner, public",
        "public interface, interface Middle,             record Inner(),            public",
        "interface,       interface Middle,              record Inner(),            package-private",
        "public record,   enum Middle,                   public enum Inner,         package-private",
    })
    void aNetworkIsVisibleWhereItsDeclarationIs(String outer, String middle, String inner, String visibility) {
        String parameters = outer.endsWith("record") ? "()" : "";
        String constants = middle.startsWith("enum") ? "; " : "";
        Compilation compilation = compile(source(
                "nets.Outer",
                "%s Outer%s { %s { %s %s %s {} } }".formatted(outer, parameters, middle, constants, NETWORK, inner)));
        assertNetwork(compilation, "nets.Outer_Middle_InnerNetwork", visibility.equals("public"));
    }

    @ParameterizedTest(name = "className = \"{0}\"")
    @CsvSource({"Xor", "xor", "$", "_X1", "Wrong_Network", "module", "open", "with"})
    void classNameIsTheName(String className) {
        Compilation compilation = compile(
                source("nets.Outer", "class Outer { " + UserCode.named(className) + " public static class Inner {} }"));
        assertNetwork(compilation, "nets." + className, false);
    }

    @Test
    void theUnnamedPackage() {
        Compilation compilation =
                compile(source("Outer", "public class Outer { " + NETWORK + " public interface Inner {} }"));
        assertNetwork(compilation, "Outer_InnerNetwork", true);
    }

    @Test
    void severalNetworksInOneFile() {
        Compilation compilation = compile(source("nets.First", """
                %1$s public class First {
                    %1$s public static class Inner {}
                    interface Second { %1$s class Inner {} }
                }
                %1$s enum Third {}
                """.formatted(NETWORK)));
        assertThat(UserCode.generated(compilation))
                .containsOnlyKeys(
                        "nets.FirstNetwork", "nets.FirstNetworkBlocks",
                        "nets.First_InnerNetwork", "nets.First_InnerNetworkBlocks",
                        "nets.First_Second_InnerNetwork", "nets.First_Second_InnerNetworkBlocks",
                        "nets.ThirdNetwork", "nets.ThirdNetworkBlocks");
        assertNetwork(compilation, "nets.FirstNetwork", true);
        assertNetwork(compilation, "nets.First_InnerNetwork", true);
        assertNetwork(compilation, "nets.First_Second_InnerNetwork", false);
        assertNetwork(compilation, "nets.ThirdNetwork", false);
    }

    @Test
    void constantsAsValues() throws ReflectiveOperationException {
        Compilation compilation = compile(source("nets.Sized", """
                @Network(
                    inputs = Sized.SIZE,
                    layers = {@Layer(units = 2 * Sized.SIZE, bias = !Sized.PLAIN), @Layer(units = Byte.MAX_VALUE - 125)},
                    loss = Loss.HUBER,
                    className = Sized.NAME + "Sized")
                interface Sized {
                    int SIZE = 3;
                    boolean PLAIN = true;
                    String NAME = "Well";
                }
                """));
        assertNetwork(compilation, "nets.WellSized", false);
        assertThat(constant(compilation, "nets.WellSized", "INPUTS")).isEqualTo(3);
        assertThat(constant(compilation, "nets.WellSized", "OUTPUTS")).isEqualTo(2);
        assertThat(constant(compilation, "nets.WellSized", "PARAMETERS")).isEqualTo(3 * 6 + 6 * 2 + 2);
    }

    @Test
    void constantsOfAnotherNetworkAsValues() throws ReflectiveOperationException {
        Compilation compilation = compile(source("nets.Chain", """
                interface Chain {
                    @Network(inputs = Chain_FirstNetwork.OUTPUTS, layers = @Layer(units = 5), loss = Loss.HUBER)
                    interface Second {}
                    @Network(inputs = 2, layers = @Layer(units = 3), loss = Loss.HUBER)
                    interface First {}
                }
                """));
        assertNetwork(compilation, "nets.Chain_SecondNetwork", false);
        assertThat(constant(compilation, "nets.Chain_SecondNetwork", "INPUTS")).isEqualTo(3);
    }

    @Test
    void aNamedModuleThatSeesTheGeneratedAnnotation() {
        Compilation compilation = compileModule("""
                module app {
                    requires dev.chainrule.runtime;
                    requires java.compiler;
                    requires static dev.chainrule.annotations;
                }
                """);
        assertNetwork(compilation, "nets.KindNetwork", true);
        assertThat(UserCode.generated(compilation).get("nets.KindNetwork"))
                .contains("@Generated(\"dev.chainrule.processor.NetworkProcessor\")");
    }

    @Test
    void aNamedModuleThatDoesNotSeeTheGeneratedAnnotation() {
        Compilation compilation = compileModule("""
                module app {
                    requires dev.chainrule.runtime;
                    requires static dev.chainrule.annotations;
                }
                """);
        assertNetwork(compilation, "nets.KindNetwork", true);
        assertThat(UserCode.generated(compilation).get("nets.KindNetwork")).doesNotContain("Generated");
    }

    @Test
    void anExportedPackage() {
        Compilation compilation = compileModule("""
                module app {
                    exports nets;
                    requires transitive dev.chainrule.runtime;
                    requires static dev.chainrule.annotations;
                }
                """);
        assertNetwork(compilation, "nets.KindNetwork", true);
    }

    private static Compilation compileModule(String moduleInfo) {
        String modulePath = UserCode.ANNOTATIONS + File.pathSeparator + UserCode.RUNTIME;
        return UserCode.javac()
                .withClasspath(List.of())
                .withOptions("--release", "17", "-Xlint:all", "-Werror", "--module-path", modulePath)
                .compile(moduleInfo(moduleInfo), source("nets.Kind", NETWORK + " public interface Kind {}"));
    }

    private static Compilation compile(JavaFileObject source) {
        return UserCode.compile(source);
    }

    private static void assertNetwork(Compilation compilation, String name, boolean isPublic) {
        assertThat(compilation.diagnostics()).isEmpty();
        Class<?> network = UserCode.load(compilation, name);
        assertThat(network).isFinal().hasSuperclass(Object.class);
        assertThat(network.getInterfaces()).containsExactly(FullGradientNetwork.class);
        assertThat(Modifier.isPublic(network.getModifiers())).as("public").isEqualTo(isPublic);
    }

    private static int constant(Compilation compilation, String network, String name)
            throws ReflectiveOperationException {
        var field = UserCode.load(compilation, network).getField(name);
        // The class is as visible as its declaration: to its own package
        field.setAccessible(true);
        return field.getInt(null);
    }
}
