package dev.chainrule.processor.onnx;

import com.google.protobuf.ByteString;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.TrainedNetwork;
import dev.chainrule.processor.onnx.OnnxModel.OperatorSet;
import dev.chainrule.processor.onnx.OnnxModel.Port;
import dev.chainrule.processor.resources.Quoted;
import dev.chainrule.processor.resources.UnusableFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Follows the inputs of a model through its nodes to the outputs. What comes out must be layers of a network; a model that is
 * anything else has a problem, and nothing is left out or made to fit.
 */
public final class OnnxImport {
    /** Twice what the parameters of the largest class take as doubles, and room for what a model says besides. */
    private static final long MOST_BYTES = 64L << 20;

    /** As many are reported; a model of another kind has one at each of its nodes. */
    private static final int MOST_PROBLEMS = 10;

    private final OnnxModel model;
    private final Optional<Path> folder;
    private final int mostParameters;
    private final Map<String, Value> values = new HashMap<>();
    private final List<OnnxProblem> problems = new ArrayList<>();
    private final Room room = new Room();

    /** The bytes that were read from files beside the model. */
    private long besides;

    /** @param folder that of the model's file, where other files may hold its numbers */
    private OnnxImport(OnnxModel model, Optional<Path> folder, int mostParameters) {
        this.model = model;
        this.folder = folder;
        this.mostParameters = mostParameters;
    }

    /**
     * The network that the file of an ONNX model describes, or what is wrong with it.
     *
     * @param outputs the names of the outputs to take; empty for all
     * @param mostParameters how many the network may have
     * @throws UnusableFileException if the file cannot be read, or is longer than any model that could be one
     */
    public static Imported of(Path file, List<String> outputs, int mostParameters) throws UnusableFileException {
        try {
            long length = Files.size(file);
            if (length > MOST_BYTES) {
                throw new UnusableFileException(
                        "FileTooLarge",
                        file + " has " + length + " bytes; a model that can be a class has at most " + MOST_BYTES
                                + ".");
            }
            return of(
                    Files.readAllBytes(file), Optional.of(file.toAbsolutePath().getParent()), outputs, mostParameters);
        } catch (IOException e) {
            throw new UnusableFileException("FileNotReadable", file + " cannot be read: " + e);
        }
    }

    /**
     * The network that the bytes of an ONNX model describe, or what is wrong with them.
     *
     * @param outputs the names of the outputs to take; empty for all
     * @param mostParameters how many the network may have
     */
    static Imported of(byte[] bytes, List<String> outputs, int mostParameters) {
        return of(bytes, Optional.empty(), outputs, mostParameters);
    }

    private static Imported of(byte[] bytes, Optional<Path> folder, List<String> outputs, int mostParameters) {
        try {
            OnnxImport model = new OnnxImport(OnnxReader.read(bytes), folder, mostParameters);
            Optional<TrainedNetwork> network = model.network(outputs);
            return new Imported(model.problems.isEmpty() ? network : Optional.empty(), model.problems);
        } catch (OnnxException e) {
            return new Imported(Optional.empty(), List.of(e.problem()));
        }
    }

    private Optional<TrainedNetwork> network(List<String> names) throws OnnxException {
        kind();
        long version = operatorSet();
        List<Port> outputs = outputs(names);
        Set<String> needed = needed(outputs);
        initializers(needed);
        List<Port> inputs = inputs(needed);
        for (Node node : model.nodes()) {
            if (node.outputs().stream().anyMatch(needed::contains) && problems.size() < MOST_PROBLEMS) {
                follow(node, version, needed);
            }
        }
        Map<String, Units> units = problems.isEmpty() ? units(outputs, names) : Map.of();
        if (!problems.isEmpty()) {
            if (outputs.size() > 1 && names.isEmpty() && problems.size() < MOST_PROBLEMS) {
                problems.add(new OnnxProblem("OnnxOutputs", choose("is taken with all of its outputs")));
            }
            return Optional.empty();
        }
        return Optional.of(Assembly.of(inputs, units, mostParameters));
    }

    private String choose(String what) {
        return "The model " + what + ", "
                + Quoted.of(model.outputs().stream().map(Port::name).toList())
                + "; name those to take by output = ..., and what leads only to others is left out.";
    }

    /** The outputs to take. */
    private List<Port> outputs(List<String> names) throws OnnxException {
        if (model.outputs().isEmpty()) {
            throw new OnnxException("OnnxOutputs", "The model has no outputs.");
        }
        if (names.isEmpty()) {
            return model.outputs();
        }
        List<Port> outputs = new ArrayList<>();
        for (String name : names) {
            outputs.add(model.outputs().stream()
                    .filter(port -> port.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new OnnxException(
                            "OnnxOutputs", choose("has no output " + Quoted.of(name) + " among its outputs"))));
        }
        return outputs;
    }

    /** What makes a model one of another kind comes before all that could be put right in it. */
    private void kind() throws OnnxException {
        if (!model.functions().isEmpty()) {
            throw new OnnxException(
                    "OnnxOperator",
                    "The model defines operators of its own, " + Quoted.of(model.functions())
                            + ", which are not known; export it with its functions inlined.");
        }
        if (model.nodes().stream().noneMatch(Operators::beginsLayer)) {
            List<String> operators =
                    model.nodes().stream().map(Node::kind).distinct().toList();
            throw new OnnxException(
                    "OnnxNoLayer",
                    "The model has no layer (Gemm, MatMul, LinearClassifier or LinearRegressor): "
                            + (operators.isEmpty()
                                    ? "it has no nodes."
                                    : "its operators are " + Quoted.of(operators) + ".")
                            + " A class can be made of dense layers alone.");
        }
    }

    /** The version of ONNX's own operators. */
    private long operatorSet() throws OnnxException {
        OptionalLong version = model.operatorSets().stream()
                .filter(set -> Operators.isOnnx(set.domain()))
                .mapToLong(OperatorSet::version)
                .max();
        if (version.isEmpty() || version.getAsLong() < Operators.OLDEST || version.getAsLong() > Operators.NEWEST) {
            String uses =
                    version.isEmpty() ? "names no operator set of ONNX" : "uses operator set " + version.getAsLong();
            throw new OnnxException(
                    "OnnxOperator",
                    "The model " + uses + "; known are " + Operators.OLDEST + " to " + Operators.NEWEST
                            + ". Export it with another opset_version.");
        }
        return version.getAsLong();
    }

    private void initializers(Set<String> needed) throws OnnxException {
        if (model.sparseInitializers() > 0) {
            throw new OnnxException(
                    "OnnxTensor",
                    "The model has " + model.sparseInitializers()
                            + " sparse initialisers; only those with all their numbers are known.");
        }
        for (Tensor initializer : model.initializers()) {
            boolean isRead = folder.isPresent() && needed.contains(initializer.name());
            define(initializer.name(), isRead ? read(initializer) : initializer);
        }
    }

    /** With its numbers, where they are in a file beside the model. */
    private Tensor read(Tensor tensor) throws OnnxException {
        if (tensor.external().isEmpty()) {
            return tensor;
        }
        ByteString bytes = tensor.external().get().read(folder.orElseThrow(), tensor, MOST_BYTES - besides);
        besides += bytes.size();
        return new Tensor(tensor.name(), tensor.type(), tensor.shape(), bytes);
    }

    private void define(String name, Value value) throws OnnxException {
        if (values.putIfAbsent(name, value) != null) {
            throw new OnnxException("OnnxValue", "The model defines the value " + Quoted.of(name) + " twice.");
        }
    }

    /** The inputs that are needed. */
    private List<Port> inputs(Set<String> needed) throws OnnxException {
        List<Port> inputs = new ArrayList<>();
        for (Port input : model.inputs()) {
            // Up to version 3 of the format, initialisers are inputs with a default
            if (values.get(input.name()) instanceof Tensor) {
                continue;
            }
            boolean isNeeded = needed.contains(input.name());
            define(input.name(), isNeeded ? units(input) : Value.Unknown.UNKNOWN);
            if (isNeeded) {
                inputs.add(input);
            }
        }
        return inputs;
    }

    private static Units units(Port input) throws OnnxException {
        if (!input.type().isReal()) {
            throw new OnnxException(
                    "OnnxType",
                    "The input " + Quoted.of(input.name()) + " is of type " + input.type()
                            + "; known are float and double.");
        }
        Shape shape = input.shape().orElse(new Shape(List.of()));
        boolean isOneRecord = shape.rank() == 1 && shape.size(0) != Shape.OPEN;
        long width = shape.rank() == 0 ? 0 : shape.numbersFrom(isOneRecord ? 0 : 1);
        if (width != Shape.OPEN && (width < 1 || width > Network.MOST_UNITS)) {
            throw new OnnxException(
                    "OnnxShape",
                    "The input " + Quoted.of(input.name()) + " has the shape " + shape
                            + "; expected [records, numbers of a record], at most " + Network.MOST_UNITS + " numbers.");
        }
        int units = width == Shape.OPEN ? Origin.UNKNOWN : (int) width;
        return Units.of(input.name(), input.type(), shape, isOneRecord, new Origin.Input(input.name(), 0, units));
    }

    /** The values that the outputs are made of; nodes come after those that they take from. */
    private Set<String> needed(List<Port> outputs) {
        Set<String> needed = new HashSet<>();
        outputs.forEach(output -> needed.add(output.name()));
        for (int i = model.nodes().size() - 1; i >= 0; i--) {
            Node node = model.nodes().get(i);
            if (node.outputs().stream().anyMatch(needed::contains)) {
                needed.addAll(node.inputs());
                // The name of all values that are left out
                needed.remove("");
            }
        }
        return needed;
    }

    /** Goes on after a problem, to find all operators that are not known. */
    private void follow(Node node, long version, Set<String> needed) throws OnnxException {
        List<Value> made = List.of();
        try {
            made = Operators.apply(new Operands(node, values, room), version);
            List<String> others = node.outputs()
                    .subList(
                            Math.min(made.size(), node.outputs().size()),
                            node.outputs().size());
            Optional<String> other = others.stream().filter(needed::contains).findFirst();
            if (other.isPresent()) {
                throw new OnnxException(
                        "OnnxOperator",
                        "yields " + Quoted.of(other.get()) + ", which is used; known is its first output alone.");
            }
        } catch (OnnxException.Consequence e) {
            // The problem is reported where it is
        } catch (OnnxException e) {
            problems.add(e.problem(node.toString()));
        }
        for (int i = 0; i < node.outputs().size(); i++) {
            if (!node.outputs().get(i).isEmpty()) {
                define(node.outputs().get(i), i < made.size() ? made.get(i) : Value.Unknown.UNKNOWN);
            }
        }
    }

    /** The outputs to take, but labels where there is something that these are made of. */
    private Map<String, Units> units(List<Port> outputs, List<String> names) throws OnnxException {
        Map<String, Units> all = new LinkedHashMap<>();
        for (Port output : outputs) {
            Value value = values.get(output.name());
            boolean isLeftOut = value == Value.Label.LABEL && names.isEmpty() && outputs.size() > 1;
            try {
                if (!isLeftOut) {
                    all.put(output.name(), checked(output, value));
                }
            } catch (OnnxException e) {
                problems.add(e.problem("the output " + Quoted.of(output.name())));
            }
        }
        if (all.isEmpty() && problems.isEmpty()) {
            throw new OnnxException("OnnxValue", choose("has labels alone as its outputs"));
        }
        return all;
    }

    private static Units checked(Port output, Value value) throws OnnxException {
        if (value == Value.Label.LABEL) {
            throw new OnnxException(
                    "OnnxValue",
                    "is the label of a class; take the scores or probabilities that it is made of by output = ...,"
                            + " whose greatest one tells the class.");
        }
        if (!(value instanceof Units units)) {
            throw new OnnxException("OnnxValue", "is not made of the input by layers.");
        }
        // A sequence, as of maps from classes to probabilities, is no tensor of a type
        if (output.type() != units.type() && output.type() != DataType.UNDEFINED) {
            throw new OnnxException("OnnxType", "is declared as " + output.type() + ", and is " + units.type() + ".");
        }
        if (output.shape().isPresent() && !units.shape().fits(output.shape().get())) {
            throw new OnnxException(
                    "OnnxShape",
                    "is declared with the shape " + output.shape().get() + ", and has " + units.shape() + ".");
        }
        units.signal();
        return units;
    }
}
