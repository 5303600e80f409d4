package dev.chainrule.processor.classes;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.chainrule.processor.code.Operation;
import dev.chainrule.processor.code.Program;
import dev.chainrule.processor.code.Routine;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.java.JavaNumbers;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.rules.Operations;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;

/** What a frozen class has where its Jacobian is asked for: all of it, or the row of one output. */
final class FrozenJacobian {
    private final Network network;
    private final Program program;
    private final JavaNumbers numbers;

    /** The derivatives of one output. */
    private final Routine row;

    private FrozenJacobian(Network network, Program program, JavaNumbers numbers) {
        this.network = network;
        this.program = program;
        this.numbers = numbers;
        this.row = program.operations().get(Operation.OUTPUT_BY_INPUTS);
    }

    /** Whether the program has it. */
    static boolean isIn(Program program) {
        return program.operations().containsKey(Operation.OUTPUT_BY_INPUTS);
    }

    /** The static methods that it calls, by their qualified names. */
    static Set<String> functions(Network network, Program program) {
        Set<String> functions = new TreeSet<>();
        if (isIn(program) && isWithZeros(network, program)) {
            functions.add("java.util.Arrays.fill");
        }
        return functions;
    }

    private static boolean isWithZeros(Network network, Program program) {
        return program.operations().get(Operation.OUTPUT_BY_INPUTS).entries() < network.inputs();
    }

    /** The public methods; none where it is not asked for. */
    static List<MethodSpec> methods(Network network, Program program, JavaNumbers numbers) {
        if (!isIn(program)) {
            return List.of();
        }
        FrozenJacobian jacobian = new FrozenJacobian(network, program, numbers);
        return List.of(jacobian.jacobian(), jacobian.inputGradient());
    }

    private MethodSpec jacobian() {
        MethodSpec.Builder method = opened("jacobian", "The derivatives of all outputs by all inputs")
                .addJavadoc(
                        "\n@param jacobian receives $L, a row for each output: that of y_i by x_k at [INPUTS * i + k]",
                        ClassFrame.values(network.outputs() * network.inputs()))
                .addJavadoc(thrown(""))
                .addParameter(numbers.array(), "jacobian")
                .addStatement("checkLength($S, input, INPUTS)", "input")
                .addStatement("checkLength($S, jacobian, OUTPUTS * INPUTS)", "jacobian");
        begin(method, "jacobian");
        return method.beginControlFlow("for (int j = 0; j < OUTPUTS; j++)")
                .addStatement("$L($L)", row.name(), arguments(row, "j, jacobian, INPUTS * j"))
                .endControlFlow()
                .build();
    }

    private MethodSpec inputGradient() {
        MethodSpec.Builder method = opened("inputGradient", "The derivatives of one output by all inputs")
                .addJavadoc("\n@param output which output, 0 to $L", network.outputs() - 1)
                .addJavadoc("\n@param dx receives $L, one for each input", ClassFrame.values(network.inputs()))
                .addJavadoc(thrown(", there is no such output"))
                .addParameter(int.class, "output")
                .addParameter(numbers.array(), "dx")
                .addStatement("checkLength($S, input, INPUTS)", "input")
                .addStatement("checkLength($S, dx, INPUTS)", "dx")
                .beginControlFlow("if (output < 0 || output >= OUTPUTS)")
                .addStatement(
                        "throw new $T(output + $S)",
                        IllegalArgumentException.class,
                        " is no output; expected 0 to " + (network.outputs() - 1))
                .endControlFlow();
        begin(method, "dx");
        return method.addStatement("$L($L)", row.name(), arguments(row, "output, dx, 0"))
                .build();
    }

    private MethodSpec.Builder opened(String name, String does) {
        String count = Operations.count(row.isStep() ? row.sections() : allSections());
        return MethodSpec.methodBuilder(name)
                .addJavadoc("$L\n", Paragraph.of(does + ", by backpropagation: " + count + " an output."))
                .addJavadoc("\n@param input $L", ClassFrame.values(network.inputs()))
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .addParameter(numbers.array(), "input");
    }

    private List<Section> allSections() {
        List<Section> all =
                new ArrayList<>(program.operations().get(Operation.UNITS).sections());
        all.addAll(row.sections());
        return all;
    }

    private CodeBlock thrown(String orElse) {
        return CodeBlock.of(
                "\n@throws IllegalArgumentException if an array has another length$L$L; nothing is written then",
                orElse,
                ClassFrame.orNoCategory(network));
    }

    /** What comes before the first row. */
    private void begin(MethodSpec.Builder method, String array) {
        ClassFrame.checkCategories(method, network, "input[$L]");
        if (isWithZeros(network, program)) {
            method.addComment("What the outputs do not change with is not written")
                    .addStatement("fill($L, 0)", array);
        }
        if (!row.isStep()) {
            Routine units = program.operations().get(Operation.UNITS);
            method.addStatement("final $T scratch = ofThread()", numbers.arrays())
                    .addStatement("$L($L)", units.name(), arguments(units, ""));
        }
    }

    /** What its methods are given: {@code scratch, input, j, jacobian, INPUTS * j}. */
    private static String arguments(Routine routine, String rest) {
        return (routine.isStep() ? "" : "scratch, ") + "input" + (rest.isEmpty() ? "" : ", " + rest);
    }
}
