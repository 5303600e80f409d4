package dev.chainrule.processor.classes;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.chainrule.annotations.Derivative;
import dev.chainrule.processor.code.Operation;
import dev.chainrule.processor.code.Program;
import dev.chainrule.processor.code.Routine;
import dev.chainrule.processor.code.Storage;
import dev.chainrule.processor.java.JavaFunctions;
import dev.chainrule.processor.java.JavaNumbers;
import dev.chainrule.processor.network.GeneratedType;
import dev.chainrule.processor.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;

/** The class beside a network's that has the derivatives which only some networks have. */
public final class DerivativeClass {
    private static final String RUNTIME = "dev.chainrule.runtime";
    private static final String FILL = "java.util.Arrays.fill";

    private final GeneratedType networkType;
    private final Network network;
    private final Program program;
    private final Set<Derivative> also;

    /** The static methods that are called, by their qualified names. */
    private final Set<String> functions = new TreeSet<>();

    private DerivativeClass(GeneratedType networkType, Network network, Program program, Set<Derivative> also) {
        this.networkType = networkType;
        this.network = network;
        this.program = program;
        this.also = also;
    }

    /** Its name: that of the network's class, then Derivatives. */
    public static GeneratedType of(GeneratedType network) {
        return new GeneratedType(
                network.packageName(),
                network.name() + "Derivatives",
                network.name(),
                false,
                network.canNameGenerator());
    }

    /** What has to be computed for some derivatives. */
    public static List<Operation> operations(Set<Derivative> also) {
        List<Operation> operations = new ArrayList<>();
        if (also.contains(Derivative.JACOBIAN)) {
            operations.add(Operation.OUTPUT_BY_INPUTS);
        }
        if (also.contains(Derivative.PARAMETER_JACOBIAN)) {
            operations.add(Operation.OUTPUT_BY_PARAMETERS);
        }
        if (also.contains(Derivative.HESSIAN_VECTOR) || also.contains(Derivative.HESSIAN)) {
            operations.add(Operation.HESSIAN_VECTOR);
        }
        if (also.contains(Derivative.INPUT_HESSIAN)) {
            operations.add(Operation.INPUT_HESSIAN_VECTOR);
        }
        return operations;
    }

    /** Its text, for a network's class of this name; {@code program} has the {@link #operations}. */
    public static String text(GeneratedType networkType, Network network, Program program, Set<Derivative> also) {
        return new DerivativeClass(networkType, network, program, also).text();
    }

    private String text() {
        GeneratedType type = of(networkType);
        MethodBodies bodies = new MethodBodies(access -> Storage.of(network, access), "", List.of());
        TypeSpec.Builder builder = ClassFrame.opened(type, documentation());
        ClassFrame.fields(networkType, network, program).forEach(builder::addField);
        arrays(builder);
        builder.addMethod(constructor());
        if (also.contains(Derivative.JACOBIAN)) {
            builder.addMethod(jacobian("jacobian", Operation.OUTPUT_BY_INPUTS, network.inputs()));
        }
        if (also.contains(Derivative.PARAMETER_JACOBIAN)) {
            builder.addMethod(jacobian("parameterJacobian", Operation.OUTPUT_BY_PARAMETERS, network.parameters()));
        }
        if (also.contains(Derivative.HESSIAN)) {
            builder.addMethod(hessian("hessian", Operation.HESSIAN_VECTOR, network.parameters()));
        }
        if (also.contains(Derivative.INPUT_HESSIAN)) {
            builder.addMethod(hessian("inputHessian", Operation.INPUT_HESSIAN_VECTOR, network.inputs()));
        }
        program.operations().forEach((operation, routine) -> builder.addMethod(bodies.method(routine)));
        program.steps().forEach(step -> builder.addMethod(bodies.step(step)));
        functions.addAll(JavaFunctions.calledBy(program, JavaNumbers.DOUBLE));
        return SourceText.of(type, ClassFrame.file(type, builder.build(), functions));
    }

    private String documentation() {
        return Paragraph.of(
                        "The derivatives of {@link " + networkType.name() + "} besides its gradient. Those of an output"
                                + " are the gradient of E = sum_j seed_j * y_j, by backpropagation, for a seed of 1 at that output:"
                                + " dy/dw1_0_0 is its derivative by w1_0_0."
                                + " The second derivative of the loss E is had by its product with a direction v: the equations of"
                                + " backpropagation are differentiated once more, and v_z1_0 is how z1_0 changes where each"
                                + " parameter p moves by its v, Hv_w1_0_0 how dE/dw1_0_0 does.")
                + "\n";
    }

    /** What the loops over outputs and directions work with. */
    private void arrays(TypeSpec.Builder builder) {
        if (also.contains(Derivative.HESSIAN)) {
            builder.addField(array("direction", network.parameters()));
        }
        if (also.contains(Derivative.INPUT_HESSIAN)) {
            builder.addField(array("inputDirection", network.inputs()));
        }
        if (also.contains(Derivative.HESSIAN) || also.contains(Derivative.INPUT_HESSIAN)) {
            int parameters = also.contains(Derivative.HESSIAN) ? network.parameters() : 0;
            int inputs = also.contains(Derivative.INPUT_HESSIAN) ? network.inputs() : 0;
            builder.addField(array("row", Math.max(parameters, inputs)));
        }
    }

    private static FieldSpec array(String name, int length) {
        return FieldSpec.builder(double[].class, name, Modifier.PRIVATE, Modifier.FINAL)
                .initializer("new double[$L]", length)
                .build();
    }

    private MethodSpec constructor() {
        MethodSpec.Builder constructor = MethodSpec.constructorBuilder()
                .addParameter(double[].class, "parameters")
                .addStatement("this.parameters = parameters");
        if (network.constants() > 0) {
            constructor.addParameter(double[].class, "constants").addStatement("this.constants = constants");
        }
        return constructor.build();
    }

    /** A row for each output. */
    private MethodSpec jacobian(String name, Operation operation, int columns) {
        Routine row = program.operations().get(operation);
        MethodSpec.Builder method = MethodSpec.methodBuilder(name)
                .addJavadoc("Writes a row for each output.")
                .addParameter(double[].class, "input")
                .addParameter(double[].class, "jacobian");
        if (row.entries() < columns) {
            functions.add(FILL);
            method.addComment("What the outputs do not change with is not written")
                    .addStatement("fill(jacobian, 0)");
        }
        if (!row.isStep()) {
            method.addStatement("$L(input)", Operation.UNITS.methodName());
        }
        return method.beginControlFlow("for (int j = 0; j < $L; j++)", network.outputs())
                .addStatement("$L(input, j, jacobian, $L * j)", operation.methodName(), columns)
                .endControlFlow()
                .build();
    }

    /** A row for each direction, of which both triangles take the lower one, so that they are equal to the bit. */
    private MethodSpec hessian(String name, Operation operation, int size) {
        functions.add(FILL);
        String direction = operation == Operation.HESSIAN_VECTOR ? "direction" : "inputDirection";
        CodeBlock.Builder code = CodeBlock.builder()
                .addStatement("double loss = 0")
                .beginControlFlow("for (int i = 0; i < $L; i++)", size)
                .addStatement("fill(row, 0)")
                .addStatement("$L[i] = 1", direction)
                .addStatement("loss = $L(input, target, $L, row)", operation.methodName(), direction)
                .addStatement("$L[i] = 0", direction)
                .beginControlFlow("for (int j = 0; j < i; j++)")
                .addStatement("hessian[$L * i + j] += row[j]", size)
                .addStatement("hessian[$L * j + i] += row[j]", size)
                .endControlFlow()
                .addStatement("hessian[$L * i + i] += row[i]", size)
                .endControlFlow()
                .addStatement("return loss");
        return MethodSpec.methodBuilder(name)
                .addJavadoc("Adds to both triangles what one direction after the other says of the lower one.")
                .returns(double.class)
                .addParameter(double[].class, "input")
                .addParameter(double[].class, "target")
                .addParameter(double[].class, "hessian")
                .addCode(code.build())
                .build();
    }

    /** The interface of the runtime that a derivative is. */
    static ClassName interfaceOf(Derivative derivative) {
        return ClassName.get(
                RUNTIME,
                switch (derivative) {
                    case JACOBIAN -> "JacobianNetwork";
                    case PARAMETER_JACOBIAN -> "ParameterJacobianNetwork";
                    case HESSIAN_VECTOR -> "HessianVectorNetwork";
                    case HESSIAN -> "HessianNetwork";
                    case INPUT_HESSIAN -> "InputHessianNetwork";
                });
    }

    /** The method of the network's class that a derivative is. */
    static MethodSpec method(Derivative derivative, Network network) {
        boolean isOfLoss = derivative != Derivative.JACOBIAN && derivative != Derivative.PARAMETER_JACOBIAN;
        MethodSpec.Builder method = MethodSpec.methodBuilder(name(derivative))
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(isOfLoss ? double.class : void.class);
        List<String> arguments = new ArrayList<>(List.of("input"));
        check(method, "input", "INPUTS");
        if (isOfLoss) {
            arguments.add("target");
            check(method, "target", "OUTPUTS");
        }
        switch (derivative) {
            case JACOBIAN -> check(method, "jacobian", "OUTPUTS * INPUTS");
            case PARAMETER_JACOBIAN -> check(method, "jacobian", "OUTPUTS * PARAMETERS");
            case HESSIAN_VECTOR -> {
                arguments.add("v");
                check(method, "v", "PARAMETERS");
                check(method, "product", "PARAMETERS");
            }
            case HESSIAN -> check(method, "hessian", "PARAMETERS * PARAMETERS");
            case INPUT_HESSIAN -> check(method, "hessian", "INPUTS * INPUTS");
        }
        arguments.add(isOfLoss ? derivative == Derivative.HESSIAN_VECTOR ? "product" : "hessian" : "jacobian");
        ClassFrame.checkCategories(method, network, "input[$L]");
        if (derivative == Derivative.HESSIAN && network.parameters() == 0) {
            return method.addStatement("return loss(input, target)").build();
        }
        return method.addStatement(
                        "$Lderivatives.$L($L)",
                        isOfLoss ? "return " : "",
                        name(derivative),
                        String.join(", ", arguments))
                .build();
    }

    private static void check(MethodSpec.Builder method, String array, String length) {
        method.addParameter(double[].class, array).addStatement("checkLength($1S, $1L, $2L)", array, length);
    }

    private static String name(Derivative derivative) {
        return switch (derivative) {
            case JACOBIAN -> "jacobian";
            case PARAMETER_JACOBIAN -> "parameterJacobian";
            case HESSIAN_VECTOR -> "hessianVector";
            case HESSIAN -> "hessian";
            case INPUT_HESSIAN -> "inputHessian";
        };
    }
}
