package dev.chainrule.processor.classes;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import dev.chainrule.processor.code.FrozenStorage;
import dev.chainrule.processor.code.Operation;
import dev.chainrule.processor.code.Program;
import dev.chainrule.processor.code.RecordAccess;
import dev.chainrule.processor.code.Routine;
import dev.chainrule.processor.code.Scratch;
import dev.chainrule.processor.code.Storage;
import dev.chainrule.processor.java.JavaFunctions;
import dev.chainrule.processor.java.JavaNumbers;
import dev.chainrule.processor.loops.Freezing;
import dev.chainrule.processor.network.GeneratedType;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.TrainedNetwork;
import dev.chainrule.processor.rules.Operations;
import dev.chainrule.processor.schedule.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/**
 * Writes the class of a frozen network. Where the forward pass is one method, that is all, with the parameters as literals.
 * Otherwise the parameters stand in an array, and each thread has arrays in which the steps leave values for each other.
 */
public final class FrozenWriter {
    private final GeneratedType type;
    private final TrainedNetwork trained;
    private final Network network;
    private final Program program;
    private final JavaNumbers numbers;
    private final Routine forward;
    private final List<String> labels;

    private FrozenWriter(GeneratedType type, TrainedNetwork trained, Program program, List<String> labels) {
        this.labels = labels;
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
     * @param labels the names of its answers, or none
     */
    public static JavaFile write(GeneratedType type, TrainedNetwork trained, Program program, List<String> labels) {
        return new FrozenWriter(type, trained, program, labels).file();
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
        FrozenDecisions.methods(network, numbers, labels).forEach(builder::addMethod);
        builder.addMethod(checkLength());
        if (!ClassFrame.categories(network).isEmpty()) {
            builder.addMethod(checkCategory());
        }
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
            MethodSpec.Builder predicting = predict();
            checkCategories(predicting, "x_$L");
            builder.addMethod(predicting
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
                trained.numbers(),
                parameters.spreads(),
                parameters.length(),
                numbers,
                EncodedParameters::textBlock,
                "Layer by layer, the rows of weights and then the biases." + noteOnZeros(parameters));
        builder.addField(ofThread(numbers.arrays(), "OF_THREAD")
                .addJavadoc(
                        "What the steps leave for each other: arrays, as a thread must not keep an object of this class,"
                                + "\nand with it the class.")
                .build());
        if (looksUpNodes()) {
            builder.addField(ofThread(int[].class, "NODES").build());
        }
        builder.addMethod(constructor());
        builder.addMethod(forward()
                .addStatement("forwardRecord(ofThread(), input, output)")
                .build());
        if (isPredicting()) {
            builder.addMethod(predictInSteps());
        }
        builder.addMethod(ofThread("ofThread", numbers.arrays(), "scratch", "OF_THREAD", CodeBlock.of("newScratch()")));
        builder.addMethod(newScratch());
        if (looksUpNodes()) {
            CodeBlock made = CodeBlock.of("new int[$L]", VectorClass.LANES_AT_MOST);
            builder.addMethod(ofThread("nodes", int[].class, "nodes", "NODES", made));
        }
        MethodBodies bodies = bodies(this::inArray);
        builder.addMethod(MethodSpec.methodBuilder("forwardRecord")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addParameter(numbers.arrays(), "scratch")
                .addParameter(numbers.array(), "input")
                .addParameter(numbers.array(), "output")
                .addCode("$L", bodies.text(forward))
                .build());
        program.steps().forEach(step -> builder.addMethod(bodies.step(step)));
    }

    private String noteOnZeros(FrozenStorage parameters) {
        if (parameters.length() == network.parameters() + network.constants()) {
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
        return new MethodBodies(
                storage,
                VectorClass.of(type).name(),
                program.scratch().stream().map(Scratch::name).toList());
    }

    /** Whether vector instructions need an array of places in a table. */
    private boolean looksUpNodes() {
        return numbers == JavaNumbers.DOUBLE && program.looksUpNodes();
    }

    private static FieldSpec.Builder ofThread(Class<?> type, String name) {
        ParameterizedTypeName local = ParameterizedTypeName.get(ThreadLocal.class, type);
        return FieldSpec.builder(local, name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer("new $T<>()", ThreadLocal.class);
    }

    private static MethodSpec constructor() {
        return MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build();
    }

    /** The start of {@code forward}. */
    private MethodSpec.Builder forward() {
        MethodSpec.Builder method = MethodSpec.methodBuilder("forward")
                .addJavadoc("$L\n", Paragraph.of("The forward pass: " + Operations.count(forward.sections()) + "."))
                .addJavadoc("\n@param input $L\n", ClassFrame.values(network.inputs()))
                .addJavadoc("@param output receives $L; may be the same array\n", ClassFrame.values(network.outputs()))
                .addJavadoc(
                        "@throws IllegalArgumentException if an array has another length$L; nothing is written then",
                        ClassFrame.orNoCategory(network))
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .addParameter(numbers.array(), "input")
                .addParameter(numbers.array(), "output")
                .addStatement("checkLength($S, input, INPUTS)", "input")
                .addStatement("checkLength($S, output, OUTPUTS)", "output");
        checkCategories(method, "input[$L]");
        return method;
    }

    private void checkCategories(MethodSpec.Builder method, String number) {
        ClassFrame.categories(network)
                .forEach(part -> method.addStatement(
                        "checkCategory($S, " + number + ", $L, $L)",
                        part.name(),
                        part.first(),
                        part.firstCategory(),
                        part.categories()));
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
        int arrays = program.scratch().size();
        MethodSpec.Builder method = predict();
        checkCategories(method, "x_$L");
        method.addStatement("final $T scratch = ofThread()", numbers.arrays())
                .addStatement("final $T input = scratch[$L]", numbers.array(), arrays)
                .addStatement("final $T output = scratch[$L]", numbers.array(), arrays + 1);
        for (int i = 0; i < network.inputs(); i++) {
            method.addStatement("input[$L] = x_$L", i, i);
        }
        return method.addStatement("forwardRecord(scratch, input, output)")
                .addStatement("return output[0]")
                .build();
    }

    private static MethodSpec ofThread(String name, Class<?> type, String variable, String field, CodeBlock made) {
        return MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(type)
                .addStatement("$T $L = $L.get()", type, variable, field)
                .beginControlFlow("if ($L == null)", variable)
                .addStatement("$L = $L", variable, made)
                .addStatement("$L.set($L)", field, variable)
                .endControlFlow()
                .addStatement("return $L", variable)
                .build();
    }

    /** Apart from {@code ofThread}, which has to stay small enough for the JIT compiler. */
    private MethodSpec newScratch() {
        List<Scratch> arrays = new ArrayList<>(program.scratch());
        if (isPredicting()) {
            arrays.add(new Scratch("the inputs of predict", network.inputs()));
            arrays.add(new Scratch("its output", network.outputs()));
        }
        CodeBlock.Builder code = CodeBlock.builder();
        for (int i = 0; i < arrays.size(); i++) {
            Scratch array = arrays.get(i);
            code.add("scratch[$L] = new $T[$L]; // $L\n", i, numbers.type(), array.size(), array.name());
        }
        return MethodSpec.methodBuilder("newScratch")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(numbers.arrays())
                .addStatement("final $T scratch = new $T[$L][]", numbers.arrays(), numbers.type(), arrays.size())
                .addCode(code.build())
                .addStatement("return scratch")
                .build();
    }

    private MethodSpec checkCategory() {
        return MethodSpec.methodBuilder("checkCategory")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addParameter(String.class, "part")
                .addParameter(numbers.type(), "number")
                .addParameter(int.class, "first")
                .addParameter(int.class, "categories")
                .beginControlFlow(
                        "if (!(number >= first && number < first + categories && number == $T.rint(number)))",
                        Math.class)
                .addStatement("final int last = first + categories - 1")
                .addStatement(
                        "throw new $T(part + $S + number + $S + first + $S + last)",
                        IllegalArgumentException.class,
                        " is ",
                        "; expected a whole number from ",
                        " to ")
                .endControlFlow()
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
