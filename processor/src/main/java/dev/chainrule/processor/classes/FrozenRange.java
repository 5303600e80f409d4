package dev.chainrule.processor.classes;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.chainrule.processor.code.Operation;
import dev.chainrule.processor.code.Program;
import dev.chainrule.processor.code.Routine;
import dev.chainrule.processor.code.Scratch;
import dev.chainrule.processor.java.JavaNumbers;
import dev.chainrule.processor.network.Network;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.lang.model.element.Modifier;

/**
 * What a frozen class has for a range of records: a block of them goes through each step together, as in the {@link BlockClass} of a
 * live network; or, where there are no such steps, they go through the network one by one.
 */
final class FrozenRange {
    private final Network network;
    private final JavaNumbers numbers;
    private final Optional<Program> blocks;
    private final ThreadArrays ofThread;

    FrozenRange(Network network, JavaNumbers numbers, Optional<Program> blocks) {
        this.network = network;
        this.numbers = numbers;
        this.blocks = blocks;
        this.ofThread = new ThreadArrays(numbers, "blockOfThread", "newBlock");
    }

    /** The arrays that each thread keeps for it. */
    List<Scratch> arrays() {
        return blocks.map(Program::scratch)
                .orElse(List.of(
                        new Scratch("the inputs of a record", network.inputs()),
                        new Scratch("its outputs", network.outputs())));
    }

    /** The static methods that it calls, beside those of the steps. */
    String function() {
        return blocks.isPresent() ? "java.lang.Math.min" : "java.lang.System.arraycopy";
    }

    /** Its private fields. */
    void fields(TypeSpec.Builder builder) {
        if (blocks.isPresent()) {
            builder.addField(BlockClass.block());
        }
        builder.addField(ofThread.field()
                .addJavadoc("What a thread works in over a range of records.")
                .build());
    }

    private MethodSpec forward() {
        MethodSpec.Builder method = MethodSpec.methodBuilder("forward")
                .addJavadoc(
                        "$L\n",
                        Paragraph.of("The forward pass for the records {@code fromRecord} to before {@code toRecord},"
                                + " each to the same outputs as alone, bit for bit"
                                + (blocks.isPresent()
                                        ? ". Many at a time take less time, as loops over records become vector instructions."
                                        : ".")))
                .addJavadoc("\n@param inputs records of $L", ClassFrame.values(network.inputs()))
                .addJavadoc("\n@param fromRecord the first record")
                .addJavadoc("\n@param toRecord the record after the last")
                .addJavadoc(
                        "\n@param outputs receives $L a record, at its place among as many; another array\n",
                        ClassFrame.values(network.outputs()))
                .addJavadoc(
                        "@throws IllegalArgumentException if an array has no such records$L; nothing is written then",
                        ClassFrame.orNoCategory(network))
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .addParameter(numbers.array(), "inputs")
                .addParameter(int.class, "fromRecord")
                .addParameter(int.class, "toRecord")
                .addParameter(numbers.array(), "outputs")
                .addStatement("checkRecords(inputs, outputs, fromRecord, toRecord)");
        if (!ClassFrame.categories(network).isEmpty()) {
            method.beginControlFlow("for (int record = fromRecord; record < toRecord; record++)");
            ClassFrame.checkCategories(method, network, "inputs[INPUTS * record + $L]");
            method.endControlFlow();
        }
        method.addStatement("final $T scratch = $L", numbers.arrays(), ofThread.getter() + "()");
        return method.addCode(blocks.isPresent() ? byBlocks() : oneByOne()).build();
    }

    private static CodeBlock byBlocks() {
        return CodeBlock.builder()
                .beginControlFlow("for (int first = fromRecord; first < toRecord; first += BLOCK)")
                .addStatement("final int records = min(BLOCK, toRecord - first)")
                .addStatement(
                        "$L(scratch, inputs, INPUTS * first, outputs, OUTPUTS * first, records)",
                        Operation.FORWARD.blockName())
                .endControlFlow()
                .build();
    }

    private CodeBlock oneByOne() {
        return CodeBlock.builder()
                .addStatement("final $T input = scratch[0]", numbers.array())
                .addStatement("final $T output = scratch[1]", numbers.array())
                .beginControlFlow("for (int record = fromRecord; record < toRecord; record++)")
                .addStatement("arraycopy(inputs, INPUTS * record, input, 0, INPUTS)")
                .addStatement("forward(input, output)")
                .addStatement("arraycopy(output, 0, outputs, OUTPUTS * record, OUTPUTS)")
                .endControlFlow()
                .build();
    }

    /** The method for a range and those that it calls, of which {@code frozen} makes each from a live network's. */
    void methods(List<MethodSpec> methods, MethodBodies bodies, UnaryOperator<Routine> frozen) {
        methods.add(forward());
        methods.add(ofThread.get());
        methods.add(ThreadArrays.maker("newBlock", numbers, arrays()));
        blocks.ifPresent(program -> {
            methods.add(bodies.step(program.operations().get(Operation.FORWARD)));
            program.steps().forEach(step -> methods.add(bodies.step(frozen.apply(step))));
        });
        methods.add(checkRecords());
    }

    private MethodSpec checkRecords() {
        return MethodSpec.methodBuilder("checkRecords")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addParameter(numbers.array(), "inputs")
                .addParameter(numbers.array(), "outputs")
                .addParameter(int.class, "fromRecord")
                .addParameter(int.class, "toRecord")
                .addStatement("final int records = inputs.length / INPUTS")
                .addStatement("checkLength($S, inputs, (long) INPUTS * records)", "inputs")
                .addStatement("checkLength($S, outputs, (long) OUTPUTS * records)", "outputs")
                .beginControlFlow("if (fromRecord < 0 || fromRecord > toRecord || toRecord > records)")
                .addStatement(
                        "final $T range = fromRecord + $S + toRecord + $S + records",
                        String.class,
                        " to ",
                        "; expected a range within 0 to ")
                .addStatement(
                        "throw new $T($S + range + $S)",
                        IllegalArgumentException.class,
                        "records from ",
                        ", the number of records")
                .endControlFlow()
                .build();
    }
}
