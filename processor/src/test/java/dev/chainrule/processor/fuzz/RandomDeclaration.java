package dev.chainrule.processor.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A type that carries {@code @Network}.
 *
 * @param type its simple name, or that of the type that it is nested in
 * @param text of the top-level type
 * @param classes the simple names of the classes to be generated, where nothing is wrong
 */
record RandomDeclaration(String type, String text, List<String> classes) {
    /** Names for types, among them those that generated code has a use for. */
    static final List<String> NAMES = List.of(
            "Net",
            "Pipe",
            "R\u00e9seau",
            "\u7db2",
            "_n",
            "$n",
            "A$B",
            "\u00e0\u0300",
            "String",
            "Math",
            "StrictMath",
            "System",
            "Override",
            "Object",
            "Double",
            "Float",
            "Integer",
            "Kernels",
            "Shapes",
            "Generated",
            "java",
            "javax",
            "jdk",
            "TrainableNetwork",
            "FullGradientNetwork",
            "ParameterLayout",
            "PowersOfTwo",
            "ThreadLocal",
            "Base64",
            "ByteBuffer",
            "Arrays",
            "IllegalArgumentException",
            "ModuleLayer",
            "DoubleVector",
            "PARAMETERS",
            "sigmoid",
            "fma");

    /** Literals for class names that are none. */
    private static final List<String> NO_NAMES = List.of(
            " ",
            "1st",
            "class",
            "record",
            "var",
            "_",
            "true",
            "a.b",
            "a-b",
            "List<T>",
            "A\\nB",
            "\\0",
            "\\ud83d",
            "/",
            "%s",
            "A\\u200bB",
            "A\\u00adB");

    static RandomDeclaration of(Draw draw, String type, String number, Path folder) throws IOException {
        RandomLayers layers = RandomLayers.of(draw);
        List<String> values = new ArrayList<>();
        boolean isImported = draw.once(4);
        boolean isTrainable = !draw.once(4);
        boolean isFrozen = isImported || (isTrainable ? draw.once(4) : !draw.once(15));
        String file = isFrozen ? RandomFile.named(draw, layers, isImported, folder, number) : "";
        if (isImported == draw.once(40)) {
            values.add(layers.text());
        }
        if (isTrainable) {
            values.add("loss = Loss." + layers.loss(draw));
        }
        if (isFrozen) {
            values.add((isImported ? "model" : "weights") + " = \"" + file + "\"");
        }
        String className = draw.once(3) ? draw.of(draw.once(12) ? NO_NAMES : NAMES) : "";
        if (!className.isEmpty()) {
            values.add("className = \"" + className + "\"");
        }
        if (isFrozen ? draw.once(2) : draw.once(60)) {
            values.add("standalone = " + draw.of(true, true, false));
        }
        if (isFrozen ? draw.once(2) : draw.once(60)) {
            values.add("precision = Precision." + draw.of("FLOAT", "DOUBLE"));
        }
        if (draw.once(2) && layers.isSmall()) {
            values.add("unroll = Unroll." + draw.of("AUTO", "NONE", "FULL"));
        }
        Place place = place(draw, "@Network(" + String.join(", ", values) + ")\n", type);
        String declared = place.declared();
        List<String> classes = new ArrayList<>();
        if (isTrainable) {
            classes.add(className.isEmpty() ? declared + "Network" : className);
        }
        if (!file.isEmpty()) {
            classes.add(className.isEmpty() ? declared + "Frozen" : isTrainable ? className + "Frozen" : className);
        }
        return new RandomDeclaration(type, place.text(), classes);
    }

    /** Where an annotation stands: the top-level type, and what the name of a generated class begins with. */
    private record Place(String text, String declared) {}

    private static Place place(Draw draw, String annotation, String type) {
        String nested = type + "_Inner";
        String start = " " + type + " { " + annotation;
        if (draw.once(20)) {
            return draw.of(
                    new Place("class" + start + "class Inner {} }", nested),
                    new Place("class" + start + "private static class Inner {} }", nested),
                    new Place(annotation + "@interface " + type + " {}", type),
                    new Place("class " + type + " { void method() { " + annotation + "class Local {} } }", type));
        }
        return draw.of(
                new Place(annotation + "final class " + type + " {}", type),
                new Place("public " + annotation + "final class " + type + " {}", type),
                new Place(annotation + "interface " + type + " {}", type),
                new Place(annotation + "enum " + type + " {}", type),
                new Place(annotation + "abstract class " + type + " { int x; static void fma() {} }", type),
                new Place("public class" + start + "public static class Inner {} }", nested),
                new Place("interface" + start + "interface Inner {} }", nested));
    }
}
