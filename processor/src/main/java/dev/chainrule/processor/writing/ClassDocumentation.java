package dev.chainrule.processor.writing;

import dev.chainrule.processor.derivation.ForwardPass;
import dev.chainrule.processor.derivation.Section;
import dev.chainrule.processor.model.GeneratedType;
import dev.chainrule.processor.model.Layer;
import dev.chainrule.processor.model.Network;
import dev.chainrule.processor.rendering.TextRenderer;
import dev.chainrule.processor.routine.Unrolling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The comment of a generated class: what network it is, its equations, its notation and its layout. */
final class ClassDocumentation {
    private ClassDocumentation() {}

    static String of(GeneratedType type, Network network) {
        List<String> lines = new ArrayList<>();
        lines.add(Paragraph.of("The " + shape(network) + " network declared by {@link " + type.declaredName() + "}, "
                + form(network) + "."));
        lines.add("");
        lines.add("<pre>");
        lines.add("  Layer 0, the input: x_k for k = 0 .. " + (network.inputs() - 1));
        for (Section section : ForwardPass.of(network)) {
            Layer layer = network.layer(section.layer());
            lines.add("");
            lines.add("  Layer " + section.layer() + ": " + layer.units() + " "
                    + layer.activation().name().toLowerCase(Locale.ROOT)
                    + (layer.units() == 1 ? " unit" : " units") + (layer.bias() ? "" : ", no bias"));
            TextRenderer.equations(section).forEach(equation -> lines.add("    " + equation));
        }
        lines.add("");
        lines.add("  The error, for the targets t_j");
        TextRenderer.equations(ForwardPass.error(network)).forEach(equation -> lines.add("    " + equation));
        lines.add("");
        lines.add(
                "  w1_k_j leads from unit k of layer 0 to unit j of layer 1; delta1_j = dE/dz1_j; dE_da1_j = dE/da1_j");
        if (IntStream.rangeClosed(1, network.depth()).anyMatch(layer -> Unrolling.isLooped(network, layer))) {
            lines.add("");
            lines.add("  A sum in a loop starts from -0.0: adding to it changes nothing, not even the sign of a zero.");
        }
        lines.add("");
        lines.add("  Where the parameters stand, and their derivatives in a gradient");
        for (int number = 1; number <= network.depth(); number++) {
            Layer layer = network.layer(number);
            int bias = layer.firstBias();
            lines.add("    [" + layer.offset() + "] to [" + (bias - 1) + "]: w" + number + "_k_j at ["
                    + sum(layer.offset(), layer.units() == 1 ? "k" : layer.units() + " * k + j") + "]");
            if (layer.bias()) {
                lines.add("    [" + bias + "] to [" + (bias + layer.units() - 1) + "]: b" + number + "_j at ["
                        + sum(bias, "j") + "]");
            }
        }
        lines.add("</pre>\n");
        return String.join("\n", lines);
    }

    private static String sum(int offset, String index) {
        return offset == 0 ? index : offset + " + " + index;
    }

    /** The sizes, unless there are too many for a line. */
    private static String shape(Network network) {
        return network.shape().length() <= 80 ? network.shape() : network.depth() + "-layer";
    }

    private static String form(Network network) {
        List<Integer> looped = IntStream.rangeClosed(1, network.depth())
                .filter(layer -> Unrolling.isLooped(network, layer))
                .boxed()
                .toList();
        if (looped.isEmpty()) {
            return "with every sum and every derivative written out";
        } else if (looped.size() == network.depth()) {
            return "its sums and derivatives as loops";
        }
        String numbers = looped.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return "with every sum and every derivative written out, but for loops in layer"
                + (looped.size() == 1 ? " " : "s ") + numbers;
    }
}
