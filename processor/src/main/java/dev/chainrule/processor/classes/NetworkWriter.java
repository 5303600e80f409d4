package dev.chainrule.processor.classes;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.chainrule.processor.code.Operation;
import dev.chainrule.processor.code.Program;
import dev.chainrule.processor.code.Routine;
import dev.chainrule.processor.code.Scratch;
import dev.chainrule.processor.code.Storage;
import dev.chainrule.processor.java.JavaFunctions;
import dev.chainrule.processor.java.JavaNumbers;
import dev.chainrule.processor.java.JavaSource;
import dev.chainrule.processor.network.GeneratedType;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.LossFunction;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.rules.Operations;
import dev.chainrule.processor.schedule.Limits;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import javax.lang.model.element.Modifier;

/** Writes the class of a network, from its documentation down to the steps that its methods call. */
public final class NetworkWriter {
    private static final String RUNTIME = "dev.chainrule.runtime";
    private static final ClassName LAYOUT = ClassName.get(RUNTIME, "ParameterLayout");
    private static final ClassName TARGET_KIND = ClassName.get(RUNTIME, "TargetKind");

    private final GeneratedType type;
    private final Network network;
    private final Program program;
    private final MethodBodies bodies;

    private NetworkWriter(GeneratedType type, Network network, Program program) {
        this.type = type;
        this.network = network;
        this.program = program;
        this.bodies = new MethodBodies(
                access -> Storage.of(network, access), VectorClass.of(type).name(), List.of());
    }

    /** The source of a network's class. */
    public static JavaSource write(GeneratedType type, Network network, Program program) {
        NetworkWriter writer = new NetworkWriter(type, network, program);
        return new JavaSource(SourceText.of(type, writer.file()), writer.bodies.rendered());
    }

    private JavaFile file() {
        TypeSpec.Builder builder = ClassFrame.opened(type, ClassDocumentation.of(type, network))
                .addSuperinterface(ClassName.get(RUNTIME, interfaceName()));
        constants(builder);
        ClassFrame.vectorFlag(type, program).ifPresent(builder::addField);
        builder.addField(FieldSpec.builder(double[].class, "parameters", Modifier.PRIVATE, Modifier.FINAL)
                .build());
        program.scratch().stream().map(NetworkWriter::field).forEach(builder::addField);
        if (program.looksUpNodes()) {
            builder.addField(FieldSpec.builder(int[].class, "nodes", Modifier.PRIVATE, Modifier.FINAL)
                    .initializer("new int[$L]", VectorClass.LANES_AT_MOST)
                    .build());
        }
        constructors(builder);
        accessors(builder);
        operations(builder);
        for (Routine step : program.steps()) {
            builder.addMethod(bodies.step(step));
        }
        Set<String> functions = new TreeSet<>(JavaFunctions.calledBy(program, JavaNumbers.DOUBLE));
        functions.add(RUNTIME + ".Shapes.checkLength");
        functions.add(RUNTIME + ".Shapes.checkRecords");
        if (hasBlocks()) {
            functions.add("java.lang.Math.min");
        }
        return ClassFrame.file(type, builder.build(), functions);
    }

    private String interfaceName() {
        return program.operations().containsKey(Operation.FULL_GRADIENT) ? "FullGradientNetwork" : "TrainableNetwork";
    }

    private void constants(TypeSpec.Builder builder) {
        ClassFrame.sizes(network).forEach(builder::addField);
        builder.addField(ClassFrame.constant("PARAMETERS", network.parameters(), "The number of weights and biases."));
        int activations = network.layers().stream().mapToInt(Layer::units).sum();
        builder.addField(ClassFrame.constant("ACTIVATIONS", activations, "The number of units, inputs not counted."));
        if (hasBlocks()) {
            builder.addField(FieldSpec.builder(int.class, "BLOCK", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                    .initializer("$L", Limits.BLOCK_RECORDS)
                    .build());
        }
        builder.addField(array("int", int[].class, "UNITS", layer -> Integer.toString(layer.units())));
        builder.addField(array("boolean", boolean[].class, "BIASES", layer -> Boolean.toString(layer.bias())));
        builder.addField(FieldSpec.builder(LAYOUT, "LAYOUT", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer("$T.of(INPUTS, UNITS, BIASES)", LAYOUT)
                .build());
    }

    private FieldSpec array(String element, Class<?> type, String name, Function<Layer, String> value) {
        String declaration = "    private static final " + element + "[] " + name + " = ";
        List<String> values = network.layers().stream().map(value).toList();
        return FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer("$L", ArrayInitializer.of(declaration, values))
                .build();
    }

    private static FieldSpec field(Scratch scratch) {
        return scratch.size() == 0
                ? FieldSpec.builder(double.class, scratch.name(), Modifier.PRIVATE)
                        .build()
                : FieldSpec.builder(double[].class, scratch.name(), Modifier.PRIVATE, Modifier.FINAL)
                        .initializer("new double[$L]", scratch.size())
                        .build();
    }

    private void constructors(TypeSpec.Builder builder) {
        builder.addMethod(MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc("Makes a network with parameters of its own, all zero.")
                .addStatement("this(new double[PARAMETERS])")
                .build());
        builder.addMethod(MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc("Makes a network that works on the caller's parameters; several networks can share them.\n")
                .addJavadoc("\n@param parameters $L values, used as they are and not copied", network.parameters())
                .addParameter(double[].class, "parameters")
                .addStatement("checkLength($S, parameters, PARAMETERS)", "parameters")
                .addStatement("this.parameters = parameters")
                .build());
    }

    private void accessors(TypeSpec.Builder builder) {
        builder.addMethod(accessor("inputs", TypeName.INT, "INPUTS").build());
        builder.addMethod(accessor("outputs", TypeName.INT, "OUTPUTS").build());
        builder.addMethod(accessor("parameters", TypeName.get(double[].class), "parameters")
                .build());
        builder.addMethod(accessor("layout", LAYOUT, "LAYOUT").build());
        builder.addMethod(accessor("topology", TypeName.get(String.class), TextLiteral.of(network.topology()))
                .build());
        builder.addMethod(accessor("toString", TypeName.get(String.class), TextLiteral.of(text()))
                .build());
        targetKind()
                .ifPresent(kind ->
                        builder.addMethod(accessor("targetKind", TARGET_KIND, CodeBlock.of("$T.$L", TARGET_KIND, kind))
                                .build()));
        builder.addMethod(accessor("parameterName", TypeName.get(String.class), "LAYOUT.name(index)")
                .addParameter(int.class, "index")
                .build());
    }

    /** What debuggers and logs show of an instance. */
    private String text() {
        int parameters = network.parameters();
        return type.name() + " " + network.topology() + ", " + parameters
                + (parameters == 1 ? " parameter" : " parameters");
    }

    /** What the loss asks of targets, where it asks anything. */
    private Optional<String> targetKind() {
        return network.loss() instanceof LossFunction.Named named
                ? switch (named.loss()) {
                    case BINARY_CROSS_ENTROPY -> Optional.of("PROBABILITIES");
                    case CATEGORICAL_CROSS_ENTROPY -> Optional.of("DISTRIBUTION");
                    default -> Optional.empty();
                }
                : Optional.empty();
    }

    private static MethodSpec.Builder accessor(String name, TypeName type, Object value) {
        return MethodSpec.methodBuilder(name)
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(type)
                .addStatement("return $L", value);
    }

    private void operations(TypeSpec.Builder builder) {
        program.operations().forEach((operation, routine) -> {
            builder.addMethod(operation(operation, routine));
            Routine block = program.blocks().get(operation);
            if (operation == Operation.FORWARD && block != null) {
                builder.addMethod(forwardOfRange());
            } else if (operation == Operation.BACKPROP) {
                builder.addMethod(backpropOfRange(routine));
                builder.addMethod(bodies.step(routine));
            }
            if (block != null) {
                builder.addMethod(bodies.step(block));
            }
        });
    }

    private MethodSpec operation(Operation operation, Routine routine) {
        MethodSpec.Builder method = switch (operation) {
            case FORWARD -> bodies.checked("forward", "The forward pass.", void.class, "", "input", "output");
            case ACTIVATIONS ->
                bodies.checked(
                        "activations",
                        "The forward pass with the values of all units: {@code a1_0, a1_1, ..., a2_0, ...}.",
                        void.class,
                        "",
                        "input",
                        "activations");
            case LOSS -> bodies.checked("loss", "The error E of one record.", double.class, "", "input", "target");
            case INPUT_GRADIENT ->
                bodies.checked(
                        "inputGradient",
                        "Adds dE/dx to {@code gradient} for every input x, by backpropagation, and returns E.",
                        double.class,
                        "INPUTS",
                        "input",
                        "target",
                        "gradient");
            case FULL_GRADIENT ->
                bodies.checked(
                        "fullGradient",
                        Paragraph.of(
                                "Adds dE/dp to {@code gradient} for every parameter p, each by its own chain rule from the"
                                        + " error to the parameter, with nothing shared but the values of the forward pass, and"
                                        + " returns E."),
                        double.class,
                        "PARAMETERS",
                        "input",
                        "target",
                        "gradient");
            case BACKPROP ->
                bodies.checked(
                        "backprop",
                        "Adds dE/dp to {@code gradient} for every parameter p, by backpropagation, and returns E.",
                        double.class,
                        "PARAMETERS",
                        "input",
                        "target",
                        "gradient");
        };
        method.addJavadoc("\n\n$L\n", Paragraph.of("<p>" + Operations.count(routine.sections()) + "."));
        return operation == Operation.BACKPROP
                ? method.addStatement("return $L(input, 0, target, 0, gradient)", routine.name())
                        .build()
                : method.addCode("$L", bodies.text(routine)).build();
    }

    private static MethodSpec forwardOfRange() {
        return MethodBodies.overriding("forward", "The forward pass for a range of records.")
                .addParameter(double[].class, "inputs")
                .addParameter(int.class, "fromRecord")
                .addParameter(int.class, "toRecord")
                .addParameter(double[].class, "outputs")
                .addStatement("checkRecords(inputs, INPUTS, \"outputs\", outputs, OUTPUTS, fromRecord, toRecord)")
                .beginControlFlow("for (int first = fromRecord; first < toRecord; first += BLOCK)")
                .addStatement(
                        "forwardBlock(inputs, first * INPUTS, outputs, first * OUTPUTS, min(BLOCK, toRecord - first))")
                .endControlFlow()
                .build();
    }

    private MethodSpec backpropOfRange(Routine record) {
        MethodSpec.Builder method = MethodBodies.overriding("backprop", backpropOfRangeDocumentation())
                .returns(double.class)
                .addParameter(double[].class, "inputs")
                .addParameter(double[].class, "targets")
                .addParameter(int.class, "fromRecord")
                .addParameter(int.class, "toRecord")
                .addParameter(double[].class, "gradient")
                .addStatement("checkRecords(inputs, INPUTS, \"targets\", targets, OUTPUTS, fromRecord, toRecord)")
                .addStatement("checkLength($S, gradient, PARAMETERS)", "gradient")
                .addStatement("double error = 0")
                .addStatement("int first = fromRecord");
        if (hasBlocks()) {
            method.beginControlFlow("while (toRecord - first >= $L)", Limits.FEW_RECORDS)
                    .addStatement("final int records = min(BLOCK, toRecord - first)")
                    .addStatement("backpropBlock(inputs, first * INPUTS, targets, first * OUTPUTS, gradient, records)")
                    .beginControlFlow("for (int r = 0; r < records; r++)")
                    .addStatement("error += ERows[r]")
                    .endControlFlow()
                    .addStatement("first += records")
                    .endControlFlow();
        }
        return method.beginControlFlow("for (int record = first; record < toRecord; record++)")
                .addStatement(
                        "error += $L(inputs, record * INPUTS, targets, record * OUTPUTS, gradient)", record.name())
                .endControlFlow()
                .addStatement("return error")
                .build();
    }

    private String backpropOfRangeDocumentation() {
        return hasBlocks()
                ? Paragraph.of("Backpropagation for a range of records, in this order; returns the sum of E."
                                + " Blocks of records go through each step together, a few through all steps alone, to"
                                + " the same results bit for bit.")
                        + "\n"
                : "Backpropagation for a range of records, one after the other; returns the sum of E.\n";
    }

    private boolean hasBlocks() {
        return !program.blocks().isEmpty();
    }
}
