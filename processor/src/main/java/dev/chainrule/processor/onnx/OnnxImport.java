package dev.chainrule.processor.onnx;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Follows the input of a model through its nodes to the output. What comes out must be one chain of dense layers; a model that is
 * anything else has a problem, and nothing is left out or made to fit.
 */
public final class OnnxImport {
    /** Twice what the parameters of the largest class take as doubles, and room for what a model says besides. */
    private static final long MOST_BYTES = 64L << 20;

    /** As many are reported; a model of another kind has one at each of its nodes. */
    private static final int MOST_PROBLEMS = 10;

    private final OnnxModel model;
    private final int mostParameters;
    private final Map<String, Value> values = new HashMap<>();
    private final List<OnnxProblem> problems = new ArrayList<>();

    private OnnxImport(OnnxModel model, int mostParameters) {
        this.model = model;
        this.mostParameters = mostParameters;
    }

    /**
     * The network that the file of an ONNX model describes, or what is wrong with it.
     *
     * @param mostParameters how many the network may have
     * @throws UnusableFileException if the file cannot be read, or is longer than any model that could be one
     */
    public static Imported of(Path file, int mostParameters) throws UnusableFileException {
        try {
            long length = Files.size(file);
            if (length > MOST_BYTES) {
                throw new UnusableFileException(
                        "FileTooLarge",
                        file + " has " + length + " bytes; a model that can be a class has at most " + MOST_BYTES
                                + ".");
            }
            return of(Files.readAllBytes(file), mostParameters);
        } catch (IOException e) {
            throw new UnusableFileException("FileNotReadable", file + " cannot be read: " + e);
        }
    }

    /**
     * The network that the bytes of an ONNX model describe, or what is wrong with them.
     *
     * @param mostParameters how many the network may have
     */
    static Imported of(byte[] bytes, int mostParameters) {
        try {
            OnnxImport model = new OnnxImport(OnnxReader.read(bytes), mostParameters);
            Optional<OnnxNetwork> network = model.network();
            return new Imported(model.problems.isEmpty() ? network : Optional.empty(), model.problems);
        } catch (OnnxException e) {
            return new Imported(Optional.empty(), List.of(e.problem()));
        }
    }

    private Optional<OnnxNetwork> network() throws OnnxException {
        kind();
        long version = operatorSet();
        initializers();
        Port output = only("outputs", model.outputs());
        input();
        Set<String> needed = needed(output);
        for (Node node : model.nodes()) {
            if (node.outputs().stream().anyMatch(needed::contains) && problems.size() < MOST_PROBLEMS) {
                follow(node, version, needed);
            }
        }
        return network(output);
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
                    "The model has no layer (Gemm or MatMul): "
                            + (operators.isEmpty()
                                    ? "it has no nodes."
                                    : "its operators are " + Quoted.of(operators) + ".")
                            + " A class can be made of a chain of dense layers alone.");
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

    private void initializers() throws OnnxException {
        if (model.sparseInitializers() > 0) {
            throw new OnnxException(
                    "OnnxTensor",
                    "The model has " + model.sparseInitializers()
                            + " sparse initialisers; only those with all their numbers are known.");
        }
        for (Tensor initializer : model.initializers()) {
            define(initializer.name(), initializer);
        }
    }

    private void define(String name, Value value) throws OnnxException {
        if (values.putIfAbsent(name, value) != null) {
            throw new OnnxException("OnnxValue", "The model defines the value " + Quoted.of(name) + " twice.");
        }
    }

    private void input() throws OnnxException {
        // Up to version 3 of the format, initialisers are inputs with a default
        List<Port> inputs = model.inputs().stream()
                .filter(port -> !values.containsKey(port.name()))
                .toList();
        Port input = only("inputs", inputs);
        if (!input.type().isReal()) {
            throw new OnnxException(
                    "OnnxType",
                    "The input " + Quoted.of(input.name()) + " is of type " + input.type()
                            + "; known are float and double.");
        }
        Shape shape = input.shape().orElse(new Shape(List.of()));
        if (shape.rank() < 2) {
            throw new OnnxException(
                    "OnnxShape",
                    "The input " + Quoted.of(input.name()) + " has the shape " + shape
                            + "; expected [records, numbers of a record].");
        }
        define(input.name(), Units.input(input.name(), input.type(), shape));
    }

    private static Port only(String what, List<Port> ports) throws OnnxException {
        if (ports.size() != 1) {
            String names = Quoted.of(ports.stream().map(Port::name).toList());
            throw new OnnxException(
                    "OnnxBranch",
                    "The model has " + ports.size() + " " + what + ": [" + names + "]; a network has one.");
        }
        return ports.get(0);
    }

    /** The values that the output is made of; nodes come after those that they take from. */
    private Set<String> needed(Port output) {
        Set<String> needed = new HashSet<>();
        needed.add(output.name());
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
        Value value = Value.Unknown.UNKNOWN;
        try {
            List<String> others = node.outputs().subList(1, node.outputs().size());
            Optional<String> other = others.stream().filter(needed::contains).findFirst();
            if (other.isPresent()) {
                throw new OnnxException(
                        "OnnxOperator",
                        "yields " + Quoted.of(other.get()) + ", which is used; known is its first output alone.");
            }
            value = Operators.apply(new Operands(node, values), version);
        } catch (OnnxException.Consequence e) {
            // The problem is reported where it is
        } catch (OnnxException e) {
            problems.add(e.problem(node.toString()));
        }
        for (int i = 0; i < node.outputs().size(); i++) {
            if (!node.outputs().get(i).isEmpty()) {
                define(node.outputs().get(i), i == 0 ? value : Value.Unknown.UNKNOWN);
            }
        }
    }

    private Optional<OnnxNetwork> network(Port output) throws OnnxException {
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        if (!(values.get(output.name()) instanceof Units units) || units.layer().isEmpty()) {
            throw new OnnxException(
                    "OnnxValue", "The output " + Quoted.of(output.name()) + " is not made of the input by layers.");
        }
        if (output.type() != units.type()) {
            throw new OnnxException(
                    "OnnxType",
                    "The output " + Quoted.of(output.name()) + " is declared as " + output.type() + ", and is "
                            + units.type() + ".");
        }
        if (output.shape().isPresent() && !units.shape().fits(output.shape().get())) {
            throw new OnnxException(
                    "OnnxShape",
                    "The output " + Quoted.of(output.name()) + " is declared with the shape "
                            + output.shape().get() + ", and has " + units.shape() + ".");
        }
        try {
            units.activation();
        } catch (OnnxException e) {
            problems.add(e.problem("the output " + Quoted.of(output.name())));
            return Optional.empty();
        }
        return Optional.of(OnnxNetwork.of(units, mostParameters));
    }
}
