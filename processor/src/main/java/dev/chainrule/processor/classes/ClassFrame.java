package dev.chainrule.processor.classes;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.chainrule.processor.code.Program;
import dev.chainrule.processor.code.Scratch;
import dev.chainrule.processor.network.GeneratedType;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;

/** What the classes of a network have in common, live or frozen. */
final class ClassFrame {
    private static final ClassName GENERATED = ClassName.get("javax.annotation.processing", "Generated");

    /** The width that lines are broken at, as palantir-java-format does. */
    static final int WIDTH = 120;

    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    private ClassFrame() {}

    /** The start of a class. */
    static TypeSpec.Builder opened(GeneratedType type, String documentation) {
        TypeSpec.Builder builder =
                TypeSpec.classBuilder(type.name()).addModifiers(Modifier.FINAL).addJavadoc("$L", documentation);
        if (type.isPublic()) {
            builder.addModifiers(Modifier.PUBLIC);
        }
        if (type.canNameGenerator()) {
            builder.addAnnotation(AnnotationSpec.builder(GENERATED)
                    .addMember("value", "$S", "dev.chainrule.processor.NetworkProcessor")
                    .build());
        }
        return builder;
    }

    /** The numbers of inputs and outputs. */
    static List<FieldSpec> sizes(Network network) {
        return List.of(
                constant("INPUTS", network.inputs(), "The number of inputs."),
                constant("OUTPUTS", network.outputs(), "The number of outputs."));
    }

    /** The parts of the input that are categories. */
    static List<Part> categories(Network network) {
        return network.parts().stream().filter(Part::isCategory).toList();
    }

    /**
     * Checks the numbers that tell categories.
     *
     * @param number where one is, {@code input[$L]} with its place in a record
     */
    static void checkCategories(MethodSpec.Builder method, Network network, String number) {
        categories(network)
                .forEach(part -> method.addStatement(
                        "checkCategory($S, " + number + ", $L, $L)",
                        part.name(),
                        part.first(),
                        part.firstCategory(),
                        part.categories()));
    }

    /** What else is wrong with an input, where it has categories. */
    static String orNoCategory(Network network) {
        return categories(network).isEmpty() ? "" : " or a number is no category";
    }

    /** An array's length, in words. */
    static String values(int count) {
        return count == 1 ? "1 value" : count + " values";
    }

    static FieldSpec constant(String name, int value, String documentation) {
        return FieldSpec.builder(int.class, name, Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc("$L", documentation)
                .initializer("$L", value)
                .build();
    }

    /** Whether vector instructions are used, for a class that asks. */
    static FieldSpec vectorFlag(GeneratedType type) {
        String isPresent = "ModuleLayer.boot().findModule(\"" + VECTOR_MODULE + "\").isPresent()";
        String isWide = "&& " + VectorClass.of(type).name() + ".isWide()";
        boolean fits = "            ".length() + isPresent.length() + 1 + isWide.length() + 1 <= WIDTH;
        return FieldSpec.builder(boolean.class, "VECTOR", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc(
                        "Whether the JVM was started with {@code --add-modules jdk.incubator.vector}, on a processor"
                                + "\nwhose vectors are wide enough to pay.")
                .initializer(
                        "\n$>$>$T.boot().findModule($S).isPresent()" + (fits ? " $L" : "\n$>$>$L$<$<") + "$<$<",
                        ClassName.get("java.lang", "ModuleLayer"),
                        VECTOR_MODULE,
                        isWide)
                .build();
    }

    /** The private fields of a class to train: what it is given, and what its methods leave for each other. */
    static List<FieldSpec> fields(GeneratedType networkType, Network network, Program program) {
        List<FieldSpec> fields = new ArrayList<>();
        if (program.usesVectors()) {
            fields.add(vectorFlag(networkType));
        }
        fields.add(FieldSpec.builder(double[].class, "parameters", Modifier.PRIVATE, Modifier.FINAL)
                .build());
        if (network.constants() > 0) {
            fields.add(FieldSpec.builder(double[].class, "constants", Modifier.PRIVATE, Modifier.FINAL)
                    .build());
        }
        for (Scratch scratch : program.scratch()) {
            fields.add(
                    scratch.size() == 0
                            ? FieldSpec.builder(double.class, scratch.name(), Modifier.PRIVATE)
                                    .build()
                            : FieldSpec.builder(double[].class, scratch.name(), Modifier.PRIVATE, Modifier.FINAL)
                                    .initializer("new double[$L]", scratch.size())
                                    .build());
        }
        return fields;
    }

    /** The file of a class that calls some static methods, given by their qualified names; with {@link Imports}. */
    static JavaFile file(GeneratedType type, TypeSpec spec, Set<String> functions) {
        JavaFile.Builder file = JavaFile.builder(type.packageName(), spec).indent("    ");
        for (String function : functions) {
            int dot = function.lastIndexOf('.');
            file.addStaticImport(ClassName.bestGuess(function.substring(0, dot)), function.substring(dot + 1));
        }
        return file.build();
    }
}
