package dev.chainrule.processor.writing;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import dev.chainrule.processor.derivation.Operations;
import dev.chainrule.processor.model.GeneratedType;
import dev.chainrule.processor.model.Network;
import dev.chainrule.processor.model.TrainedNetwork;
import dev.chainrule.processor.rendering.JavaFunctions;
import dev.chainrule.processor.rendering.JavaNumbers;
import dev.chainrule.processor.routine.Freezing;
import dev.chainrule.processor.routine.FrozenStorage;
import dev.chainrule.processor.routine.Limits;
import dev.chainrule.processor.routine.Operation;
import dev.chainrule.processor.routine.Program;
import dev.chainrule.processor.routine.RecordAccess;
import dev.chainrule.processor.routine.Routine;
import dev.chainrule.processor.routine.Storage;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/**
 * Writes the class of a frozen network. Where the forward pass is one method, that is all, with the parameters as literals.
 * Otherwise the parameters stand in an array, and each thread has an instance with what the steps leave for each other.
 */
public final class FrozenWriter {
    private final GeneratedType type;
    private final TrainedNetwork trained;
    private final Network network;
    private final Program program;
    private final JavaNumbers numbers;
    private final Routine forward;

    private FrozenWriter(GeneratedType type, TrainedNetwork trained, Program program) {
        this.type = type;
        this.trained = trained;
        this.network = trained.network();
        this.program = program;
        this.numbers = JavaNumbers.of(trained.precision());
        this.forward = program.operations().get(Operation.FORWARD);
    }

    /**
     * The file of a frozen network's class.
     *
     * @param program of its forward pass alone
     */
    public static JavaFile write(GeneratedType type, TrainedNetwork trained, Program program) {
        return new FrozenWriter(type, trained, program).file();
    }

    private JavaFile file() {
        boolean isInCode = forward.isStep();
        TypeSpec.Builder builder = ClassFrame.opened(
                type,
                ClassDocumentation.ofFrozen(
                        type, trained, isInCode ? Optional.empty() : Optional.of(inArray(RecordAccess.AMONG_OTHERS))));
        ClassFrame.sizes(network).forEach(builder::addField);
        if (isInCode) {
            inCode(builder);
        } else {
            inSteps(builder);
        }
        builder.addMethod(checkLength());
        return ClassFrame.file(type, builder.build(), JavaFunctions.calledBy(program, numbers));
    }

    private void inCode(TypeSpec.Builder builder) {
        builder.addMethod(constructor());
        MethodSpec.Builder method = forward();
        if (isPredicting()) {
            String inputs = IntStream.range(0, network.inputs())
                    .mapToObj("input[%d]"::formatted)
                    .collect(Collectors.joining(", "));
            builder.addMethod(
                    method.addStatement("output[0] = predict($L)", inputs).build());
            Routine predict = Freezing.predicting(forward);
            builder.addMethod(predict()
                    .addCode(
                            "$L",
                            bodies(access -> FrozenStorage.inCodeByArguments(trained, access))
                                    .text(predict))
                    .build());
        } else {
            Routine literal = Freezing.withLiterals(forward);
            builder.addMethod(method.addCode(
                            "$L",
                            bodies(access -> FrozenStorage.inCode(trained, access))
                                    .text(literal))
                    .build());
        }
    }

    private void inSteps(TypeSpec.Builder builder) {
        ClassFrame.vectorFlag(type, program).ifPresent(builder::addField);
        FrozenStorage parameters = inArray(RecordAccess.AMONG_OTHERS);
        EncodedParameters.addTo(
                builder,
                trained.parameters(),
                parameters,
                numbers,
                "Layer by layer, the rows of weights and then the biases." + noteOnZeros(parameters));
        builder.addField(threadLocal());
        ClassFrame.scratch(program, numbers).forEach(builder::addField);
        if (isPredicting()) {
            builder.addField(array("predictInput", "INPUTS"));
            builder.addField(array("predictOutput", "OUTPUTS"));
        }
        builder.addMethod(constructor());
        builder.addMethod(forward()
                .addStatement("ofThread().forwardRecord(input, output)")
                .build());
        if (isPredicting()) {
            builder.addMethod(predictInSteps());
        }
        builder.addMethod(ofThread());
        MethodBodies bodies = bodies(this::inArray);
        builder.addMethod(MethodSpec.methodBuilder("forwardRecord")
                .addModifiers(Modifier.PRIVATE)
                .addParameter(numbers.array(), "input")
                .addParameter(numbers.array(), "output")
                .addCode("$L", bodies.text(forward))
                .build());
        program.steps().forEach(step -> builder.addMethod(bodies.step(step)));
    }

    private String noteOnZeros(FrozenStorage parameters) {
        if (parameters.length() == network.parameters()) {
            return "";
        }
        return usesVectors()
                ? "\nNarrow rows are filled up with zeros, so that each is a vector."
                : "\nWide rows are filled up with zeros, so that HotSpot makes vector instructions of loops over them.";
    }

    private boolean usesVectors() {
        return program.vectorCalls().findAny().isPresent();
    }

    private FrozenStorage inArray(RecordAccess access) {
        return FrozenStorage.inArray(trained, access, usesVectors());
    }

    private MethodBodies bodies(Function<RecordAccess, Storage> storage) {
        return new MethodBodies(storage, VectorClass.of(type).name());
    }

    private FieldSpec threadLocal() {
        ParameterizedTypeName threadLocal = ParameterizedTypeName.get(ClassName.get(ThreadLocal.class), name());
        String line = "    private static final ThreadLocal<" + type.name() + "> OF_THREAD = new ThreadLocal<>();";
        return FieldSpec.builder(threadLocal, "OF_THREAD", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer(
                        line.length() > ClassFrame.WIDTH ? "\n$>$>new $T<>()$<$<" : "new $T<>()", ThreadLocal.class)
                .build();
    }

    private FieldSpec array(String name, String length) {
        return FieldSpec.builder(numbers.array(), name, Modifier.PRIVATE, Modifier.FINAL)
                .initializer("new $T[$L]", numbers.type(), length)
                .build();
    }

    private static MethodSpec constructor() {
        return MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build();
    }

    /** The start of {@code forward}. */
    private MethodSpec.Builder forward() {
        return MethodSpec.methodBuilder("forward")
                .addJavadoc(
                        "The forward pass.\n\n$L\n", Paragraph.of("<p>" + Operations.count(forward.sections()) + "."))
                .addJavadoc("\n@param input $L\n", values(network.inputs()))
                .addJavadoc("@param output receives $L; may be the same array\n", values(network.outputs()))
                .addJavadoc("@throws IllegalArgumentException if an array has another length; nothing is written then")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .addParameter(numbers.array(), "input")
                .addParameter(numbers.array(), "output")
                .addStatement("checkLength($S, input, INPUTS)", "input")
                .addStatement("checkLength($S, output, OUTPUTS)", "output");
    }

    private static String values(int count) {
        return count == 1 ? "1 value" : count + " values";
    }

    /** Whether the inputs are few enough to be arguments, for the one output. */
    private boolean isPredicting() {
        return network.inputs() <= Limits.PREDICT_INPUTS && network.outputs() == 1;
    }

    /** The start of {@code predict}. */
    private MethodSpec.Builder predict() {
        MethodSpec.Builder method = MethodSpec.methodBuilder("predict")
                .addJavadoc("{@return the output for these inputs, the same as that of {@code forward}}\n")
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(numbers.type());
        for (int i = 0; i < network.inputs(); i++) {
            method.addJavadoc("\n@param x_$L input $L", i, i).addParameter(numbers.type(), "x_" + i);
        }
        return method;
    }

    private MethodSpec predictInSteps() {
        MethodSpec.Builder method = predict().addStatement("final $L network = ofThread()", type.name());
        for (int i = 0; i < network.inputs(); i++) {
            method.addStatement("network.predictInput[$L] = x_$L", i, i);
        }
        return method.addStatement("network.forwardRecord(network.predictInput, network.predictOutput)")
                .addStatement("return network.predictOutput[0]")
                .build();
    }

    private ClassName name() {
        return ClassName.get(type.packageName(), type.name());
    }

    private MethodSpec ofThread() {
        return MethodSpec.methodBuilder("ofThread")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(name())
                .addStatement("$L network = OF_THREAD.get()", type.name())
                .beginControlFlow("if (network == null)")
                .addStatement("network = new $L()", type.name())
                .addStatement("OF_THREAD.set(network)")
                .endControlFlow()
                .addStatement("return network")
                .build();
    }

    private MethodSpec checkLength() {
        return MethodSpec.methodBuilder("checkLength")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addParameter(String.class, "what")
                .addParameter(numbers.array(), "array")
                .addParameter(int.class, "expected")
                .beginControlFlow("if (array.length != expected)")
                .addStatement(
                        "throw new $T(what + $S + array.length + $S + expected)",
                        IllegalArgumentException.class,
                        " has ",
                        " values; expected ")
                .endControlFlow()
                .build();
    }
}
