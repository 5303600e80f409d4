package dev.chainrule.processor.page;

import dev.chainrule.processor.derivation.Derivation;
import dev.chainrule.processor.derivation.Route;
import dev.chainrule.processor.equations.Block;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.schedule.Limits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sections that a page shows and computes.
 *
 * @param forward one section a layer, and the outputs
 * @param error the error
 * @param backpropagation the gradient by every parameter
 * @param byInputs the gradient by every input, from what backpropagation has found; none where E does not depend on them
 * @param byOtherUnits the derivatives by units that neither names
 * @param paths by the name of each layer's weights, biases and letters, {@code w1}, the full gradient of one; none where there
 *     are too many layers, or ways through them, to write a path down
 */
record PageSections(
        List<Section> forward,
        Section error,
        List<Section> backpropagation,
        List<Section> byInputs,
        List<Section> byOtherUnits,
        Map<String, List<Paths>> paths) {
    /** More ways through the layers than this are not read. */
    private static final int MOST_ROUTES = 64;

    /**
     * The full gradient of one weight, or bias, of a layer, as far as one of its readers takes it.
     *
     * @param reader the number of the layer that has the parameter
     * @param equation the equation, for every one of them
     * @param parameter the variables that say which
     * @param routes the ways from there to the error
     */
    record Paths(int reader, Equation equation, List<Index.Variable> parameter, List<Route> routes) {
        /** The first unit that these weights lead from, of those that the layer reads. */
        int first() {
            return equation.left().indices().get(0) instanceof Index.Shifted shifted ? shifted.by() : 0;
        }

        /** How many units they lead from, or of biases to. */
        int size() {
            return parameter.get(0).size();
        }
    }

    static PageSections of(Derivation derivation) {
        List<Section> forward = new ArrayList<>(derivation.forward());
        forward.add(derivation.output());
        List<Section> byInputs = new ArrayList<>(derivation.byInputs());
        byInputs.removeAll(derivation.byParameters());
        return new PageSections(
                forward,
                derivation.loss().get(0),
                derivation.byParameters(),
                byInputs,
                derivation.byOtherUnits(),
                derivation.network().depth() <= Limits.FULL_GRADIENT_LAYERS ? paths(derivation) : Map.of());
    }

    private static Map<String, List<Paths>> paths(Derivation derivation) {
        List<Section> all = Route.apart(derivation.paths(), MOST_ROUTES);
        List<Section> shown = Route.withReaders(all);
        Map<String, List<Paths>> paths = new LinkedHashMap<>();
        for (int i = 0; i < all.size(); i++) {
            List<Block> blocks = all.get(i).blocks();
            for (int j = 0; j < blocks.size(); j++) {
                Equation equation = blocks.get(j).equations().get(0);
                paths.computeIfAbsent(equation.left().by().family().name(), of -> new ArrayList<>())
                        .add(new Paths(
                                all.get(i).layer(),
                                shown.get(i).blocks().get(j).equations().get(0),
                                blocks.get(j).over(),
                                Route.of(equation.right())));
            }
        }
        return paths;
    }

    /** The forward pass and the error. */
    List<Section> toError() {
        List<Section> sections = new ArrayList<>(forward);
        sections.add(error);
        return sections;
    }

    /** What backpropagation computes in all, the forward pass and the error among it. */
    List<Section> computed() {
        List<Section> sections = new ArrayList<>(forward.subList(0, forward.size() - 1));
        sections.add(error);
        sections.addAll(backpropagation);
        return sections;
    }

    /** The gradient by the parameters and by the inputs, and then by all units. */
    List<Section> fromError() {
        List<Section> sections = new ArrayList<>(backpropagation);
        sections.addAll(byInputs);
        sections.addAll(byOtherUnits);
        return sections;
    }
}
