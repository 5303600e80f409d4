package dev.chainrule.processor.classes;

import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
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
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.TrainedNetwork;
import dev.chainrule.processor.property.ProvedProperty;
import dev.chainrule.processor.rules.Operations;
import dev.chainrule.processor.schedule.Limits;
import dev.chainrule.processor.schedule.Schedule;
import dev.chainrule.processor.schedule.Sparsity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/**
 * Writes the class of a frozen network. Where the forward pass is one method, it has the parameters as literals. Otherwise they
 * stand in an array, and each thread has arrays in which the steps leave values for each other.
 */
public final class FrozenWriter {
    private final GeneratedType type;
    private final TrainedNetwork trained;
    private final Schedule schedule;
    private final Network network;
    private final Program program;
    private final JavaNumbers numbers;
    private final Routine forward;
    private final FrozenRange range;
    private final List<MethodSpec> methods = new ArrayList<>();
    private final List<String> labels;
    private final List<ProvedProperty> proved;

    private FrozenWriter(
            GeneratedType type,
            TrainedNetwork trained,
            Schedule schedule,
            Program program,
            List<String> labels,
            List<ProvedProperty> proved) {
        this.labels = labels;
        this.proved = proved;
        this.type = type;
        this.trained = trained;
        this.schedule = schedule;
        this.network = trained.network();
        this.program = program;
        this.numbers = JavaNumbers.of(trained.precision());
        this.forward = program.operations().get(Operation.FORWARD);
        this.range = new FrozenRange(network, numbers, program.blocks());
    }

    /**
     * The file of a frozen network's class.
     *
     * @param schedule how its code is shaped
     * @param program of its forward pass, and of its Jacobian where it has one
     * @param labels the names of its answers, or none
     * @param proved what is proved of it
     */
    public static JavaFile write(
            GeneratedType type,
            TrainedNetwork trained,
            Schedule schedule,
            Program program,
            List<String> labels,
            List<ProvedProperty> proved) {
        return new FrozenWriter(type, trained, schedule, program, labels, proved).file();
    }

    private JavaFile file() {
        boolean isInCode = program.operations().values().stream().allMatch(Routine::isStep);
        TypeSpec.Builder builder = ClassFrame.opened(
                type,
                ClassDocumentation.ofFrozen(
                        type,
                        trained,
                        schedule,
                        isInCode ? Optional.empty() : Optional.of(inArray(RecordAccess.AMONG_OTHERS)),
                        proved));
        ClassFrame.sizes(network).forEach(builder::addField);
        if (usesVectors()) {
            builder.addField(ClassFrame.vectorFlag(type));
        }
        if (isInCode) {
            inCode(builder);
        } else {
            inSteps(builder);
        }
        methods.addAll(FrozenDecisions.methods(network, numbers, labels));
        methods.addAll(FrozenJacobian.methods(network, program, numbers));
        methods.add(checkLength());
        if (!ClassFrame.categories(network).isEmpty()) {
            methods.add(checkCategory());
        }
        Set<String> functions = JavaFunctions.calledBy(program, numbers);
        program.blocks().ifPresent(blocks -> functions.addAll(JavaFunctions.calledBy(blocks, numbers)));
        functions.add(range.function());
        functions.addAll(FrozenJacobian.functions(network, program));
        // What users call comes first
        methods.stream()
                .sorted(Comparator.comparing(
                        method -> method.modifiers().contains(Modifier.PRIVATE) && !method.isConstructor()))
                .forEach(builder::addMethod);
        return ClassFrame.file(type, builder.build(), functions);
    }

    private void inCode(TypeSpec.Builder builder) {
        range.fields(builder);
        methods.add(constructor());
        MethodSpec.Builder method = forward();
        if (isPredicting()) {
            String inputs = IntStream.range(0, network.inputs())
                    .mapToObj(k -> "input[" + k + "]")
                    .collect(Collectors.joining(", "));
            methods.add(method.addStatement("output[0] = predict($L)", inputs).build());
            Routine predict = Freezing.predicting(forward);
            MethodSpec.Builder predicting = predict();
            ClassFrame.checkCategories(predicting, network, "x_$L");
            methods.add(predicting
                    .addCode(
                            "$L",
                            bodies(access -> FrozenStorage.inCodeByArguments(trained, sparsity(), access))
                                    .text(predict))
                    .build());
        } else {
            Routine literal = Freezing.withLiterals(forward);
            methods.add(method.addCode(
                            "$L",
                            bodies(access -> FrozenStorage.inCode(trained, sparsity(), access))
                                    .text(literal))
                    .build());
        }
        if (FrozenJacobian.isIn(program)) {
            Routine row = Freezing.withLiterals(program.operations().get(Operation.OUTPUT_BY_INPUTS));
            methods.add(bodies(access -> FrozenStorage.inCode(trained, sparsity(), access))
                    .step(row));
        }
        range.methods(
                methods, blocks(access -> FrozenStorage.inCode(trained, sparsity(), access)), Freezing::withLiterals);
    }

    private void inSteps(TypeSpec.Builder builder) {
        FrozenStorage parameters = inArray(RecordAccess.AMONG_OTHERS);
        EncodedParameters.addTo(
                builder,
                parameters.numbers(),
                parameters.spreads(),
                parameters.length(),
                numbers,
                EncodedParameters::textBlock,
                "Layer by layer, the rows of weights and then the biases." + noteOnZeros(parameters));
        ThreadArrays ofThread = new ThreadArrays(numbers, "ofThread", "newScratch");
        builder.addField(ofThread.field()
                .addJavadoc(
                        "What the steps leave for each other: arrays, as a thread must not keep an object of this class,"
                                + "\nand with it the class.")
                .build());
        range.fields(builder);
        methods.add(constructor());
        methods.add(forward()
                .addStatement("forwardRecord(ofThread(), input, output)")
                .build());
        if (isPredicting()) {
            methods.add(predictInSteps());
        }
        methods.add(ofThread.get());
        methods.add(ThreadArrays.maker("newScratch", numbers, scratch()));
        MethodBodies bodies = bodies(this::inArray);
        methods.add(MethodSpec.methodBuilder("forwardRecord")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addParameter(numbers.arrays(), "scratch")
                .addParameter(numbers.array(), "input")
                .addParameter(numbers.array(), "output")
                .addCode("$L", bodies.text(forward))
                .build());
        program.operations().forEach((operation, routine) -> {
            if (operation != Operation.FORWARD) {
                methods.add(bodies.step(routine));
            }
        });
        program.steps().forEach(step -> methods.add(bodies.step(step)));
        range.methods(
                methods,
                blocks(access -> FrozenStorage.inArrayOrBlock(trained, sparsity(), access, usesVectors())),
                UnaryOperator.identity());
    }

    private String noteOnZeros(FrozenStorage parameters) {
        if (parameters.length() == parameters.numbers().length) {
            return "";
        }
        return usesVectors()
                ? "\nNarrow rows are filled up with zeros, so that each is a vector."
                : "\nWide rows are filled up with zeros, so that HotSpot makes vector instructions of loops over them.";
    }

    private Sparsity sparsity() {
        return schedule.sparsity();
    }

    private boolean usesVectors() {
        return program.usesVectors() || program.blocks().stream().anyMatch(Program::usesVectors);
    }

    private FrozenStorage inArray(RecordAccess access) {
        return FrozenStorage.inArray(trained, sparsity(), access, usesVectors());
    }

    private MethodBodies bodies(Function<RecordAccess, Storage> storage) {
        return bodies(storage, program.scratch());
    }

    private MethodBodies blocks(Function<RecordAccess, Storage> storage) {
        return bodies(storage, range.arrays());
    }

    private MethodBodies bodies(Function<RecordAccess, Storage> storage, List<Scratch> scratch) {
        return new MethodBodies(
                storage,
                VectorClass.of(type).name(),
                scratch.stream().map(Scratch::name).toList());
    }

    private static MethodSpec constructor() {
        return MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build();
    }

    /** The start of {@code forward}. */
    private MethodSpec.Builder forward() {
        MethodSpec.Builder method = MethodSpec.methodBuilder("forward")
                .addJavadoc("$L\n", Paragraph.of("The forward pass: " + arithmetic() + "."))
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
        ClassFrame.checkCategories(method, network, "input[$L]");
        return method;
    }

    private String arithmetic() {
        Sparsity sparsity = sparsity();
        if (!sparsity.isAnythingLeftOut()) {
            return Operations.count(forward.sections());
        }
        int products = IntStream.rangeClosed(1, network.depth())
                .map(sparsity::products)
                .sum();
        int all = network.layers().stream().mapToInt(Layer::products).sum();
        return products + " of " + all + " products with a weight, the others being 0 or leading nowhere";
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
        ClassFrame.checkCategories(method, network, "x_$L");
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

    private List<Scratch> scratch() {
        List<Scratch> arrays = new ArrayList<>(program.scratch());
        if (isPredicting()) {
            arrays.add(new Scratch("the inputs of predict", network.inputs()));
            arrays.add(new Scratch("its output", network.outputs()));
        }
        return arrays;
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
                .addParameter(long.class, "expected")
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
