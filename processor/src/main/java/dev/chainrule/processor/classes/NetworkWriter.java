package dev.chainrule.processor.classes;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.chainrule.annotations.Derivative;
import dev.chainrule.processor.code.Operation;
import dev.chainrule.processor.code.Program;
import dev.chainrule.processor.code.Routine;
import dev.chainrule.processor.code.Statement;
import dev.chainrule.processor.code.Storage;
import dev.chainrule.processor.java.JavaFunctions;
import dev.chainrule.processor.java.JavaNumbers;
import dev.chainrule.processor.java.JavaSource;
import dev.chainrule.processor.network.GeneratedType;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.Part;
import dev.chainrule.processor.rules.Operations;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;

/** Writes the class of a network, from its documentation down to the steps that its methods call. */
public final class NetworkWriter {
    private static final String RUNTIME = "dev.chainrule.runtime";

    private final GeneratedType type;
    private final Network network;
    private final Program program;
    private final MethodBodies bodies;
    private final Set<Derivative> also;

    /** Whether a file has numbers to begin with. */
    private final boolean isPretrained;

    /** The class beside it that takes records in blocks. */
    private final Optional<ClassName> blockType;

    private NetworkWriter(
            GeneratedType type, Network network, Program program, Set<Derivative> also, boolean isPretrained) {
        this.also = also;
        this.isPretrained = isPretrained;
        this.type = type;
        this.network = network;
        this.program = program;
        this.bodies = new MethodBodies(
                access -> Storage.of(network, access), VectorClass.of(type).name(), List.of());
        this.blockType = program.blocks()
                .map(blocks ->
                        ClassName.get(type.packageName(), BlockClass.of(type).name()));
    }

    /**
     * The source of a network's class.
     *
     * @param also what it has besides the gradient
     * @param isPretrained whether the class beside it has the numbers of a file
     */
    public static JavaSource write(
            GeneratedType type, Network network, Program program, Set<Derivative> also, boolean isPretrained) {
        NetworkWriter writer = new NetworkWriter(type, network, program, also, isPretrained);
        return new JavaSource(writer.text(), writer.bodies.rendered());
    }

    private String text() {
        String text = SourceText.of(type, file());
        if (also.isEmpty()) {
            return text;
        }
        // JavaPoet breaks a list of interfaces in another way
        int start = text.indexOf(" implements ");
        int end = text.indexOf(" {", start);
        List<String> names =
                List.of(text.substring(start + " implements ".length(), end).split(",\\s+"));
        int before = start - text.lastIndexOf('\n', start);
        String together = " implements " + String.join(", ", names);
        String list = before + together.length() + " {".length() <= ClassFrame.WIDTH + 1
                ? together
                : "\n        implements " + String.join(",\n                ", names);
        return text.substring(0, start) + list + text.substring(end);
    }

    private boolean backpropIsOneMethod() {
        return program.ofRecord(Operation.BACKPROP).body().stream().noneMatch(Statement.Invoke.class::isInstance);
    }

    private JavaFile file() {
        TypeSpec.Builder builder = ClassFrame.opened(type, ClassDocumentation.of(type, network, backpropIsOneMethod()))
                .addSuperinterface(ClassName.get(RUNTIME, interfaceName()))
                .addSuperinterfaces(
                        also.stream().map(DerivativeClass::interfaceOf).toList());
        constants(builder);
        ClassFrame.fields(type, network, program).forEach(builder::addField);
        blockType.ifPresent(
                blocks -> builder.addField(FieldSpec.builder(blocks, "blocks", Modifier.PRIVATE, Modifier.FINAL)
                        .build()));
        if (!also.isEmpty()) {
            builder.addField(FieldSpec.builder(derivativeType(), "derivatives", Modifier.PRIVATE, Modifier.FINAL)
                    .build());
        }
        constructors(builder);
        if (isPretrained) {
            builder.addMethod(pretrained());
        }
        readOperations(builder);
        program.steps().forEach(step -> builder.addMethod(bodies.step(step)));
        otherOperations(builder);
        also.forEach(derivative -> builder.addMethod(DerivativeClass.method(derivative, network)));
        accessors(builder);
        Set<String> functions = new TreeSet<>(JavaFunctions.calledBy(program, JavaNumbers.DOUBLE));
        functions.add(RUNTIME + ".Shapes.checkLength");
        functions.add(RUNTIME + ".Shapes.checkRecords");
        if (!ClassFrame.categories(network).isEmpty()) {
            functions.add(RUNTIME + ".Shapes.checkCategory");
            functions.add(RUNTIME + ".Shapes.checkCategories");
        }
        if (hasFirstValues() || network.constants() > 0) {
            functions.add("java.util.Arrays.fill");
        }
        return ClassFrame.file(type, builder.build(), functions);
    }

    private ClassName derivativeType() {
        return ClassName.get(type.packageName(), DerivativeClass.of(type).name());
    }

    private String interfaceName() {
        return program.operations().containsKey(Operation.FULL_GRADIENT) ? "FullGradientNetwork" : "TrainableNetwork";
    }

    private void constants(TypeSpec.Builder builder) {
        ClassFrame.sizes(network).forEach(builder::addField);
        builder.addField(ClassFrame.constant("PARAMETERS", network.parameters(), "The number of weights and biases."));
        builder.addField(ClassFrame.constant("ACTIVATIONS", activations(), "The number of units, inputs not counted."));
        if (network.constants() > 0) {
            builder.addField(ClassFrame.constant(
                    "CONSTANTS",
                    network.constants(),
                    "The number of shifts and scales, which training does not change."));
        }
        DescriptionFields.of(type, network).forEach(builder::addField);
    }

    private void constructors(TypeSpec.Builder builder) {
        boolean hasConstants = network.constants() > 0;
        builder.addMethod(MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc(
                        "Makes a network with parameters of its own, all zero$L.",
                        (hasFirstValues() ? " but for letters with another first value" : "")
                                + (hasConstants ? ", and constants that are not set, NaN" : ""))
                .addStatement("this(new double[PARAMETERS])")
                .addCode(firstValues())
                .build());
        if (hasConstants) {
            builder.addMethod(sharing(
                            "Makes a network that works on the caller's parameters, with constants that are not set, NaN.\n")
                    .addStatement("this(parameters, new double[CONSTANTS])")
                    .addStatement("fill(constants, Double.NaN)")
                    .build());
        }
        MethodSpec.Builder sharing = sharing("Makes a network that works on the caller's parameters"
                + (hasConstants ? " and constants" : "") + "; several networks can share them.\n");
        if (hasConstants) {
            sharing.addParameter(double[].class, "constants")
                    .addJavadoc(
                            "\n@param constants $L, used as they are and not copied",
                            ClassFrame.values(network.constants()));
        }
        sharing.addJavadoc("\n@throws IllegalArgumentException if there are more or fewer")
                .addStatement("checkLength($S, parameters, PARAMETERS)", "parameters");
        if (hasConstants) {
            sharing.addStatement("checkLength($S, constants, CONSTANTS)", "constants");
        }
        sharing.addStatement("this.parameters = parameters");
        if (hasConstants) {
            sharing.addStatement("this.constants = constants");
        }
        String arguments = hasConstants ? "parameters, constants" : "parameters";
        blockType.ifPresent(blocks ->
                sharing.addStatement(assignment("this.blocks =", CodeBlock.of("new $T($L)", blocks, arguments))));
        if (!also.isEmpty()) {
            sharing.addStatement(
                    assignment("this.derivatives =", CodeBlock.of("new $T($L)", derivativeType(), arguments)));
        }
        builder.addMethod(sharing.build());
    }

    private MethodSpec pretrained() {
        ClassName own = ClassName.get(type.packageName(), type.name());
        ClassName numbers =
                ClassName.get(type.packageName(), NumbersClass.of(type).name());
        CodeBlock arguments = network.constants() > 0
                ? CodeBlock.of("$1T.parameters(), $1T.constants()", numbers)
                : CodeBlock.of("$T.parameters()", numbers);
        return MethodSpec.methodBuilder("pretrained")
                .addJavadoc("{@return a network with parameters of its own, those of the file that is declared}")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(own)
                .addStatement("return new $T($L)", own, arguments)
                .build();
    }

    private MethodSpec.Builder sharing(String documentation) {
        return MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc("$L", documentation)
                .addJavadoc(
                        "\n@param parameters $L, used as they are and not copied",
                        ClassFrame.values(network.parameters()))
                .addParameter(double[].class, "parameters");
    }

    /** A statement of a method that names the class for blocks, broken where that name is long. */
    private CodeBlock assignment(String left, CodeBlock right) {
        boolean fits = "        ".length()
                        + left.length()
                        + " ;".length()
                        + right.toString().length()
                <= ClassFrame.WIDTH
                        + (type.packageName().isEmpty() ? 0 : type.packageName().length() + 1);
        return CodeBlock.of("$L" + (fits ? " " : "\n") + "$L", left, right);
    }

    private boolean hasFirstValues() {
        return network.layers().stream()
                .flatMap(layer -> layer.activation().letters().values().stream())
                .anyMatch(value -> value != 0);
    }

    /** {@code fill(parameters, 12, 16, 0.25); // p1_beta}. */
    private CodeBlock firstValues() {
        CodeBlock.Builder code = CodeBlock.builder();
        for (int number = 1; number <= network.depth(); number++) {
            Layer layer = network.layer(number);
            int from = layer.firstLetter();
            for (Map.Entry<String, Double> letter : layer.activation().letters().entrySet()) {
                int to = from + layer.units();
                if (letter.getValue() != 0) {
                    String value = JavaNumbers.DOUBLE.literal(letter.getValue());
                    code.add("fill(parameters, $L, $L, $L); // p$L_$L\n", from, to, value, number, letter.getKey());
                }
                from = to;
            }
        }
        return code.build();
    }

    private void accessors(TypeSpec.Builder builder) {
        builder.addMethod(accessor("inputs", TypeName.INT, "INPUTS"));
        builder.addMethod(accessor("outputs", TypeName.INT, "OUTPUTS"));
        builder.addMethod(accessor("parameters", TypeName.get(double[].class), "parameters"));
        if (network.constants() > 0) {
            builder.addMethod(accessor("constants", TypeName.get(double[].class), "constants"));
        }
        ClassName own = ClassName.get(type.packageName(), type.name());
        String shared = network.constants() > 0 ? "parameters, constants" : "parameters";
        builder.addMethod(accessor("sharing", own, CodeBlock.of("new $T($L)", own, shared)));
        builder.addMethod(accessor("description", DescriptionFields.DESCRIPTION, "DESCRIPTION"));
        // What debuggers and logs show of an instance
        builder.addMethod(
                accessor("toString", TypeName.get(String.class), CodeBlock.of("$S + DESCRIPTION", type.name() + " ")));
    }

    private static MethodSpec accessor(String name, TypeName type, Object value) {
        return MethodSpec.methodBuilder(name)
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(type)
                .addStatement("return $L", value)
                .build();
    }

    /** What a reader comes for: the forward pass and the gradients of one record. */
    private void readOperations(TypeSpec.Builder builder) {
        builder.addMethod(operation(Operation.FORWARD));
        builder.addMethod(operation(Operation.BACKPROP));
        builder.addMethod(bodies.step(program.operations().get(Operation.BACKPROP)));
        if (program.operations().containsKey(Operation.FULL_GRADIENT)) {
            builder.addMethod(operation(Operation.FULL_GRADIENT));
        }
    }

    private void otherOperations(TypeSpec.Builder builder) {
        builder.addMethod(operation(Operation.LOSS));
        builder.addMethod(operation(Operation.INPUT_GRADIENT));
        builder.addMethod(operation(Operation.ACTIVATIONS));
        if (blockType.isPresent()) {
            builder.addMethod(forwardOfRange());
        }
        builder.addMethod(backpropOfRange());
        blockType.ifPresent(blocks -> builder.addMethod(weightedBackprop()));
    }

    private MethodSpec weightedBackprop() {
        return overriding(
                        "backprop",
                        "The same for weighted records: each record's E, and its derivatives, times its weight.\n")
                .returns(double.class)
                .addParameter(double[].class, "inputs")
                .addParameter(double[].class, "targets")
                .addParameter(double[].class, "weights")
                .addParameter(int.class, "fromRecord")
                .addParameter(int.class, "toRecord")
                .addParameter(double[].class, "gradient")
                .addCode(checkRecords("targets"))
                .addStatement("checkLength($S, weights, inputs.length / INPUTS)", "weights")
                .addStatement("checkLength($S, gradient, PARAMETERS)", "gradient")
                .addStatement("return blocks.backprop(inputs, targets, weights, fromRecord, toRecord, gradient)")
                .build();
    }

    private MethodSpec operation(Operation operation) {
        return switch (operation) {
            case FORWARD -> checked(operation, "forward", "The forward pass", "input", "output");
            case ACTIVATIONS ->
                checked(
                        operation,
                        "activations",
                        "The values of all units, {@code a1_0, a1_1, ..., a2_0, ...}",
                        "input",
                        "activations");
            case LOSS -> checked(operation, "loss", "The loss E of one record", "input", "target");
            case INPUT_GRADIENT ->
                checked(
                        operation,
                        "inputGradient",
                        "Adds dE/dx to {@code gradient} for every input x, by backpropagation",
                        "input",
                        "target",
                        "gradient");
            case FULL_GRADIENT ->
                checked(
                        operation,
                        "fullGradient",
                        "Adds dE/dp to {@code gradient} for every parameter p, each by its own chain rule, with nothing"
                                + " shared but the forward pass",
                        "input",
                        "target",
                        "gradient");
            case UNITS, OUTPUT_BY_INPUTS, OUTPUT_BY_PARAMETERS, HESSIAN_VECTOR, INPUT_HESSIAN_VECTOR ->
                throw new IllegalArgumentException(operation + " is of another class");
            case BACKPROP ->
                checked(
                        operation,
                        "backprop",
                        "Adds dE/dp to {@code gradient} for every parameter p, by backpropagation",
                        "input",
                        "target",
                        "gradient");
        };
    }

    /** The public method of an operation, which checks the lengths of its arrays. */
    private MethodSpec checked(Operation operation, String name, String does, String... arrays) {
        Routine routine = program.ofRecord(operation);
        MethodSpec.Builder method = overriding(
                        name, Paragraph.of(does + ": " + Operations.count(routine.sections()) + ".") + "\n")
                .returns(operation.findsError() ? double.class : void.class);
        for (String array : arrays) {
            method.addParameter(double[].class, array)
                    .addJavadoc("\n@param $L $L", array, shape(operation, array))
                    .addStatement("checkLength($S, $L, $L)", array, array, length(operation, array));
        }
        ClassFrame.checkCategories(method, network, "input[$L]");
        if (operation.findsError()) {
            method.addJavadoc("\n@return the loss E");
        }
        method.addJavadoc(
                "\n@throws IllegalArgumentException if an array has another length$L; nothing is written then",
                ClassFrame.orNoCategory(network));
        if (operation == Operation.BACKPROP) {
            return method.addStatement("return $L(input, 0, target, 0, gradient)", routine.name())
                    .build();
        } else if (!program.operations().containsKey(operation)) {
            String call = "blocks." + routine.name() + "(" + String.join(", ", arrays) + ")";
            return method.addStatement((operation.findsError() ? "return " : "") + call)
                    .build();
        }
        return method.addCode("$L", bodies.text(routine)).build();
    }

    private CodeBlock checkRecords(String others) {
        CodeBlock.Builder code = CodeBlock.builder();
        code.addStatement("checkRecords(inputs, INPUTS, $1S, $1L, OUTPUTS, fromRecord, toRecord)", others);
        for (Part part : ClassFrame.categories(network)) {
            code.addStatement(
                    "checkCategories($S, inputs, INPUTS, $L, fromRecord, toRecord, $L, $L)",
                    part.name(),
                    part.first(),
                    part.firstCategory(),
                    part.categories());
        }
        return code.build();
    }

    /** The constant that an array's length is. */
    private static String length(Operation operation, String array) {
        return switch (array) {
            case "input" -> "INPUTS";
            case "activations" -> "ACTIVATIONS";
            case "gradient" -> operation == Operation.INPUT_GRADIENT ? "INPUTS" : "PARAMETERS";
            default -> "OUTPUTS";
        };
    }

    private String shape(Operation operation, String array) {
        String values = ClassFrame.values(
                switch (length(operation, array)) {
                    case "INPUTS" -> network.inputs();
                    case "ACTIVATIONS" -> activations();
                    case "PARAMETERS" -> network.parameters();
                    default -> network.outputs();
                });
        return switch (array) {
            case "output" -> "receives " + values + "; may be the same array";
            case "activations" -> "receives " + values;
            case "gradient" -> values + ", added to";
            default -> values;
        };
    }

    /** The start of a public method. */
    private static MethodSpec.Builder overriding(String name, String documentation) {
        return MethodSpec.methodBuilder(name)
                .addJavadoc("$L", documentation)
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC);
    }

    private MethodSpec forwardOfRange() {
        return overriding("forward", ofRange("The forward pass", "outputs", ""))
                .addParameter(double[].class, "inputs")
                .addParameter(int.class, "fromRecord")
                .addParameter(int.class, "toRecord")
                .addParameter(double[].class, "outputs")
                .addCode(checkRecords("outputs"))
                .addStatement("blocks.forward(inputs, fromRecord, toRecord, outputs)")
                .build();
    }

    private MethodSpec backpropOfRange() {
        String blocks = blockType.isPresent()
                ? " Blocks of records go through each step together, a few alone, to the same bits."
                : "";
        MethodSpec.Builder method = overriding(
                        "backprop", ofRange("Backpropagation in order, returning the sum of E", "targets", blocks))
                .returns(double.class)
                .addParameter(double[].class, "inputs")
                .addParameter(double[].class, "targets")
                .addParameter(int.class, "fromRecord")
                .addParameter(int.class, "toRecord")
                .addParameter(double[].class, "gradient")
                .addCode(checkRecords("targets"))
                .addStatement("checkLength($S, gradient, PARAMETERS)", "gradient");
        if (blockType.isPresent()) {
            method.addStatement(assignment(
                            "final int end =", CodeBlock.of("$T.end(fromRecord, toRecord)", blockType.orElseThrow())))
                    .addStatement("double sum = blocks.backprop(inputs, targets, null, fromRecord, end, gradient)");
        } else {
            method.addStatement("double sum = 0");
        }
        return method.beginControlFlow(
                        "for (int record = $L; record < toRecord; record++)",
                        blockType.isPresent() ? "end" : "fromRecord")
                .addStatement("sum += backpropRecord(inputs, record * INPUTS, targets, record * OUTPUTS, gradient)")
                .endControlFlow()
                .addStatement("return sum")
                .build();
    }

    /** What a method does for the records of a range, one after the other. */
    private String ofRange(String does, String other, String blocks) {
        return Paragraph.of(does + ", for the records {@code fromRecord} to before {@code toRecord}, of "
                        + network.inputs() + " {@code inputs} and " + network.outputs() + " {@code " + other
                        + "} each." + blocks
                        + " Throws {@link IllegalArgumentException} if an array lacks some, and writes nothing.")
                + "\n";
    }

    private int activations() {
        return network.layers().stream().mapToInt(Layer::units).sum();
    }
}
