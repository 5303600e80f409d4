package dev.chainrule.processor.classes;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.chainrule.processor.code.Operation;
import dev.chainrule.processor.code.Program;
import dev.chainrule.processor.code.Storage;
import dev.chainrule.processor.java.JavaFunctions;
import dev.chainrule.processor.java.JavaNumbers;
import dev.chainrule.processor.network.GeneratedType;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.schedule.Limits;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;

/** The class beside a network's that takes records in blocks, apart so that the network's own can be read from top to bottom. */
public final class BlockClass {
    private static final int BLOCK = Limits.BLOCK_RECORDS;

    private BlockClass() {}

    /** Its name: that of the network's class, then Blocks. */
    public static GeneratedType of(GeneratedType network) {
        return new GeneratedType(
                network.packageName(), network.name() + "Blocks", network.name(), false, network.canNameGenerator());
    }

    /** Its text, for a network's class of this name; {@code program} is of blocks. */
    public static String text(GeneratedType networkType, Network network, Program program) {
        GeneratedType type = of(networkType);
        MethodBodies bodies = new MethodBodies(
                access -> Storage.of(network, access),
                VectorClass.of(networkType).name(),
                List.of());
        TypeSpec.Builder builder = ClassFrame.opened(type, documentation(networkType));
        builder.addField(block());
        ClassFrame.fields(networkType, network, program).forEach(builder::addField);
        builder.addMethod(constructor(network));
        builder.addMethod(forward(network));
        builder.addMethod(end());
        builder.addMethod(backprop(network));
        program.operations()
                .forEach((operation, routine) ->
                        builder.addMethod(operation.isCold() ? bodies.method(routine) : bodies.step(routine)));
        program.steps().forEach(step -> builder.addMethod(bodies.step(step)));
        Set<String> functions = new TreeSet<>(JavaFunctions.calledBy(program, JavaNumbers.DOUBLE));
        functions.add("java.lang.Math.min");
        functions.add("java.lang.System.arraycopy");
        functions.add("java.util.Arrays.fill");
        JavaFile file = ClassFrame.file(type, builder.build(), functions);
        return SourceText.of(type, file);
    }

    private static String documentation(GeneratedType networkType) {
        return Paragraph.of("The steps of {@link " + networkType.name() + "} for up to " + BLOCK
                        + " records at a time. What they compute of a unit is a row, one column a record, so that loops"
                        + " over records become vector instructions. Each record's results are those that it has alone, bit"
                        + " for bit.")
                + "\n";
    }

    /** The field that says how many records a block has. */
    static FieldSpec block() {
        return FieldSpec.builder(int.class, "BLOCK", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc("Records that go through a step together: enough for vectors, few enough for the cache.")
                .initializer("$L", BLOCK)
                .build();
    }

    private static MethodSpec constructor(Network network) {
        MethodSpec.Builder constructor = MethodSpec.constructorBuilder()
                .addParameter(double[].class, "parameters")
                .addStatement("this.parameters = parameters");
        if (network.constants() > 0) {
            constructor.addParameter(double[].class, "constants").addStatement("this.constants = constants");
        }
        return constructor.addStatement("fill(weightRows, 1)").build();
    }

    private static MethodSpec forward(Network network) {
        return MethodSpec.methodBuilder("forward")
                .addJavadoc("The forward pass for a range of records.")
                .addParameter(double[].class, "inputs")
                .addParameter(int.class, "fromRecord")
                .addParameter(int.class, "toRecord")
                .addParameter(double[].class, "outputs")
                .beginControlFlow("for (int first = fromRecord; first < toRecord; first += BLOCK)")
                .addStatement(
                        "$L(inputs, $L * first, outputs, $L * first, min(BLOCK, toRecord - first))",
                        Operation.FORWARD.blockName(),
                        network.inputs(),
                        network.outputs())
                .endControlFlow()
                .build();
    }

    private static MethodSpec end() {
        return MethodSpec.methodBuilder("end")
                .addJavadoc(
                        "Where the blocks of a range end: a last one of fewer than $L records takes longer, and is left out.",
                        Limits.FEW_RECORDS)
                .addModifiers(Modifier.STATIC)
                .returns(int.class)
                .addParameter(int.class, "fromRecord")
                .addParameter(int.class, "toRecord")
                .addStatement("final int rest = (toRecord - fromRecord) % BLOCK")
                .addStatement("return rest < $L ? toRecord - rest : toRecord", Limits.FEW_RECORDS)
                .build();
    }

    private static MethodSpec backprop(Network network) {
        return MethodSpec.methodBuilder("backprop")
                .addJavadoc(
                        "Backpropagation for a range of records, of weight 1 where weights is null; returns the sum of E.")
                .returns(double.class)
                .addParameter(double[].class, "inputs")
                .addParameter(double[].class, "targets")
                .addParameter(double[].class, "weights")
                .addParameter(int.class, "fromRecord")
                .addParameter(int.class, "toRecord")
                .addParameter(double[].class, "gradient")
                .addStatement("double sum = 0")
                .beginControlFlow("for (int first = fromRecord; first < toRecord; first += BLOCK)")
                .addStatement("final int records = min(BLOCK, toRecord - first)")
                .beginControlFlow("if (weights != null)")
                .addStatement("arraycopy(weights, first, weightRows, 0, records)")
                .endControlFlow()
                .addStatement(
                        "$L(inputs, $L * first, targets, $L * first, gradient, records)",
                        Operation.BACKPROP.blockName(),
                        network.inputs(),
                        network.outputs())
                .beginControlFlow("for (int r = 0; r < records; r++)")
                .addStatement("sum += ERows[r]")
                .endControlFlow()
                .endControlFlow()
                .addComment("What is computed for a record alone has weight 1")
                .addStatement("fill(weightRows, 1)")
                .addStatement("return sum")
                .build();
    }
}
