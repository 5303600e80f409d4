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
                sections(forward),
                "\\subsection*{Full gradient}",
                sections(derivation.paths().stream().map(Route::apart).toList()),
                "\\subsection*{Backpropagation}",
                sections(derivation.byParameters()),
                "\\end{document}",
                "");
    }

    private static String sections(List<Section> sections) {
        return sections.stream().map(LatexDocument::section).collect(Collectors.joining("\n"));
    }

    private static String section(Section section) {
        String equations = section.equations().map(LatexRenderer::aligned).collect(Collectors.joining(" \\\\\n"));
        return "\\paragraph{" + section.title() + "}\n\\begin{align*}\n" + equations + "\n\\end{align*}";
    }

    /** Names may hold characters that LaTeX gives a meaning, and such as its fonts do not have. */
    private static String escaped(String name) {
        return name.codePoints()
                .mapToObj(c -> c == '_' || c == '$' ? "\\" + (char) c : c < 128 ? Character.toString(c) : "?")
                .collect(Collectors.joining());
    }
}
