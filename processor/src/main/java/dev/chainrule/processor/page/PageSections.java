package dev.chainrule.processor.page;

import dev.chainrule.processor.derivation.Derivation;
import dev.chainrule.processor.equations.Block;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.schedule.Limits;
import java.util.ArrayList;
import java.util.List;

/**
 * The sections that a page shows and computes.
 *
 * @param forward one section a layer, and the outputs
 * @param error the error
 * @param backpropagation the gradient by every parameter
 * @param byInputs the gradient by every input, from the deltas of layer 1; none where E does not depend on them
 * @param paths for each layer's weights and biases, the full gradient of one; none where there are too many layers to write
 *     a path down
 */
record PageSections(
        List<Section> forward,
        Section error,
        List<Section> backpropagation,
        List<Section> byInputs,
        List<Paths> paths) {
    /**
     * The full gradient of one weight, or bias, of a layer.
     *
     * @param name what it is by: {@code w1}
     * @param equation the equation, for every one of them
     * @param parameter the variables that say which
     * @param units the variables of the units on a path, from the parameter to the error
     * @param chain one path
     */
    record Paths(
            String name,
            Equation equation,
            List<Index.Variable> parameter,
            List<Index.Variable> units,
            Expression.Chain chain) {
        /** Whether it is by weights. A path from a bias has the same links but for the last, which is 1. */
        boolean isOfWeights() {
            return parameter.size() == 2;
        }

        /** All variables of a path. */
        List<Index.Variable> variables() {
            List<Index.Variable> variables = new ArrayList<>(parameter);
            variables.addAll(units);
            return variables;
        }

        private static Paths of(Block block) {
            Equation equation = block.equations().get(0);
            List<Index.Variable> units = new ArrayList<>();
            Expression term = equation.right();
            while (term instanceof Expression.SumOver sum) {
                units.add(sum.over());
                term = sum.term();
            }
            String name = equation.left().by().family().name();
            return new Paths(name, equation, block.over(), units, (Expression.Chain) term);
        }
    }

    static PageSections of(Derivation derivation) {
        List<Section> forward = new ArrayList<>(derivation.forward());
        forward.add(derivation.output());
        List<Section> byInputs = derivation.byInputs();
        List<Paths> paths = new ArrayList<>();
        if (derivation.network().depth() <= Limits.FULL_GRADIENT_LAYERS) {
            for (Section section : derivation.paths()) {
                section.blocks().forEach(block -> paths.add(Paths.of(block)));
            }
        }
        return new PageSections(
                forward,
                derivation.loss().get(0),
                derivation.byParameters(),
                byInputs.subList(Math.max(0, byInputs.size() - 1), byInputs.size()),
                paths);
    }

    /** The forward pass and the error. */
    List<Section> toError() {
        List<Section> sections = new ArrayList<>(forward);
        sections.add(error);
        return sections;
    }

    /** The gradient by the parameters and by the inputs. */
    List<Section> fromError() {
        List<Section> sections = new ArrayList<>(backpropagation);
        sections.addAll(byInputs);
        return sections;
    }
}
