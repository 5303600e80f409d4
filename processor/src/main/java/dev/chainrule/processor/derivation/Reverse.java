package dev.chainrule.processor.derivation;

import static dev.chainrule.processor.equations.Expression.difference;
import static dev.chainrule.processor.equations.Expression.product;

import dev.chainrule.processor.equations.Block;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Expression.SumOver;
import dev.chainrule.processor.equations.Expression.WeightedSum;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.LocalRule;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.equations.Symbol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Backpropagation, over any graph of equations: from the last to the first, what E changes by with the left side of an
 * equation gives what it changes by with each symbol on the right. What one equation has found, those before it use
 * again.
 */
final class Reverse {
    private final Predicate<Quantity> wanted;

    /** By the family of a symbol, what its readers have found of it so far, the last of them first. */
    private final Map<Symbol, List<Term>> found = new HashMap<>();

    private final List<Section> sections = new ArrayList<>();

    /** The section that is worked on. */
    private List<Block> deltas = new ArrayList<>();

    private List<Block> gradients = new ArrayList<>();

    /**
     * What a reader adds to the derivative of E by a symbol.
     *
     * @param of the symbol, as the reader has it
     * @param isSum whether the value is a sum over the reader's units
     * @param layer of the reader
     */
    private record Term(Symbol of, Expression value, boolean isSum, int layer) {}

    private Reverse(Predicate<Quantity> wanted) {
        this.wanted = wanted;
    }

    /**
     * The derivatives of E.
     *
     * @param sections what leads to E, which the last of their equations gives
     * @param wanted the quantities to derive by
     */
    static List<Section> of(List<Section> sections, Predicate<Quantity> wanted) {
        Reverse reverse = new Reverse(wanted);
        for (int i = sections.size() - 1; i >= 0; i--) {
            reverse.section(sections.get(i));
        }
        return reverse.sections;
    }

    private void section(Section section) {
        deltas = new ArrayList<>();
        gradients = new ArrayList<>();
        Set<Integer> readers = new LinkedHashSet<>();
        for (int i = section.blocks().size() - 1; i >= 0; i--) {
            Block block = section.blocks().get(i);
            for (int j = block.equations().size() - 1; j >= 0; j--) {
                equation(block.over(), block.equations().get(j), section.layer(), readers);
            }
        }
        int layer = section.layer();
        if (!deltas.isEmpty()) {
            readers.remove(layer);
            int reader = readers.stream().findFirst().orElse(layer);
            boolean isOfLoss =
                    section.equations().anyMatch(equation -> equation.left().equals(Symbol.error()));
            sections.add(
                    isOfLoss
                            ? new Section("lossSlopes", "Derivatives of the loss by its sums", layer, deltas)
                            : new Section(
                                    "delta" + layer, "Delta of layer " + layer + through(readers), reader, deltas));
        }
        if (!gradients.isEmpty()) {
            boolean isByInput = gradients.get(0).equations().get(0).left().quantity() == Quantity.ERROR_BY_INPUT;
            sections.add(
                    isByInput
                            ? new Section(
                                    "gradient0", "Gradient by the input" + through(Set.of(layer)), layer, gradients)
                            : new Section("gradient" + layer, "Gradient of layer " + layer, layer, gradients));
        }
    }

    /** {@code , carried back through W2}. */
    private static String through(Set<Integer> layers) {
        StringBuilder text = new StringBuilder();
        for (int layer : layers) {
            text.append(text.isEmpty() ? ", carried back through W" : " and W").append(layer);
        }
        return text.toString();
    }

    private void equation(List<Index.Variable> over, Equation equation, int layer, Set<Integer> readers) {
        if (equation.left().equals(Symbol.error())) {
            spread(over, equation, Expression.ONE, layer);
            return;
        }
        List<Term> terms = found.remove(equation.left().family());
        if (terms == null) {
            return;
        }
        terms.forEach(term -> readers.add(term.layer()));
        List<Index.Variable> units = variables(terms.get(0).of());
        Expression adjoint = adjoint(equation, terms, units);
        if (equation.right() instanceof WeightedSum) {
            // Its own variables stay, as one of the reader's may have the name of that of the sum
            spread(over, equation, equation.left().adjoint(), layer);
        } else {
            Equation renamed = equation;
            for (int i = 0; i < units.size(); i++) {
                renamed = renamed.at((Index.Variable) equation.left().indices().get(i), units.get(i));
            }
            spread(units, renamed, adjoint, layer);
        }
    }

    /** The derivative of E by the left side: its symbol where it is needed more than once, or is a sum. */
    private Expression adjoint(Equation equation, List<Term> terms, List<Index.Variable> units) {
        Symbol name = symbol(equation.left().adjoint(), equation.left().label(), units);
        Term first = terms.get(0);
        if (terms.size() == 1) {
            boolean isStored = first.isSum()
                    || units.isEmpty() && !first.value().operands().isEmpty()
                    || equation.right() instanceof WeightedSum
                    || equation.rule()
                            .filter(LocalRule.Softmax.class::isInstance)
                            .isPresent();
            if (!isStored) {
                return first.value();
            }
            add(deltas, units, new Equation(name, first.value()));
            return name;
        }
        List<Expression> values = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            // That of the loss, the last to be computed, comes first, and then the readers in their order
            Term term = terms.get(i == 0 ? 0 : terms.size() - i);
            List<Index.Variable> own = variables(term.of());
            Expression value = term.value();
            if (term.isSum()) {
                // Over the reader's variables, as one of the units may have the name of that of the sum
                String label = "w" + term.layer() + "x" + i;
                add(deltas, own, new Equation(symbol(name, label, own), value));
                value = symbol(name, label, units);
            } else {
                for (int j = 0; j < units.size(); j++) {
                    value = value.at(own.get(j), units.get(j));
                }
            }
            values.add(value);
        }
        add(deltas, units, new Equation(name, new Expression.Sum(values)));
        return name;
    }

    private static Symbol symbol(Symbol like, String label, List<Index.Variable> units) {
        return new Symbol(like.quantity(), like.layer(), label, List.copyOf(units));
    }

    /** Adds to the derivatives by the symbols on the right. */
    private void spread(List<Index.Variable> over, Equation equation, Expression adjoint, int layer) {
        if (equation.rule().isPresent()) {
            LocalRule rule = equation.rule().get();
            if (rule instanceof LocalRule.Slopes slopes) {
                slopes.by().forEach((symbol, slope) -> found(symbol, product(adjoint, slope), false, layer));
            } else {
                throughSoftmax(over, equation.left(), (LocalRule.Softmax) rule, (Symbol) adjoint, layer);
            }
        } else if (equation.right() instanceof WeightedSum sum) {
            throughSum(over, sum, (Symbol) adjoint, layer);
        } else {
            for (LocalSlope slope : LocalSlope.of(equation)) {
                Expression value = product(adjoint, slope.value());
                List<Index.Variable> rest = new ArrayList<>(over);
                rest.removeAll(slope.by().indices());
                for (Index.Variable variable : rest) {
                    value = new SumOver(variable, value);
                }
                found(slope.by(), value, !rest.isEmpty(), layer);
            }
        }
    }

    /** {@code z_j = start + sum_k a_k w_k_j}: of w {@code delta_j a_k}, of a {@code sum_j delta_j w_k_j}. */
    private void throughSum(List<Index.Variable> over, WeightedSum sum, Symbol delta, int layer) {
        factor((Symbol) sum.right(), sum.left(), over, delta, layer);
        factor((Symbol) sum.left(), sum.right(), over, delta, layer);
        if (sum.start() instanceof WeightedSum before) {
            throughSum(over, before, delta, layer);
        } else if (sum.start() instanceof Symbol start) {
            found(start, delta, false, layer);
        }
    }

    private void factor(Symbol by, Expression other, List<Index.Variable> over, Symbol delta, int layer) {
        List<Index.Variable> rest = new ArrayList<>(over);
        rest.removeAll(variables(by));
        if (rest.isEmpty()) {
            found(by, product(delta, other), false, layer);
        } else {
            found(by, new WeightedSum(Expression.NOTHING, rest.get(0), delta, other), true, layer);
        }
    }

    /**
     * {@code dE/dz_j = sum_i dE/da_i a_i ([i = j] - a_j)}, the full Jacobian of softmax, with what all j share taken out:
     * {@code a_j (dE/da_j - sum_i dE/da_i a_i)}.
     */
    private void throughSoftmax(
            List<Index.Variable> over, Symbol a, LocalRule.Softmax softmax, Symbol byActivation, int layer) {
        Symbol mean = Symbol.of(Quantity.MEAN, a.layer());
        add(deltas, List.of(), new Equation(mean, new WeightedSum(Expression.NOTHING, over.get(0), byActivation, a)));
        found(softmax.z(), product(a, difference(byActivation, mean)), false, layer);
    }

    private void found(Symbol symbol, Expression value, boolean isSum, int layer) {
        Quantity quantity = symbol.quantity();
        if (quantity == Quantity.INPUT || quantity.isParameter()) {
            if (wanted.test(quantity)) {
                add(gradients, variables(symbol), new Equation(symbol.adjoint(), value));
            }
        } else if (quantity != Quantity.TARGET && quantity != Quantity.RECORD_WEIGHT) {
            found.computeIfAbsent(symbol.family(), family -> new ArrayList<>())
                    .add(new Term(symbol, value, isSum, layer));
        }
    }

    private static List<Index.Variable> variables(Symbol symbol) {
        return symbol.indices().stream()
                .map(index -> index instanceof Index.Shifted shifted ? shifted.variable() : (Index.Variable) index)
                .toList();
    }

    /** Adds an equation to the last of some blocks, or to a new one where that is over other units. */
    private static void add(List<Block> blocks, List<Index.Variable> over, Equation equation) {
        int last = blocks.size() - 1;
        if (last >= 0 && blocks.get(last).over().equals(over)) {
            List<Equation> equations = new ArrayList<>(blocks.get(last).equations());
            equations.add(equation);
            blocks.set(last, new Block(over, equations));
        } else {
            blocks.add(new Block(over, List.of(equation)));
        }
    }
}
