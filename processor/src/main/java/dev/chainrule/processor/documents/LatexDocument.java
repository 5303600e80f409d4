package dev.chainrule.processor.documents;

import dev.chainrule.processor.derivation.Derivation;
import dev.chainrule.processor.derivation.Route;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.network.GeneratedType;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.notation.LatexRenderer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The derivation of a network as a LaTeX document: forward pass, full gradient and backpropagation. */
public final class LatexDocument {
    /** More ways from a parameter to the error than this are not read. */
    private static final int MOST_ROUTES = 64;

    private LatexDocument() {}

    /** The document's text, in ASCII. */
    public static String of(GeneratedType type, Derivation derivation) {
        Network network = derivation.network();
        List<Section> forward = new ArrayList<>(derivation.forward());
        forward.addAll(derivation.loss());
        return String.join(
                "\n",
                "\\documentclass{article}",
                "\\usepackage{amsmath}",
                "\\usepackage[margin=2cm]{geometry}",
                "\\allowdisplaybreaks",
                "\\begin{document}",
                "\\section*{The " + network.shape() + " network \\texttt{" + escaped(type.declaredName()) + "}}",
                "\\subsection*{Forward pass}",
                sections(forward, network),
                "\\subsection*{Full gradient}",
                fullGradient(derivation),
                "\\subsection*{Backpropagation}",
                sections(derivation.byParameters(), network),
                "\\end{document}",
                "");
    }

    /** What has too many ways through the layers is named alone. */
    private static String fullGradient(Derivation derivation) {
        if (!derivation.hasPaths()) {
            return "There are more than " + Derivation.MOST_ROUTES
                    + " ways through the layers, too many to be written.";
        }
        List<Section> all = derivation.paths();
        List<Section> written = Route.withReaders(Route.apart(all, MOST_ROUTES));
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            texts.add(
                    all.get(i).blocks().size() == written.get(i).blocks().size()
                            ? section(written.get(i), derivation.network())
                            : "\\paragraph{" + all.get(i).title() + "} More than " + MOST_ROUTES
                                    + " ways through the layers, too many to be read.");
        }
        return String.join("\n", texts);
    }

    private static String sections(List<Section> sections, Network network) {
        return sections.stream().map(section -> section(section, network)).collect(Collectors.joining("\n"));
    }

    private static String section(Section section, Network network) {
        String equations = section.blocks().stream()
                .flatMap(block -> block.together().stream())
                .map(LatexRenderer::aligned)
                .collect(Collectors.joining(" \\\\\n"));
        boolean isNamed = section.name().equals("forward" + section.layer())
                && !network.layer(section.layer()).name().isEmpty();
        String name = isNamed ? ": " + escaped(network.name(section.layer())) : "";
        return "\\paragraph{" + section.title() + name + "}\n\\begin{align*}\n" + equations + "\n\\end{align*}";
    }

    /** Names may hold characters that LaTeX gives a meaning, and such as its fonts do not have. */
    private static String escaped(String name) {
        return name.codePoints()
                .mapToObj(c -> c == '_' || c == '$' ? "\\" + (char) c : c < 128 ? Character.toString(c) : "?")
                .collect(Collectors.joining());
    }
}
