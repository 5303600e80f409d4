package dev.chainrule.processor.page;

import dev.chainrule.processor.derivation.Derivation;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.network.GeneratedType;
import dev.chainrule.processor.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is proved of a frozen class whose declaration names no loss, as a page like that of a derivation: drawing, values that follow what
 * is typed, equations of the forward pass and the properties; what needs an error to derive is not there.
 */
public final class ForwardPage {
    private static final List<String> SCRIPTS =
            List.of("numbers.js", "graph.js", "state.js", "drawing.js", "tables.js");

    private ForwardPage() {}

    /**
     * The page's text, in ASCII.
     *
     * @param type the frozen class
     * @param ensured what is to be proved of it
     */
    public static String of(GeneratedType type, Ensured ensured) {
        Network network = ensured.trained().network();
        Derivation derivation = Derivation.of(network);
        PropertyPanel properties = new PropertyPanel(ensured);
        List<Section> sections = new ArrayList<>(derivation.forward());
        sections.add(derivation.output());
        Map<String, Object> data = Json.object(
                "inputs",
                network.inputs(),
                "parameters",
                network.parameters(),
                "constants",
                network.constants(),
                "numbers",
                Template.encoded(ensured.trained().numbers()),
                "isChain",
                network.isChain(),
                "parts",
                GraphJson.parts(network),
                "layers",
                GraphJson.layers(network),
                "outputs",
                GraphJson.outputs(network),
                "record",
                properties.record());
        return Template.filled(
                Template.stripped("forward.html"),
                Map.ofEntries(
                        Map.entry("name", Html.escaped(type.name())),
                        Map.entry("declared", Html.escaped(type.declaredName())),
                        Map.entry("topology", Html.escaped(network.topology())),
                        Map.entry("parameters", Integer.toString(network.parameters())),
                        Map.entry("forward", new Equations(network).of(derivation.forward())),
                        Map.entry("properties", properties.section()),
                        Map.entry("style", Template.STYLE + PropertyPanel.style()),
                        Map.entry("data", Json.of(data)),
                        Map.entry("derivation", Script.ofForward(network, sections)),
                        Map.entry(
                                "scripts",
                                Template.scripts(SCRIPTS) + properties.script() + Template.script("forward.js"))));
    }
}
