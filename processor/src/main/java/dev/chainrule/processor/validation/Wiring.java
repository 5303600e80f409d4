package dev.chainrule.processor.validation;

import dev.chainrule.annotations.LayerKind;
import dev.chainrule.processor.declaration.Declared;
import dev.chainrule.processor.declaration.LayerDeclaration;
import dev.chainrule.processor.declaration.NetworkDeclaration;
import dev.chainrule.processor.declaration.OutputDeclaration;
import dev.chainrule.processor.declaration.PartDeclaration;
import dev.chainrule.processor.network.ActivationFunction;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.Part;
import dev.chainrule.processor.network.Source;
import dev.chainrule.processor.resources.Quoted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Checks what reads what: from the declared parts, layers and outputs to those of a network. */
final class Wiring {
    /** The longest array that every JVM can make. */
    private static final int MOST_PARAMETERS = Integer.MAX_VALUE - 8;

    private final NetworkDeclaration declaration;
    private final List<ActivationFunction> functions;
    private final List<Problem> problems;

    private final List<Part> parts = new ArrayList<>();
    private final List<Layer> layers = new ArrayList<>();

    /** By name, the parts of the input and the layers so far; of those that make no sense nothing. */
    private final Map<String, List<Source>> sources = new LinkedHashMap<>();

    private final Map<String, Integer> numbers = new HashMap<>();
    private final Set<String> read = new HashSet<>();
    private long parameters;
    private int constants;

    /** @param functions those of the layers, in order */
    Wiring(NetworkDeclaration declaration, List<ActivationFunction> functions, List<Problem> problems) {
        this.declaration = declaration;
        this.functions = functions;
        this.problems = problems;
    }

    /** Reads the declaration; what is wrong with it is among the problems then. */
    void read() {
        parts();
        for (LayerDeclaration layer : declaration.layers().value()) {
            layer(layer);
        }
        declaration.outputs().value().forEach(this::output);
        if (problems.isEmpty()) {
            leadingNowhere();
        }
    }

    List<Part> parts() {
        if (!parts.isEmpty()) {
            return parts;
        }
        int first = 0;
        for (PartDeclaration declared : declaration.parts().value()) {
            String name = declared.name().value();
            name(declared.name(), "part");
            int size = declared.size().value();
            int categories = declared.categories().value();
            part(declared, size, categories);
            Part part = new Part(name, first, size, categories, declared.first().value());
            parts.add(part);
            sources.putIfAbsent(name, List.of(part.source()));
            first += Math.max(0, Math.min(size, Network.MOST_UNITS));
        }
        if (parts.isEmpty()) {
            parts.add(Part.whole(declaration.inputs().value()));
        } else if (first > Network.MOST_UNITS) {
            report(
                    declaration.parts(),
                    "InputsOutOfRange",
                    "The parts have " + number(first) + " numbers; a network has at most " + number(Network.MOST_UNITS)
                            + " inputs.");
        }
        return parts;
    }

    List<Layer> layers() {
        return layers;
    }

    /** The number of the layer that an output is of. */
    int number(OutputDeclaration output) {
        return numbers.get(output.layer().value());
    }

    private void part(PartDeclaration part, int size, int categories) {
        if (size < 1 || size > Network.MOST_UNITS) {
            report(
                    part.size(),
                    "PartSizeOutOfRange",
                    "size = " + size + "; a part of the input has 1 to " + number(Network.MOST_UNITS) + " numbers.");
        }
        boolean isCategory = part.categories().isWritten();
        if (isCategory && (categories < 2 || categories > Network.MOST_UNITS)) {
            report(
                    part.categories(),
                    "CategoriesOutOfRange",
                    "categories = " + categories + "; a number tells apart 2 to " + number(Network.MOST_UNITS)
                            + " categories.");
        }
        if (isCategory && size != 1) {
            report(
                    part.size(),
                    "CategoriesOfOneNumber",
                    "size = " + size + "; a part with categories is one number; remove size, or categories, or declare"
                            + " a part for each number.");
        }
        if (!isCategory && part.first().isWritten()) {
            report(
                    part.first(),
                    "FirstWithoutCategories",
                    "first is the number of the first category, and this part has no categories; remove it, or add"
                            + " categories = ....");
        } else if ((long) part.first().value() + categories > Integer.MAX_VALUE) {
            report(
                    part.first(),
                    "CategoriesOutOfRange",
                    "first = " + part.first().value() + "; the number of the last category is at most "
                            + number(Integer.MAX_VALUE - 1L) + ".");
        }
    }

    /** Checks a name that is written. */
    private void name(Declared<String> declared, String of) {
        String name = declared.value();
        boolean isIdentifier = !name.isEmpty()
                && name.charAt(0) >= 'a'
                && name.charAt(0) <= 'z'
                && name.chars().allMatch(letter -> letter < 128 && Character.isJavaIdentifierPart(letter));
        if (!isIdentifier || name.indexOf('$') >= 0 || name.chars().anyMatch(Character::isISOControl)) {
            report(
                    declared,
                    "NameNotIdentifier",
                    "name = " + Quoted.of(name) + " cannot name a " + of
                            + "; give a lower-case letter followed by letters, digits and _, such as \"hidden\".");
        } else if (sources.containsKey(name)
                || name.equals("input") && declaration.parts().value().isEmpty()) {
            report(
                    declared,
                    "NameTwice",
                    "name = " + Quoted.of(name)
                            + " is the name of another layer or part of the input, too; give each its" + " own.");
        }
    }

    private void layer(LayerDeclaration declared) {
        int number = layers.size() + 1;
        String own = declared.name().value();
        String name = name(declared, number);
        if (!own.isEmpty()) {
            name(declared.name(), "layer");
        } else if (sources.containsKey(name)) {
            report(
                    declared.units(),
                    "NameTwice",
                    "The layer without a name is called " + name
                            + ", which is the name of another one; give it a name.");
        }
        List<Source> all = sources(declared, number);
        int inputs = (int) Math.min(
                Integer.MAX_VALUE, all.stream().mapToLong(Source::units).sum());
        settings(declared);
        int units = units(declared, all, inputs);
        int weightsOf = weightsOf(declared, inputs, units);
        boolean isDense = declared.kind().value() == LayerKind.DENSE;
        boolean bias = isDense
                && (weightsOf == 0
                        ? declared.bias().value()
                        : layers.get(weightsOf - 1).bias());
        if (weightsOf > 0) {
            units = layers.get(weightsOf - 1).units();
        }
        Layer layer = new Layer(
                own,
                declared.kind().value(),
                all,
                units,
                functions.get(number - 1),
                bias,
                weightsOf,
                declared.inverse().value(),
                (int) Math.min(parameters, Integer.MAX_VALUE),
                constants);
        layers.add(layer);
        long ofUnit = (layer.ownsWeights() ? inputs + (bias ? 1L : 0) : 0)
                + layer.activation().letters().size();
        parameters += ofUnit * units;
        if (parameters > MOST_PARAMETERS && problems.isEmpty()) {
            report(
                    declaration.layers(),
                    "TooManyParameters",
                    "Layers 1 to " + number + " have " + number(parameters) + " parameters; an array holds at most "
                            + number(MOST_PARAMETERS) + ".");
        }
        constants += layer.constantsCount();
        sources.putIfAbsent(name, List.of(Source.layer(number, units)));
        numbers.putIfAbsent(name, number);
    }

    private List<Source> sources(LayerDeclaration declared, int number) {
        if (!declared.from().isWritten()) {
            if (number > 1) {
                read.add(name(number - 1));
                return List.of(Source.layer(number - 1, layers.get(number - 2).units()));
            }
            parts.forEach(part -> read.add(part.name()));
            return parts.stream().map(Part::source).toList();
        }
        List<Source> all = new ArrayList<>();
        if (declared.from().value().isEmpty()) {
            report(declared.from(), "NothingRead", "from is empty; name what the layer reads, or remove from.");
        }
        for (String name : declared.from().value()) {
            List<Source> named = sources.get(name);
            if (named != null) {
                all.addAll(named);
                read.add(name);
            } else {
                report(declared.from(), "SourceUnknown", unknown(name, declared));
            }
        }
        return all;
    }

    private String unknown(String name, LayerDeclaration reader) {
        String start = "from names " + Quoted.of(name) + ", ";
        if (!name.isEmpty() && name.equals(reader.name().value())) {
            return start + "which is this layer itself; a layer reads those before it.";
        }
        boolean isLater = declaration.layers().value().stream()
                .anyMatch(layer -> !name.isEmpty() && name.equals(layer.name().value()));
        return isLater
                ? start + "which is declared after this layer; a layer reads those before it: move one of them."
                : start + "and there is no such layer or part of the input before this one; those are "
                        + (sources.isEmpty() ? "none" : String.join(", ", sources.keySet())) + ".";
    }

    private String name(int number) {
        return name(declaration.layers().value().get(number - 1), number);
    }

    /** What others call the layer of a number. */
    static String name(LayerDeclaration layer, int number) {
        String own = layer.name().value();
        return own.isEmpty() ? "layer" + number : own;
    }

    /** What only some kinds of layers have. */
    private void settings(LayerDeclaration declared) {
        LayerKind kind = declared.kind().value();
        if (declared.inverse().value() && kind != LayerKind.SCALE) {
            report(
                    declared.inverse(),
                    "InverseWithoutScale",
                    "inverse is for layers of kind SCALE, and this one is " + kind
                            + "; remove it, or change the kind.");
        }
        if (declared.bias().isWritten() && kind != LayerKind.DENSE) {
            report(declared.bias(), "BiasWithoutWeights", "Layers of kind " + kind + " have no biases; remove bias.");
        }
        if (!declared.weightsOf().value().isEmpty() && kind != LayerKind.DENSE) {
            report(
                    declared.weightsOf(),
                    "WeightsWithoutSums",
                    "Layers of kind " + kind + " have no weights; remove weightsOf.");
        }
    }

    private int units(LayerDeclaration declared, List<Source> all, int inputs) {
        LayerKind kind = declared.kind().value();
        int written = declared.units().value();
        if (kind == LayerKind.DENSE) {
            boolean follows =
                    !declared.weightsOf().value().isEmpty() && !declared.units().isWritten();
            if (!follows && (written < 1 || written > Network.MOST_UNITS)) {
                report(
                        declared.units(),
                        declared.units().isWritten() ? "UnitsOutOfRange" : "UnitsMissing",
                        declared.units().isWritten()
                                ? "units = " + written + "; a layer has 1 to " + number(Network.MOST_UNITS) + " units."
                                : "A dense layer needs units; add units = ....");
            }
            return written;
        }
        int units = inputs;
        if (kind == LayerKind.ADD || kind == LayerKind.MULTIPLY) {
            units = all.isEmpty() ? 0 : all.get(0).units();
            if (all.stream().map(Source::units).distinct().count() > 1) {
                report(
                        declared.from().isWritten() ? declared.from() : declared.kind(),
                        "WidthsDiffer",
                        kind + " goes unit by unit, and what this layer reads has "
                                + String.join(
                                        " and ",
                                        all.stream()
                                                .map(source -> Integer.toString(source.units()))
                                                .toList())
                                + " units; give it sources of equal width.");
            }
        } else if (kind == LayerKind.SCALE && all.size() > 1) {
            report(
                    declared.from().isWritten() ? declared.from() : declared.kind(),
                    "ScaleOfOneSource",
                    "SCALE reads one layer or part of the input, and this one reads " + all.size()
                            + "; put a layer of kind CONCATENATE before it.");
        }
        if (units > Network.MOST_UNITS) {
            report(
                    declared.kind(),
                    "UnitsOutOfRange",
                    "This layer has " + number(units) + " units; a layer has 1 to " + number(Network.MOST_UNITS) + ".");
        } else if (declared.units().isWritten() && written != units && units > 0) {
            report(
                    declared.units(),
                    "UnitsDiffer",
                    "units = " + written + ", but a layer of kind " + kind + " over this has " + number(units)
                            + "; remove units.");
        }
        return units;
    }

    /** The number of the layer whose weights a layer has, 0 for its own. */
    private int weightsOf(LayerDeclaration declared, int inputs, int units) {
        String name = declared.weightsOf().value();
        if (name.isEmpty() || declared.kind().value() != LayerKind.DENSE) {
            return 0;
        }
        Integer number = numbers.get(name);
        Layer owner = number == null ? null : layers.get(number - 1);
        if (owner == null || !owner.ownsWeights()) {
            report(
                    declared.weightsOf(),
                    "WeightsUnknown",
                    "weightsOf = " + Quoted.of(name) + " is no dense layer before this one with weights of its own.");
            return 0;
        }
        if (owner.inputs() != inputs || declared.units().isWritten() && owner.units() != units) {
            report(
                    declared.weightsOf(),
                    "WeightsOfAnotherShape",
                    "The weights of " + name + " lead from " + owner.inputs() + " units to " + owner.units()
                            + ", and those of this layer from " + inputs + " to "
                            + (declared.units().isWritten() ? units : owner.units())
                            + "; they can be shared only where both are the same.");
        }
        if (declared.bias().isWritten() && declared.bias().value() != owner.bias()) {
            report(
                    declared.bias(),
                    "BiasOfAnotherLayer",
                    "The weights and biases are those of " + name + ", which " + (owner.bias() ? "has" : "has no")
                            + " biases; remove bias.");
        }
        return number;
    }

    private void output(OutputDeclaration output) {
        String name = output.layer().value();
        if (!numbers.containsKey(name)) {
            report(
                    output.layer(),
                    "OutputUnknown",
                    "layer = " + Quoted.of(name) + " is no layer; those are " + String.join(", ", numbers.keySet())
                            + ".");
        } else if (declaration.outputs().value().stream()
                        .filter(other -> other.layer().value().equals(name))
                        .findFirst()
                        .orElseThrow()
                != output) {
            report(
                    output.layer(),
                    "OutputTwice",
                    "layer = " + Quoted.of(name) + " is an output already; a layer has one loss: put both into one"
                            + " lossFormula.");
        }
        read.add(name);
        if (!Double.isFinite(output.weight().value())) {
            report(
                    output.weight(),
                    "WeightNotFinite",
                    "weight = " + output.weight().value() + "; give a finite number, such as 0.5.");
        } else if (output.weight().isWritten() && !output.hasLoss()) {
            report(
                    output.weight(),
                    "WeightWithoutLoss",
                    "weight is what the loss of this output is multiplied by, and it has none; add loss = Loss...., or"
                            + " remove weight.");
        }
    }

    /** What nobody reads and is no output. */
    private void leadingNowhere() {
        if (declaration.outputs().value().isEmpty()) {
            read.add(name(layers.size()));
        }
        for (PartDeclaration part : declaration.parts().value()) {
            if (!read.contains(part.name().value())) {
                report(
                        part.name(),
                        "LeadsNowhere",
                        "No layer reads the part " + part.name().value()
                                + "; name it in a layer's from, or remove it.");
            }
        }
        if (declaration.parts().value().isEmpty()
                && layers.stream().flatMap(layer -> layer.sources().stream()).noneMatch(s -> s.layer() == 0)) {
            report(declaration.inputs(), "LeadsNowhere", "No layer reads the input.");
        }
        for (int number = 1; number <= layers.size(); number++) {
            if (!read.contains(name(number))) {
                LayerDeclaration layer = declaration.layers().value().get(number - 1);
                report(
                        layer.name().isWritten() ? layer.name() : layer.units(),
                        "LeadsNowhere",
                        "No layer reads " + name(number)
                                + ", and it is no output; name it in the from of another layer,"
                                + " or in outputs, or remove it.");
            }
        }
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private void report(Declared<?> value, String code, String message) {
        problems.add(Problem.with(declaration, value, code, message));
    }
}
