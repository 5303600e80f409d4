package dev.chainrule.processor.classes;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import dev.chainrule.processor.network.GeneratedType;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.LossFunction;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.Output;
import dev.chainrule.processor.network.Part;
import dev.chainrule.processor.notation.TextRenderer;
import dev.chainrule.processor.rules.Activations;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/** The constants of a class that say what network it is of. */
final class DescriptionFields {
    static final ClassName DESCRIPTION = runtime("NetworkDescription");

    /** What a continued line of a field is indented by. */
    private static final String CONTINUED = " ".repeat(12);

    private final GeneratedType type;
    private final Network network;

    private DescriptionFields(GeneratedType type, Network network) {
        this.type = type;
        this.network = network;
    }

    /** The fields, the last of them DESCRIPTION. */
    static List<FieldSpec> of(GeneratedType type, Network network) {
        return new DescriptionFields(type, network).fields();
    }

    private List<FieldSpec> fields() {
        List<FieldSpec> fields = new ArrayList<>();
        List<String> layers =
                IntStream.rangeClosed(1, network.depth()).mapToObj(this::layer).toList();
        String arguments;
        if (network.isChain() && network.parts().get(0).name().isEmpty()) {
            Output output = network.outputLayers().get(0);
            arguments = "INPUTS, LAYERS, \"" + loss(output).text() + "\", TargetKind." + targetKind(output);
        } else {
            List<String> parts = network.parts().stream().map(this::part).toList();
            fields.add(array("InputDescription", "PARTS", parts));
            List<String> outputs =
                    network.outputLayers().stream().map(this::output).toList();
            fields.add(array("OutputDescription", "OUTPUT_LAYERS", outputs));
            arguments = "PARTS, LAYERS, OUTPUT_LAYERS";
        }
        fields.add(array("LayerDescription", "LAYERS", layers));
        String call = CONTINUED + "NetworkDescription.of(" + arguments + ");";
        String declaration = "    private static final NetworkDescription DESCRIPTION = ";
        String form = declaration.length() + call.trim().length() <= ClassFrame.WIDTH
                ? "$T.of($L)"
                : call.length() <= ClassFrame.WIDTH ? "$>$>\n$T.of($L)$<$<" : "$T.of($>$>\n$L)$<$<";
        fields.add(FieldSpec.builder(DESCRIPTION, "DESCRIPTION", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer(form, DESCRIPTION, naming(arguments))
                .build());
        return fields;
    }

    /** Code with the type TargetKind in it, which has to be imported. */
    private static CodeBlock naming(String code) {
        CodeBlock.Builder block = CodeBlock.builder();
        String[] parts = code.split("TargetKind(?=\\.)");
        block.add("$L", parts[0]);
        for (int i = 1; i < parts.length; i++) {
            block.add("$T$L", runtime("TargetKind"), parts[i]);
        }
        return block.build();
    }

    private static FieldSpec array(String element, String name, List<String> values) {
        String declaration = "    private static final " + element + "[] " + name + " = ";
        return FieldSpec.builder(
                        ArrayTypeName.of(runtime(element)), name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer(naming(ArrayInitializer.of(declaration, values)))
                .build();
    }

    private static ClassName runtime(String name) {
        return ClassName.get("dev.chainrule.runtime", name);
    }

    /** The name of a type of the runtime in an element: a class of that name imports no other. */
    private String name(String runtimeType) {
        return type.name().equals(runtimeType) ? "dev.chainrule.runtime." + runtimeType : runtimeType;
    }

    private String part(Part part) {
        return "new " + name("InputDescription") + "(\"" + part.name() + "\", " + part.size() + ", " + part.categories()
                + ", " + part.firstCategory() + ")";
    }

    private String output(Output output) {
        return "new " + name("OutputDescription") + "(\"" + network.name(output.layer()) + "\", \""
                + loss(output).text() + "\", " + output.weight() + ", TargetKind." + targetKind(output) + ")";
    }

    /** {@code new LayerDescription(2, "TANH", "tanh(z)", true)}, with a line for the arguments, or each, where they are long. */
    private String layer(int number) {
        Layer layer = network.layer(number);
        String value = TextRenderer.expression(Activations.formula(layer.activation()));
        List<String> arguments = new ArrayList<>(List.of(
                Integer.toString(layer.units()),
                "\"" + layer.activation().text() + "\"",
                "\"" + value + "\"",
                Boolean.toString(layer.bias())));
        layer.activation().letters().keySet().forEach(letter -> arguments.add("\"" + letter + "\""));
        String together = String.join(", ", arguments);
        String type = name("LayerDescription");
        String line = "\n            ";
        String all = String.join("", graph(layer));
        int length = "        new (),".length() + type.length() + together.length();
        // As the formatter does, which breaks a chain of three calls
        String graph = length + all.length() <= ClassFrame.WIDTH && graph(layer).size() < 3
                ? all
                : graph(layer).stream().map(call -> line + call).collect(Collectors.joining());
        if (length <= ClassFrame.WIDTH) {
            return "new " + type + "(" + together + ")" + graph;
        }
        boolean fitsALine = CONTINUED.length() + 4 + together.length() + "),".length() <= ClassFrame.WIDTH;
        return "new " + type + "(" + line + (fitsALine ? together : String.join("," + line, arguments)) + ")" + graph;
    }

    /** {@code .named("r")}, {@code .ofKind(LayerDescription.Kind.ADD)}, ...: what a layer of a chain without names has not. */
    private List<String> graph(Layer layer) {
        List<String> calls = new ArrayList<>();
        if (!layer.name().isEmpty()) {
            calls.add(".named(\"" + layer.name() + "\")");
        }
        if (!layer.isDense()) {
            calls.add(".ofKind(" + name("LayerDescription") + ".Kind." + layer.kind() + ")");
        }
        if (layer.inverse()) {
            calls.add(".inverted()");
        }
        if (layer.weightsOf() > 0) {
            calls.add(".withWeightsOf(\"" + network.name(layer.weightsOf()) + "\")");
        }
        if (!network.isChain()) {
            String names = layer.sources().stream().map(network::name).collect(Collectors.joining("\", \""));
            calls.add(".reading(\"" + names + "\")");
        }
        return calls;
    }

    private static LossFunction loss(Output output) {
        return output.loss().orElseThrow();
    }

    /** What the loss asks of targets. */
    private static String targetKind(Output output) {
        return loss(output) instanceof LossFunction.Named named
                ? switch (named.loss()) {
                    case BINARY_CROSS_ENTROPY -> "PROBABILITIES";
                    case CATEGORICAL_CROSS_ENTROPY -> "DISTRIBUTION";
                    default -> "ANY";
                }
                : "ANY";
    }
}
