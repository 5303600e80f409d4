package dev.chainrule.processor.page;

import dev.chainrule.processor.equations.Block;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.notation.LatexRenderer;
import dev.chainrule.processor.rules.Operations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The forward pass, the loss and backpropagation, equation by equation, in the order in which they are computed. */
final class Steps {
    /** One equation of a section, with those that add to the same left side. */
    private record Step(Section section, int block, List<Index.Variable> over, Equation equation, long operations) {}

    private final List<Step> steps = new ArrayList<>();
    private final Map<String, Long> fullGradient = new LinkedHashMap<>();

    private Steps() {}

    static Steps of(PageSections derivation, List<Section> paths) {
        Steps steps = new Steps();
        for (Section section : derivation.computed()) {
            for (int at = 0; at < section.blocks().size(); at++) {
                Block block = section.blocks().get(at);
                for (Equation equation : block.together()) {
                    steps.steps.add(new Step(section, at, block.over(), equation, operations(block, equation.left())));
                }
            }
        }
        for (Section section : paths) {
            for (Block block : section.blocks()) {
                for (Equation equation : block.equations()) {
                    long operations = operations(block, equation.left());
                    steps.fullGradient.merge(
                            equation.left().by().family().name(), operations * times(block), Long::sum);
                }
            }
        }
        return steps;
    }

    /** As JSON takes them: the name of what each computes, its variables with their sizes, and what one of it costs. */
    List<Map<String, Object>> json() {
        List<Map<String, Object>> json = new ArrayList<>();
        for (Step step : steps) {
            List<List<Object>> over = new ArrayList<>();
            step.over().forEach(variable -> over.add(List.of(variable.name(), variable.size())));
            json.add(Json.object(
                    "section",
                    step.section().name(),
                    "title",
                    step.section().title(),
                    "layer",
                    step.equation().left().layer(),
                    "block",
                    step.block(),
                    "of",
                    step.equation().left().family().name(),
                    "latex",
                    LatexRenderer.equation(step.equation()),
                    "over",
                    over,
                    "operations",
                    step.operations()));
        }
        return json;
    }

    /** The operations of the full gradient by the names of what it derives by, of all of them together. */
    Map<String, Long> fullGradient() {
        return fullGradient;
    }

    /** For each, a function: {@code ({ j }) => [value, units, "the right side with its numbers"]}. */
    List<String> functions(JavaScriptRenderer renderer) {
        NumbersRenderer numbers = new NumbersRenderer(renderer);
        List<String> functions = new ArrayList<>();
        for (Step step : steps) {
            List<String> variables =
                    step.over().stream().map(Index.Variable::name).toList();
            List<String> units =
                    step.equation().left().indices().stream().map(Index::value).toList();
            functions.add("({ " + String.join(", ", variables) + " }) => ["
                    + renderer.render(step.equation().left()) + ", [" + String.join(", ", units) + "], "
                    + numbers.template(step.equation().right()) + "]");
        }
        return functions;
    }

    private static long times(Block block) {
        long times = 1;
        for (Index.Variable variable : block.over()) {
            times *= variable.size();
        }
        return times;
    }

    /** What it costs once to compute what stands on the left. */
    private static long operations(Block block, Symbol left) {
        List<Equation> equations = block.equations().stream()
                .filter(equation -> equation.left().equals(left))
                .toList();
        Section once = new Section("", "", 0, List.of(new Block(List.of(), equations)));
        return Operations.kinds(List.of(once)).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
