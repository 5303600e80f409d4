package dev.chainrule.processor.writing;

import dev.chainrule.processor.model.Layer;
import dev.chainrule.processor.model.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The value of the field that knows the layout of the parameters, broken into lines as the formatter would. */
final class LayoutInitializer {
    private static final int WIDTH = 120;
    private static final String FIELD = "    private static final ParameterLayout LAYOUT = ";
    private static final String CALL = "ParameterLayout.of(";
    private static final String CONTINUED = " ".repeat(12);

    private LayoutInitializer() {}

    static String of(Network network) {
        List<String> units = texts(network, layer -> Integer.toString(layer.units()));
        List<String> biases = texts(network, layer -> Boolean.toString(layer.bias()));
        String arguments = "INPUTS, new int[] {" + String.join(", ", units) + "}, new boolean[] {"
                + String.join(", ", biases) + "})";
        if (fits(FIELD + CALL + arguments)) {
            return CALL + arguments;
        } else if (fits(CONTINUED + CALL + arguments)) {
            return "\n" + CONTINUED.substring(4) + CALL + arguments;
        } else if (fits(CONTINUED + arguments)) {
            return CALL + "\n" + CONTINUED.substring(4) + arguments;
        }
        return CALL + "\n        INPUTS,\n        new int[] " + array(units) + ",\n        new boolean[] "
                + array(biases) + ")";
    }

    /** An array initialiser, on one line where it fits. */
    private static String array(List<String> values) {
        String together = "{" + String.join(", ", values) + "}";
        if (fits(CONTINUED + "new boolean[] " + together + ",")) {
            return together;
        }
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i) + (i == values.size() - 1 ? "" : ",");
            if (line.length() > 0 && !fits(CONTINUED + "    " + line + " " + value)) {
                lines.add(line.toString());
                line = new StringBuilder();
            }
            line.append(line.length() == 0 ? "" : " ").append(value);
        }
        lines.add(line.toString());
        String indent = CONTINUED.substring(4);
        return "{\n" + indent + "    " + String.join("\n" + indent + "    ", lines) + "\n" + indent + "}";
    }

    /** One character of the line is taken by the semicolon or comma that follows. */
    private static boolean fits(String line) {
        return line.length() + 1 <= WIDTH;
    }

    private static List<String> texts(Network network, Function<Layer, String> text) {
        return network.layers().stream().map(text).toList();
    }
}
