package dev.chainrule.processor.classes;

import dev.chainrule.annotations.Precision;
import dev.chainrule.processor.code.FrozenStorage;
import dev.chainrule.processor.code.Place;
import dev.chainrule.processor.code.RecordAccess;
import dev.chainrule.processor.code.Storage;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.layers.ForwardPass;
import dev.chainrule.processor.network.ActivationFunction;
import dev.chainrule.processor.network.GeneratedType;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.Part;
import dev.chainrule.processor.network.TrainedNetwork;
import dev.chainrule.processor.notation.TextRenderer;
import dev.chainrule.processor.property.ProvedProperty;
import dev.chainrule.processor.schedule.Schedule;
import dev.chainrule.processor.schedule.Sparsity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The comment of a generated class: what network it is, its equations, its notation and its layout. */
final class ClassDocumentation {
    /** What fits a line of the comment. */
    private static final int LINE = 117;

    private ClassDocumentation() {}

    /**
     * For a network that can be trained.
     *
     * @param backpropIsOneMethod whether backpropagation of one record is, which has no loops then
     */
    static String of(GeneratedType type, Network network, boolean backpropIsOneMethod) {
        List<Integer> loops = Schedule.of(network).loopedSums();
        List<String> lines = new ArrayList<>();
        lines.add(Paragraph.of("The " + shape(network) + " network declared by {@link " + type.declaredName() + "}, "
                + form(loops, network, "every sum and every derivative", "its sums and derivatives")
                + (loops.isEmpty() || !backpropIsOneMethod ? "." : "; backpropagation of one record is written out.")));
        lines.add("");
        lines.add("<pre>");
        lines.addAll(layers(network));
        lines.addAll(titled("  Loss, for the targets t_j", ForwardPass.loss(network)));
        lines.add("");
        lines.add(notation(network, true));
        lines.addAll(noteOnLoops(loops));
        lines.add("");
        lines.add("  Where the parameters are stored, and their derivatives in a gradient");
        lines.addAll(layout(network, Storage.of(network, RecordAccess.AMONG_OTHERS)));
        lines.add("</pre>\n");
        return String.join("\n", lines);
    }

    /**
     * For a frozen network.
     *
     * @param schedule how its code is shaped
     * @param array where the parameters stand, unless they are literals
     * @param proved what is proved of it
     */
    static String ofFrozen(
            GeneratedType type,
            TrainedNetwork trained,
            Schedule schedule,
            Optional<FrozenStorage> array,
            List<ProvedProperty> proved) {
        Network network = trained.network();
        Sparsity sparsity = schedule.sparsity();
        List<Integer> loops = schedule.loopedSums();
        List<String> lines = new ArrayList<>();
        lines.add(Paragraph.of("The " + shape(network) + " network declared by {@link " + type.declaredName()
                + "}, as it was trained, " + (trained.precision() == Precision.FLOAT ? "in {@code float}, " : "")
                + form(loops, network, "every sum", "its sums") + "."));
        lines.add("");
        if (sparsity.isAnythingLeftOut()) {
            lines.add(leftOut(network, sparsity));
            lines.add("");
        }
        lines.add(Paragraph.of("<p>Any number of threads can call it at a time. No call allocates, but a thread's first"
                + (array.isEmpty()
                        ? " over a range of records, which makes"
                        : ", and its first over a range of records, which make")
                + " what this thread computes with."));
        lines.add("");
        lines.add("<pre>");
        lines.addAll(layers(network));
        lines.add("");
        lines.add(notation(network, false));
        lines.addAll(noteOnLoops(loops));
        array.ifPresent(storage -> {
            lines.add("");
            lines.add("  Where the parameters are stored");
            lines.addAll(layout(network, storage));
        });
        proved.forEach(property -> lines.addAll(proved(property)));
        lines.add("</pre>\n");
        return String.join("\n", lines);
    }

    private static List<String> proved(ProvedProperty proved) {
        List<String> lines = new ArrayList<>(List.of(
                "",
                String.format(
                        Locale.ROOT,
                        "  Proved of what forward computes, to the bit, by %,d %s; the tightest margin is %.3g",
                        proved.boxes(),
                        proved.boxes() == 1 ? "box" : "boxes",
                        proved.margin())));
        for (String text : List.of(
                "if " + proved.property().when(), "then " + proved.property().then())) {
            TextRenderer.wrapped(text, LINE - 20, "    ")
                    .forEach(line ->
                            lines.add("    " + line.replace("&", "&amp;").replace("<", "&lt;")));
        }
        return lines;
    }

    private static List<String> layers(Network network) {
        List<String> lines = new ArrayList<>();
        lines.add("  Layer 0, the input: x_k for k = 0 .. " + (network.inputs() - 1));
        for (Part part : network.parts()) {
            if (!part.name().isEmpty()) {
                lines.add("    " + part.name() + ": x_" + part.first() + what(part));
            }
        }
        for (Section section : ForwardPass.of(network)) {
            lines.addAll(titled("  " + (section.layer() == 0 ? section.title() : title(network, section)), section));
        }
        return lines;
    }

    private static String what(Part part) {
        if (part.isCategory()) {
            return ", one of the categories " + part.firstCategory() + " to "
                    + (part.firstCategory() + part.categories() - 1);
        }
        return part.size() == 1 ? "" : " to x_" + (part.first() + part.size() - 1);
    }

    /** {@code Layer 2, 4 tanh units}; in a graph with its name, its kind and what it reads. */
    private static String title(Network network, Section section) {
        Layer layer = network.layer(section.layer());
        List<String> words = new ArrayList<>(List.of(section.title()));
        if (!layer.name().isEmpty()) {
            words.add(layer.name());
        }
        if (!network.isChain()) {
            String kind = layer.isDense()
                    ? ""
                    : (layer.inverse() ? "inverse " : "") + layer.kind().name().toLowerCase(Locale.ROOT) + " ";
            words.add(
                    kind + "of " + layer.sources().stream().map(network::words).collect(Collectors.joining(" and ")));
        }
        words.add(layer.units() + " " + kind(layer) + (layer.units() == 1 ? "unit" : "units"));
        if (layer.weightsOf() > 0) {
            words.add("weights of " + network.name(layer.weightsOf()));
        } else if (layer.isDense() && !layer.bias()) {
            words.add("no bias");
        }
        return String.join(", ", words);
    }

    /** What the names of weights and derivatives mean. */
    private static String notation(Network network, boolean isTrainable) {
        String weights = network.isChain()
                ? "  w1_k_j leads from unit k of layer 0 to unit j of layer 1"
                : "  w1_k_j leads from unit k of what layer 1 reads to its unit j; w1_k2_j is that of k + 2";
        return weights
                + (isTrainable ? "; delta1_j = dE/dz1_j" + (network.isChain() ? "; dE_da1_j = dE/da1_j" : "") : "");
    }

    /** The name of an activation; a formula is among the equations. */
    private static String kind(Layer layer) {
        return layer.activation() instanceof ActivationFunction.Named named
                ? named.text().toLowerCase(Locale.ROOT) + " "
                : "";
    }

    /** A title and equations, on one line where they fit, as a comment takes them, which is HTML. */
    private static List<String> titled(String title, Section section) {
        List<String> equations = TextRenderer.equations(section).stream()
                .map(equation -> equation.replace("<", "&lt;"))
                .toList();
        String together = title + ": " + String.join(", ", equations);
        if (together.length() <= LINE) {
            return List.of(together);
        }
        List<String> lines = new ArrayList<>(List.of(title));
        equations.forEach(
                equation -> TextRenderer.wrapped(equation, LINE - 4, "    ").forEach(line -> lines.add("    " + line)));
        return lines;
    }

    /** What a frozen class does not compute, and when that shows. */
    private static String leftOut(Network network, Sparsity sparsity) {
        List<String> layers = new ArrayList<>();
        for (int number = 1; number <= network.depth(); number++) {
            if (sparsity.isWrittenOut(number)) {
                int units = sparsity.unitsLeftOut(number).cardinality();
                layers.add("layer " + number + " has " + sparsity.products(number) + " of "
                        + network.layer(number).products() + " products"
                        + (units > 0 ? " and " + (network.layer(number).units() - units) + " units" : ""));
            }
        }
        return Paragraph.of("<p>Products with a weight of 0 are left out, and units that lead to no output: "
                + String.join(", ", layers)
                + ". As long as all values are finite, no bit of an output depends on it, but the sign of a zero."
                + " Where one is not, its product with 0 would be NaN, and is not there.");
    }

    private static List<String> noteOnLoops(List<Integer> loops) {
        return !loops.isEmpty()
                ? List.of(
                        "",
                        "  A sum in a loop starts from -0.0: adding to it changes nothing, not even the sign of a zero.",
                        "  Up to 12 sums or 8 rows go through a loop together, which hides the latency of an addition.")
                : List.of();
    }

    private static List<String> layout(Network network, Storage storage) {
        List<String> lines = new ArrayList<>();
        for (int number = 1; number <= network.depth(); number++) {
            Layer layer = network.layer(number);
            int weights = storage.firstParameter(number);
            int bias = weights + storage.weights(layer);
            int end = layer.biases() > 0 ? bias + layer.units() : bias;
            if (storage.weights(layer) > 0) {
                lines.add("    [" + weights + "] to [" + (end - 1) + "]: w" + number + "_k_j at ["
                        + sum(weights, layer.units() == 1 ? "k" : storage.rowLength(layer.units()) + " * k + j") + "]"
                        + (layer.bias() ? ", b" + number + "_j at [" + sum(bias, "j") + "]" : ""));
            } else if (layer.biases() > 0) {
                lines.add("    [" + bias + "] to [" + (end - 1) + "]: b" + number + "_j at [" + sum(bias, "j")
                        + "]; its weights are in the code");
            }
            for (Map.Entry<String, Double> letter : layer.activation().letters().entrySet()) {
                Symbol first = new Symbol(Quantity.TRAINABLE, number, letter.getKey(), List.of(new Index.Unit(0)));
                int from = ((Place.Element) storage.place(first)).constant();
                lines.add("    [" + from + "] to [" + (from + layer.units() - 1) + "]: p" + number + "_"
                        + letter.getKey() + "_j at [" + sum(from, "j") + "], at first " + letter.getValue());
            }
        }
        for (int number = 1; number <= network.depth(); number++) {
            Layer layer = network.layer(number);
            if (layer.constantsCount() > 0) {
                int shift = constant(storage, Quantity.SHIFT, number);
                int scale = constant(storage, Quantity.SCALE, number);
                lines.add("    constants [" + shift + "] to [" + (scale + layer.units() - 1) + "]: shift" + number
                        + "_j at [" + sum(shift, "j") + "], scale" + number + "_j at [" + sum(scale, "j") + "]");
            }
        }
        return lines;
    }

    /** Where the first of the shifts or scales of a layer is stored. */
    private static int constant(Storage storage, Quantity quantity, int layer) {
        return ((Place.Element) storage.place(Symbol.at(quantity, layer, 0))).constant();
    }

    private static String sum(int offset, String index) {
        return offset == 0 ? index : offset + " + " + index;
    }

    /** The sizes, unless there are too many for a line. */
    private static String shape(Network network) {
        return network.shape().length() <= 80 ? network.shape() : network.depth() + "-layer";
    }

    private static String form(List<Integer> looped, Network network, String each, String all) {
        if (looped.isEmpty()) {
            return "with " + each + " written out";
        } else if (looped.size() == network.depth()) {
            return all + " as loops";
        }
        String numbers = looped.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return "with " + each + " written out, but for loops in layer" + (looped.size() == 1 ? " " : "s ") + numbers;
    }
}
