package dev.chainrule.processor.classes;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.chainrule.processor.java.JavaNumbers;
import dev.chainrule.processor.network.Decisions;
import dev.chainrule.processor.network.Network;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/** What a frozen class has where its outputs are a decision: which it is, and its name. */
final class FrozenDecisions {
    private FrozenDecisions() {}

    /** The methods; none where the outputs are no decision. */
    static List<MethodSpec> methods(Network network, JavaNumbers numbers, List<String> labels) {
        List<MethodSpec> methods = new ArrayList<>();
        if (Decisions.answers(network) > 0) {
            methods.add(classify(network, numbers));
        }
        if (!labels.isEmpty()) {
            methods.add(label(labels));
        }
        return methods;
    }

    private static MethodSpec classify(Network network, JavaNumbers numbers) {
        String which = network.outputs() == 1
                ? "1 where the output is 0.5 or more, else 0; -1 where it is NaN"
                : "the number of the greatest output, the first of equals; -1 where one is NaN";
        return MethodSpec.methodBuilder("classify")
                .addJavadoc("The forward pass, and what it decides.\n")
                .addJavadoc("\n@param input $L", ClassFrame.values(network.inputs()))
                .addJavadoc("\n@param output receives $L", ClassFrame.values(network.outputs()))
                .addJavadoc("\n@return $L", which)
                .addJavadoc(
                        "\n@throws IllegalArgumentException if an array has another length$L; nothing is written then",
                        ClassFrame.orNoCategory(network))
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(int.class)
                .addParameter(numbers.array(), "input")
                .addParameter(numbers.array(), "output")
                .addStatement("forward(input, output)")
                .addCode(network.outputs() == 1 ? threshold() : greatest())
                .build();
    }

    private static CodeBlock threshold() {
        return CodeBlock.builder()
                .addStatement("return output[0] != output[0] ? -1 : output[0] >= 0.5 ? 1 : 0")
                .build();
    }

    private static CodeBlock greatest() {
        return CodeBlock.builder()
                .addStatement("int greatest = 0")
                .beginControlFlow("for (int j = 0; j < OUTPUTS; j++)")
                .beginControlFlow("if (output[j] != output[j])")
                .addStatement("return -1")
                .endControlFlow()
                .addStatement("greatest = output[j] > output[greatest] ? j : greatest")
                .endControlFlow()
                .addStatement("return greatest")
                .build();
    }

    private static MethodSpec label(List<String> labels) {
        CodeBlock.Builder code = CodeBlock.builder().beginControlFlow("switch (classified)");
        for (int i = 0; i < labels.size(); i++) {
            code.add("case $L:\n$>", i).addStatement("return $S", labels.get(i)).add("$<");
        }
        code.add("default:\n$>")
                .addStatement(
                        "throw new $T(classified + $S)",
                        IllegalArgumentException.class,
                        " is no answer; expected 0 to " + (labels.size() - 1))
                .add("$<")
                .endControlFlow();
        return MethodSpec.methodBuilder("label")
                .addJavadoc("{@return the name of what {@code classify} decides}\n")
                .addJavadoc("\n@param classified 0 to $L", labels.size() - 1)
                .addJavadoc("\n@throws IllegalArgumentException if it is another number, as is that of NaN")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(String.class)
                .addParameter(int.class, "classified")
                .addCode(code.build())
                .build();
    }
}
