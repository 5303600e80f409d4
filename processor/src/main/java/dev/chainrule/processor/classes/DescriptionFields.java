package dev.chainrule.processor.classes;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Expression.Letter;
import dev.chainrule.processor.network.GeneratedType;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.LossFunction;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.Output;
import dev.chainrule.processor.network.Part;
import dev.chainrule.processor.notation.TextRenderer;
import dev.chainrule.processor.rules.Activations;
import dev.chainrule.processor.rules.LossRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.lang.model.element.Modifier;

/** The constants of a class that say what network it is of. */
final class DescriptionFields {
    static final ClassName DESCRIPTION = runtime("NetworkDescription");

    /** What a continued line of a field is indented by. */
    private static final String CONTINUED = " ".repeat(12);

    private static final String LINE = "\n" + CONTINUED;

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
        List<String> arguments;
        if (network.isChain() && network.parts().get(0).name().isEmpty()) {
            Output output = network.outputLayers().get(0);
            arguments = new ArrayList<>(List.of("INPUTS", "LAYERS"));
            arguments.addAll(loss(output));
        } else {
            List<String> parts = network.parts().stream().map(this::part).toList();
            fields.add(array("InputDescription", "PARTS", parts));
            List<String> outputs =
                    network.outputLayers().stream().map(this::output).toList();
            fields.add(array("OutputDescription", "OUTPUT_LAYERS", outputs));
            arguments = List.of("PARTS", "LAYERS", "OUTPUT_LAYERS");
        }
        fields.add(array("LayerDescription", "LAYERS", layers));
        String together = String.join(", ", arguments);
        String call = CONTINUED + "NetworkDescription.of(" + together + ");";
        String declaration = "    private static final NetworkDescription DESCRIPTION = ";
        String form = declaration.length() + call.trim().length() <= ClassFrame.WIDTH
                ? "$T.of($L)"
                : call.length() <= ClassFrame.WIDTH ? "$>$>\n$T.of($L)$<$<" : "$T.of($>$>\n$L)$<$<";
        boolean fitsALine = CONTINUED.length() + together.length() + ");".length() <= ClassFrame.WIDTH;
        fields.add(FieldSpec.builder(DESCRIPTION, "DESCRIPTION", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer(form, DESCRIPTION, naming(fitsALine ? together : String.join(",\n", arguments)))
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
        List<String> arguments = new ArrayList<>(loss(output));
        arguments.add(0, "\"" + network.name(output.layer()) + "\"");
        arguments.add(3, Double.toString(output.weight()));
        return created("OutputDescription", arguments);
    }

    /** {@code new OutputDescription("y", ...)}, with a line for the arguments, or each, where they are long. */
    private String created(String runtimeType, List<String> arguments) {
        String type = name(runtimeType);
        String together = String.join(", ", arguments);
        if ("        new (),".length() + type.length() + together.length() <= ClassFrame.WIDTH) {
            return "new " + type + "(" + together + ")";
        }
        boolean fitsALine = CONTINUED.length() + 4 + together.length() + "),".length() <= ClassFrame.WIDTH;
        return "new " + type + "(" + LINE + (fitsALine ? together : String.join("," + LINE, arguments)) + ")";
    }

    /** {@code new LayerDescription(2, "TANH", "tanh(z)", true)}, with calls for what is not usual. */
    private String layer(int number) {
        Layer layer = network.layer(number);
        String value = TextRenderer.expression(Activations.formula(layer.activation()));
        List<String> arguments = new ArrayList<>(List.of(
                Integer.toString(layer.units()),
                "\"" + layer.activation().text() + "\"",
                "\"" + value + "\"",
                Boolean.toString(layer.bias())));
        layer.activation().letters().keySet().forEach(letter -> arguments.add("\"" + letter + "\""));
        String created = created("LayerDescription", arguments);
        List<String> calls = graph(layer);
        String all = created + String.join("", calls);
        // As the formatter does, which breaks a chain of three calls
        boolean fitsALine = "        ,".length() + all.length() <= ClassFrame.WIDTH && calls.size() < 3;
        return fitsALine
                ? all
                : created + calls.stream().map(call -> LINE + call).collect(Collectors.joining());
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

    /** {@code "SUM_OF_SQUARES", "sum((y - t) * (y - t))", TargetKind.ANY}: what the loss is called, what it is, and of what. */
    private static List<String> loss(Output output) {
        LossFunction loss = output.loss().orElseThrow();
        LossFunction.Formula formula = LossRule.formula(loss);
        Map<Expression, Expression> sums = new HashMap<>();
        for (LossFunction.Sum sum : formula.sums()) {
            String call = (sum.isMean() ? "mean(" : "sum(") + TextRenderer.expression(sum.term()) + ")";
            sums.put(new Letter(Integer.toString(sums.size())), new Letter(call));
        }
        return List.of(
                "\"" + loss.text() + "\"",
                "\"" + TextRenderer.expression(formula.value().with(sums)) + "\"",
                "TargetKind." + targetKind(loss));
    }

    /** What the loss asks of targets. */
    private static String targetKind(LossFunction loss) {
        return loss instanceof LossFunction.Named named
                ? switch (named.loss()) {
                    case BINARY_CROSS_ENTROPY -> "PROBABILITIES";
                    case CATEGORICAL_CROSS_ENTROPY -> "DISTRIBUTION";
                    default -> "ANY";
                }
                : "ANY";
    }
}
