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
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Backpropagation, over any graph of equations: from the last to the first, what E changes by with the left side of an
 * equation gives what it changes by with each symbol on the right. What one equation has found, those before it use
 * again.
 */
final class Reverse {
    private final Predicate<Quantity> wanted;
    private final Section loss;

    /** The families of symbols that depend on what is wanted; no derivative by others is of use. */
    private final Set<Symbol> varying = new HashSet<>();

    /** By the family of a symbol, what its readers have found of it so far, the last of them first. */
    private final Map<Symbol, List<Term>> found = new LinkedHashMap<>();

    /** By the family of a symbol, the derivative of E by it. */
    private final Map<Symbol, Adjoint> adjoints = new LinkedHashMap<>();

    private final List<Section> sections = new ArrayList<>();

    /** The section that is worked on, and where in it. */
    private Section section;

    private List<Block> deltas = new ArrayList<>();

    private List<Block> gradients = new ArrayList<>();

    /**
     * What a reader adds to the derivative of E by a symbol.
     *
     * @param of the symbol, as the reader has it
     * @param isSum whether the value is a sum over the reader's units
     * @param reader the section that reads it
     * @param through the matrix that it is carried back through, or the layer
     */
    private record Term(Symbol of, Expression value, boolean isSum, Section reader, String through) {
        /** The same for fewer of the symbol's first units, from one on. */
        Term within(int from, Index.Variable units) {
            int by = from - first(of);
            Index.Variable all = variables(of).get(0);
            Symbol part = of.at(all, units.plus(by));
            return new Term(part, value.at(all, units.plus(by)), isSum, reader, through);
        }
    }

    /** The derivative of E by a symbol, for every value of its units. */
    private record Adjoint(List<Index.Variable> units, Expression value) {}

    private Reverse(Predicate<Quantity> wanted, Section loss) {
        this.wanted = wanted;
        this.loss = loss;
    }

    /**
     * The derivatives of E.
     *
     * @param sections what leads to E, which the last of their equations gives
     * @param wanted the quantities to derive by
     */
    static List<Section> of(List<Section> sections, Predicate<Quantity> wanted) {
        Reverse reverse = new Reverse(wanted, sections.get(sections.size() - 1));
        reverse.run(sections);
        return reverse.sections;
    }

    private void run(List<Section> all) {
        all.stream().flatMap(Section::equations).forEach(this::vary);
        for (int i = all.size() - 1; i >= 0; i--) {
            section(all.get(i));
        }
        input();
    }

    /**
     * The derivatives of E by the sums and values of units that no section of those by parameters and inputs has, as what
     * they are found from is enough there: to be shown.
     *
     * @param sections what leads to E
     */
    static List<Section> others(List<Section> sections) {
        Reverse reverse = new Reverse(
                quantity -> quantity.isParameter() || quantity == Quantity.INPUT, sections.get(sections.size() - 1));
        reverse.run(sections);
        List<Section> others = new ArrayList<>();
        reverse.adjoints.forEach((family, adjoint) -> {
            boolean isOfUnit = family.quantity() == Quantity.PRE_ACTIVATION || family.quantity() == Quantity.ACTIVATION;
            Symbol name = isOfUnit ? symbol(family.adjoint(), "", adjoint.units()) : null;
            if (isOfUnit && !adjoint.value().equals(name)) {
                Block block = new Block(adjoint.units(), List.of(new Equation(name, adjoint.value())));
                others.add(new Section(
                        "by" + family.name(), "Derivative by " + family.name(), family.layer(), List.of(block)));
            }
        });
        return others;
    }

    private void vary(Equation equation) {
        if (equation.right().symbols().anyMatch(this::varies)) {
            varying.add(equation.left().family());
        }
    }

    private void section(Section next) {
        section = next;
        deltas = new ArrayList<>();
        gradients = new ArrayList<>();
        List<Term> readers = new ArrayList<>();
        for (int i = section.blocks().size() - 1; i >= 0; i--) {
            Block block = section.blocks().get(i);
            for (int j = block.equations().size() - 1; j >= 0; j--) {
                equation(block.over(), block.equations().get(j), readers);
            }
        }
        int layer = section.layer();
        if (!deltas.isEmpty()) {
            readers.removeIf(term -> term.reader() == section || term.reader() == loss);
            int reader = readers.stream()
                    .findFirst()
                    .map(term -> term.reader().layer())
                    .orElse(layer);
            sections.add(
                    section == loss
                            ? new Section("lossSlopes", "Derivatives of the loss by its sums", layer, deltas)
                            : new Section(
                                    "delta" + layer, "Delta of layer " + layer + through(readers), reader, deltas));
        }
        found.keySet().stream()
                .filter(family -> family.quantity().isParameter() && family.layer() == layer)
                .toList()
                .forEach(family -> parameter(found.remove(family)));
        if (!gradients.isEmpty()) {
            sections.add(new Section("gradient" + layer, "Gradient of layer " + layer, layer, gradients));
        }
    }

    /** {@code , carried back through W2}. */
    private static String through(List<Term> readers) {
        List<String> names = readers.stream().map(Term::through).distinct().toList();
        return names.isEmpty() ? "" : ", carried back through " + String.join(" and ", names);
    }

    /** The gradient by a parameter: what each layer that has it adds, the last of them first. */
    private void parameter(List<Term> terms) {
        if (terms.stream().allMatch(term -> term.reader() == terms.get(0).reader())) {
            terms.forEach(term -> addGradient(variables(term.of()), term));
            return;
        }
        for (List<Term> same : byUnits(terms)) {
            // One block, so that what all layers add to an element stays together
            List<Index.Variable> units = variables(same.get(0).of());
            same.forEach(term -> addGradient(units, renamed(term, units)));
        }
    }

    private void addGradient(List<Index.Variable> units, Term term) {
        add(gradients, units, new Equation(term.of().adjoint(), term.value()));
    }

    /** The same term over other units of the same sizes. */
    private static Term renamed(Term term, List<Index.Variable> units) {
        List<Index.Variable> own = variables(term.of());
        Symbol of = term.of();
        Expression value = term.value();
        for (int i = 0; i < units.size(); i++) {
            of = of.at(own.get(i), units.get(i));
            value = value.at(own.get(i), units.get(i));
        }
        return new Term(of, value, term.isSum(), term.reader(), term.through());
    }

    /** The terms cut to the longest stretches of first units that are the same for all that have them. */
    private static List<List<Term>> byUnits(List<Term> terms) {
        TreeSet<Integer> ends = new TreeSet<>();
        for (Term term : terms) {
            ends.add(first(term.of()));
            ends.add(end(term.of()));
        }
        List<List<Term>> stretches = new ArrayList<>();
        for (int from : ends.headSet(ends.last())) {
            int to = ends.higher(from);
            List<Term> within = terms.stream()
                    .filter(term -> first(term.of()) <= from && to <= end(term.of()))
                    .map(term -> term.within(
                            from, new Index.Variable(variables(term.of()).get(0).name(), to - from)))
                    .toList();
            if (!within.isEmpty()) {
                stretches.add(within);
            }
        }
        return stretches;
    }

    private static int first(Symbol symbol) {
        return symbol.indices().get(0) instanceof Index.Shifted shifted ? shifted.by() : 0;
    }

    private static int end(Symbol symbol) {
        return first(symbol) + variables(symbol).get(0).size();
    }

    /** The gradient by the input, each number of which may have several readers. */
    private void input() {
        List<Term> terms = found.get(Symbol.of(Quantity.INPUT, 0));
        if (terms == null) {
            return;
        }
        deltas = new ArrayList<>();
        for (List<Term> same : terms.size() == 1 ? List.of(terms) : byUnits(terms)) {
            Term first = same.get(0);
            List<Index.Variable> units = variables(first.of());
            Expression value =
                    same.size() == 1 ? first.value() : together(first.of().adjoint(), same, units);
            add(deltas, units, new Equation(first.of().adjoint(), value));
        }
        String title = "Gradient by the input" + through(terms);
        sections.add(new Section("gradient0", title, terms.get(0).reader().layer(), deltas));
    }

    private void equation(List<Index.Variable> over, Equation equation, List<Term> readers) {
        if (equation.left().equals(Symbol.error())) {
            spread(over, equation, Expression.ONE);
            return;
        }
        Symbol family = equation.left().family();
        List<Term> terms = found.get(family);
        if (terms == null) {
            return;
        }
        Adjoint adjoint = adjoints.get(family);
        if (adjoint == null) {
            readers.addAll(terms);
            List<Index.Variable> units = variables(terms.get(0).of());
            adjoint = new Adjoint(units, adjoint(equation, terms, units));
            adjoints.put(family, adjoint);
        }
        List<Index> indices = equation.left().indices();
        if (equation.right() instanceof WeightedSum) {
            // Its own variables stay, as one of the reader's may have the name of that of the sum
            spread(over, equation, equation.left().adjoint());
        } else if (isOfAll(indices, adjoint.units())) {
            Equation renamed = equation;
            for (int i = 0; i < indices.size(); i++) {
                renamed = renamed.at(
                        (Index.Variable) indices.get(i), adjoint.units().get(i));
            }
            spread(adjoint.units(), renamed, adjoint.value());
        } else {
            // One of several equations that each give some of the units
            Expression value = adjoint.value();
            for (int i = 0; i < indices.size(); i++) {
                value = value.at(adjoint.units().get(i), indices.get(i));
            }
            spread(over, equation, value);
        }
    }

    /** Whether variables go through all units. */
    private static boolean isOfAll(List<Index> indices, List<Index.Variable> units) {
        return IntStream.range(0, units.size())
                .allMatch(i -> indices.get(i) instanceof Index.Variable variable
                        && variable.size() == units.get(i).size());
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
        }
        add(deltas, units, new Equation(name, terms.size() == 1 ? first.value() : together(name, terms, units)));
        return name;
    }

    /** What all readers add, each of their sums formed alone: that of the loss first, then the others as declared. */
    private Expression together(Symbol name, List<Term> terms, List<Index.Variable> units) {
        List<Term> inOrder = new ArrayList<>(terms);
        Collections.reverse(inOrder);
        // Stable: those of the loss come before the others
        inOrder.sort(Comparator.comparing(term -> term.reader() != loss));
        List<Expression> values = new ArrayList<>();
        Set<Integer> labels = new HashSet<>();
        for (Term term : inOrder) {
            if (term.isSum()) {
                // Over the reader's variables, as one of the units may have the name of that of the sum
                int reader = term.reader().layer();
                String label = "from" + reader + (labels.add(reader) ? "" : "x" + values.size());
                List<Index.Variable> own = variables(term.of());
                Quantity quantity = name.quantity().isGradient() ? Quantity.ERROR_BY_ACTIVATION : name.quantity();
                Symbol of = new Symbol(quantity, name.layer(), label, term.of().indices());
                add(deltas, own, new Equation(of, term.value()));
                values.add(renamed(new Term(of, of, true, term.reader(), ""), units)
                        .value());
            } else {
                values.add(renamed(term, units).value());
            }
        }
        return new Expression.Sum(values);
    }

    private static Symbol symbol(Symbol like, String label, List<Index.Variable> units) {
        return new Symbol(like.quantity(), like.layer(), label, List.copyOf(units));
    }

    /** Adds to the derivatives by the symbols on the right. */
    private void spread(List<Index.Variable> over, Equation equation, Expression adjoint) {
        if (equation.rule().isPresent()) {
            LocalRule rule = equation.rule().get();
            if (rule instanceof LocalRule.Slopes slopes) {
                slopes.by().forEach((symbol, slope) -> found(symbol, product(adjoint, slope), false));
            } else {
                throughSoftmax(over, equation.left(), (LocalRule.Softmax) rule, (Symbol) adjoint);
            }
        } else if (equation.right() instanceof WeightedSum sum) {
            throughSum(over, sum, (Symbol) adjoint);
        } else {
            for (LocalSlope slope : LocalSlope.of(equation)) {
                Expression value = product(adjoint, slope.value());
                List<Index.Variable> rest = new ArrayList<>(over);
                rest.removeAll(variables(slope.by()));
                for (Index.Variable variable : rest) {
                    value = new SumOver(variable, value);
                }
                found(slope.by(), value, !rest.isEmpty());
            }
        }
    }

    /** {@code z_j = start + sum_k a_k w_k_j}: of w {@code delta_j a_k}, of a {@code sum_j delta_j w_k_j}. */
    private void throughSum(List<Index.Variable> over, WeightedSum sum, Symbol delta) {
        factor((Symbol) sum.right(), sum.left(), over, delta);
        factor((Symbol) sum.left(), sum.right(), over, delta);
        if (sum.start() instanceof WeightedSum before) {
            throughSum(over, before, delta);
        } else if (sum.start() instanceof Symbol start) {
            found(start, delta, false);
        }
    }

    private void factor(Symbol by, Expression other, List<Index.Variable> over, Symbol delta) {
        List<Index.Variable> rest = new ArrayList<>(over);
        rest.removeAll(variables(by));
        if (rest.isEmpty()) {
            found(by, product(delta, other), false);
        } else {
            String matrix = "W" + ((Symbol) other).layer();
            found(by, new WeightedSum(Expression.NOTHING, rest.get(0), delta, other), true, matrix);
        }
    }

    /**
     * {@code dE/dz_j = sum_i dE/da_i a_i ([i = j] - a_j)}, the full Jacobian of softmax, with what all j share taken out:
     * {@code a_j (dE/da_j - sum_i dE/da_i a_i)}.
     */
    private void throughSoftmax(List<Index.Variable> over, Symbol a, LocalRule.Softmax softmax, Symbol byActivation) {
        Symbol mean = Symbol.of(Quantity.MEAN, a.layer());
        add(deltas, List.of(), new Equation(mean, new WeightedSum(Expression.NOTHING, over.get(0), byActivation, a)));
        found(softmax.z(), product(a, difference(byActivation, mean)), false);
    }

    private void found(Symbol symbol, Expression value, boolean isSum) {
        found(symbol, value, isSum, "layer " + section.layer());
    }

    private void found(Symbol symbol, Expression value, boolean isSum, String through) {
        if (varies(symbol)) {
            found.computeIfAbsent(symbol.family(), family -> new ArrayList<>())
                    .add(new Term(symbol, value, isSum, section, through));
        }
    }

    private boolean varies(Symbol symbol) {
        return !symbol.quantity().isGiven() && (wanted.test(symbol.quantity()) || varying.contains(symbol.family()));
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
