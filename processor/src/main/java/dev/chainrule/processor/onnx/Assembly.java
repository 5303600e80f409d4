package dev.chainrule.processor.onnx;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.LayerKind;
import dev.chainrule.annotations.Precision;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.network.ActivationFunction;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.Output;
import dev.chainrule.processor.network.Part;
import dev.chainrule.processor.network.Source;
import dev.chainrule.processor.network.TrainedNetwork;
import dev.chainrule.processor.onnx.OnnxModel.Port;
import dev.chainrule.processor.onnx.Origin.Dense;
import dev.chainrule.processor.onnx.Origin.Input;
import dev.chainrule.processor.onnx.Origin.Joined;
import dev.chainrule.processor.onnx.Origin.Pointwise;
import dev.chainrule.processor.onnx.Origin.Scale;
import dev.chainrule.processor.resources.Quoted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/** Puts the layers together that outputs are made of, each after those that it reads, and their numbers. */
final class Assembly {
    private static final ActivationFunction IDENTITY = ActivationFunction.Named.of(Activation.IDENTITY);

    /** An activation with the values of its letters, which are the same where they are the same array. */
    private record Use(ActivationFunction activation, List<double[]> letters) {
        static Use of(Signal signal) {
            return new Use(signal.activation(), List.copyOf(signal.letters().values()));
        }
    }

    /** A layer, and where its numbers are from. */
    private record Placed(Layer layer, Origin origin, SortedMap<String, double[]> letters) {}

    private final int mostParameters;
    private final Map<Origin, Set<Use>> uses = new IdentityHashMap<>();
    private final Map<Origin, Map<Use, Source>> sources = new IdentityHashMap<>();
    private final List<Part> parts = new ArrayList<>();

    /** By the name of an input, where its parts begin, and at last where it ends. */
    private final Map<String, TreeSet<Integer>> cuts = new HashMap<>();

    private final Map<String, Integer> firsts = new HashMap<>();
    private final List<Placed> placed = new ArrayList<>();
    private long parameters;
    private int constants;

    private Assembly(int mostParameters) {
        this.mostParameters = mostParameters;
    }

    /**
     * The network that outputs are of, without a loss.
     *
     * @param inputs the inputs that the outputs are made of
     * @param outputs by their names
     */
    static TrainedNetwork of(List<Port> inputs, Map<String, Units> outputs, int mostParameters) throws OnnxException {
        Assembly assembly = new Assembly(mostParameters);
        List<Signal> signals = new ArrayList<>();
        for (Units output : outputs.values()) {
            signals.add(output.signal().source());
        }
        for (Signal signal : signals) {
            assembly.use(signal);
        }
        assembly.parts(inputs);
        List<Output> layers = assembly.outputs(signals);
        return assembly.trained(layers);
    }

    /** Notes with which activations each origin is read. */
    private void use(Signal signal) throws OnnxException {
        Origin origin = signal.origin();
        if (origin instanceof Input input) {
            if (input.units() == Origin.UNKNOWN) {
                throw new OnnxException(
                        "OnnxShape",
                        "The model does not say how many numbers a record of the input " + Quoted.of(input.name())
                                + " has.");
            }
            TreeSet<Integer> own = cuts.computeIfAbsent(input.name(), name -> new TreeSet<>());
            own.add(input.first());
            own.add(input.first() + input.units());
        }
        boolean isNew = !uses.containsKey(origin);
        uses.computeIfAbsent(origin, absent -> new LinkedHashSet<>()).add(Use.of(signal));
        if (isNew) {
            for (Signal read : read(origin)) {
                use(read);
            }
        }
    }

    /** What a layer reads, where it does not matter which of two sources a unit is of. */
    private static List<Signal> read(Origin origin) {
        boolean isSideBySide = origin instanceof Dense || origin instanceof Joined;
        return origin.reads().stream()
                .flatMap(signal -> isSideBySide ? signal.pieces().stream() : List.of(signal.source()).stream())
                .toList();
    }

    /** The inputs, each in as many parts as it is read in. */
    private void parts(List<Port> inputs) throws OnnxException {
        int first = 0;
        Set<String> names = new HashSet<>();
        for (Port input : inputs) {
            TreeSet<Integer> own = cuts.get(input.name());
            if (own == null) {
                continue;
            }
            int size = size(input, own);
            own.add(0);
            own.add(size);
            boolean isWhole = own.size() == 2;
            firsts.put(input.name(), first);
            int from = own.first();
            for (int to : own.tailSet(from, false)) {
                String name =
                        isWhole && cuts.size() == 1 ? "" : Names.of(input.name(), isWhole ? "" : "_" + from, names);
                parts.add(new Part(name, first + from, to - from, 0, 0));
                from = to;
            }
            first += size;
            if (first > Network.MOST_UNITS) {
                throw new OnnxException(
                        "InputsOutOfRange",
                        "The inputs of the model have " + first + " numbers; a network has at most "
                                + Network.MOST_UNITS + " inputs.");
            }
        }
    }

    /** How many numbers of an input a record has: as the model says, or as many as are read. */
    private static int size(Port input, TreeSet<Integer> cuts) throws OnnxException {
        Shape shape = input.shape().orElseThrow();
        boolean isOneRecord = shape.rank() == 1 && shape.size(0) != Shape.OPEN;
        long size = shape.numbersFrom(isOneRecord ? 0 : 1);
        if (size == Shape.OPEN && cuts.size() > 2) {
            throw new OnnxException(
                    "OnnxShape",
                    "The input " + Quoted.of(input.name()) + " is read as one of " + cuts.lower(cuts.last())
                            + " numbers a record, and as one of " + cuts.last() + ".");
        }
        return size == Shape.OPEN ? cuts.last() : (int) size;
    }

    /** The layers that the outputs are, each of its own. */
    private List<Output> outputs(List<Signal> signals) throws OnnxException {
        List<Output> outputs = new ArrayList<>();
        Set<Integer> taken = new HashSet<>();
        int first = 0;
        for (Signal signal : signals) {
            Source source = signal.isInput() ? unit(signal) : source(signal);
            if (source.layer() == 0 || taken.contains(source.layer())) {
                source = layer(LayerKind.ADD, List.of(source), Signal.of(signal.origin()), source.units());
            }
            taken.add(source.layer());
            outputs.add(new Output(source.layer(), first, source.units(), Optional.empty(), 1));
            first += source.units();
        }
        return outputs;
    }

    /** The one source that a signal is. */
    private Source unit(Signal signal) throws OnnxException {
        List<Source> all = sources(signal);
        return all.size() == 1
                ? all.get(0)
                : layer(LayerKind.CONCATENATE, all, Signal.of(signal.origin()), signal.units());
    }

    /** The sources that a signal is side by side: of the input its parts. */
    private List<Source> sources(Signal signal) throws OnnxException {
        if (!signal.isInput()) {
            return List.of(source(signal));
        }
        Input input = (Input) signal.origin();
        int first = firsts.get(input.name()) + input.first();
        return parts.stream()
                .filter(part -> part.first() >= first && part.first() < first + input.units())
                .map(Part::source)
                .toList();
    }

    /** The layer whose activations a signal is. */
    private Source source(Signal signal) throws OnnxException {
        Map<Use, Source> known = sources.computeIfAbsent(signal.origin(), absent -> new HashMap<>());
        Use use = Use.of(signal);
        Source source = known.get(use);
        if (source == null) {
            boolean isAlone = uses.get(signal.origin()).size() == 1 && !(signal.origin() instanceof Input);
            Signal z = Signal.of(signal.origin());
            if (isAlone || signal.isZ()) {
                source = layer(signal);
            } else {
                source = layer(LayerKind.ADD, List.of(unit(z)), signal, signal.units());
            }
            known.put(use, source);
        }
        return source;
    }

    private Source layer(Signal signal) throws OnnxException {
        Origin origin = signal.origin();
        List<Source> all = new ArrayList<>();
        boolean isSideBySide = origin instanceof Dense || origin instanceof Joined;
        for (Signal read : read(origin)) {
            if (isSideBySide) {
                all.addAll(sources(read));
            } else {
                all.add(unit(read));
            }
        }
        LayerKind kind = origin instanceof Dense
                ? LayerKind.DENSE
                : origin instanceof Pointwise pointwise
                        ? pointwise.kind()
                        : origin instanceof Scale ? LayerKind.SCALE : LayerKind.CONCATENATE;
        return layer(kind, all, signal, origin.units());
    }

    private Source layer(LayerKind kind, List<Source> all, Signal signal, int units) throws OnnxException {
        Origin origin = signal.origin();
        boolean bias = kind == LayerKind.DENSE && ((Dense) origin).bias().isPresent();
        Layer layer = new Layer("", kind, all, units, signal.activation(), bias, 0, false, (int) parameters, constants);
        placed.add(new Placed(layer, origin, signal.letters()));
        parameters += (kind == LayerKind.DENSE ? (layer.inputs() + (bias ? 1L : 0)) * units : 0)
                + (long) signal.letters().size() * units;
        constants += layer.constantsCount();
        if (placed.size() > Network.MOST_LAYERS) {
            throw new OnnxException(
                    "TooManyLayers",
                    "The model has more than " + Network.MOST_LAYERS + " layers; a network has at most as many.");
        }
        if (parameters + constants > mostParameters) {
            throw new OnnxException(
                    "TooLargeToFreeze",
                    "A class holds at most " + mostParameters + " parameters, and layers 1 to " + placed.size()
                            + " of the model have " + (parameters + constants) + ".");
        }
        return Source.layer(placed.size(), units);
    }

    private TrainedNetwork trained(List<Output> outputs) throws OnnxException {
        double[] numbers = new double[(int) parameters];
        double[] fixed = new double[constants];
        for (Placed one : placed) {
            Layer layer = one.layer();
            if (layer.kind() == LayerKind.DENSE) {
                write((Dense) one.origin(), layer, numbers);
            } else if (layer.kind() == LayerKind.SCALE) {
                Scale scale = (Scale) one.origin();
                System.arraycopy(scale.shift(), 0, fixed, layer.constants(), layer.units());
                System.arraycopy(scale.scale(), 0, fixed, layer.constants() + layer.units(), layer.units());
            }
            int from = layer.firstLetter();
            for (double[] values : one.letters().values()) {
                System.arraycopy(values, 0, numbers, from, values.length);
                from += values.length;
            }
        }
        List<Layer> layers = placed.stream().map(Placed::layer).toList();
        return new TrainedNetwork(new Network(parts, layers, outputs, Unroll.AUTO), numbers, fixed, Precision.DOUBLE);
    }

    private static void write(Dense dense, Layer layer, double[] numbers) throws OnnxException {
        for (int from = 0; from < layer.inputs(); from++) {
            for (int to = 0; to < layer.units(); to++) {
                numbers[layer.weight(from, to)] = dense.weights().at(from, to);
            }
        }
        if (dense.bias().isPresent()) {
            for (int to = 0; to < layer.units(); to++) {
                numbers[layer.firstBias() + to] = dense.bias().get().at(to);
            }
        }
    }
}
