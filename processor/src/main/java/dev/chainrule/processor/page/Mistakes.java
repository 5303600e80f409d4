package dev.chainrule.processor.page;

import dev.chainrule.processor.equations.Block;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.LocalRule;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.notation.MathMlRenderer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is often got wrong in backpropagation, as equations: those of a network, each with one mistake in one place. So a page can
 * compute with a mistake, and show it, as it does without.
 */
final class Mistakes {
    private static final String SLOPE = "slope";
    private static final String INDEX = "index";
    private static final String PATH = "path";

    private final Network network;
    private final Map<Integer, LocalRule.Slopes> slopes = new HashMap<>();
    private final List<Mistake> all = new ArrayList<>();

    /**
     * One of them.
     *
     * @param kind which of the often made ones it is
     * @param layer the layer whose derivatives it spoils first
     * @param said what is done, in words
     * @param equation the wrong equation
     * @param wrong the section with it
     * @param right the name of the section that it stands in place of
     */
    private record Mistake(String kind, int layer, String said, Equation equation, Section wrong, String right) {}

    private Mistakes(Network network) {
        this.network = network;
    }

    static Mistakes of(Network network, PageSections derivation) {
        Mistakes mistakes = new Mistakes(network);
        derivation.forward().stream().flatMap(Section::equations).forEach(mistakes::slope);
        derivation.backpropagation().forEach(mistakes::section);
        return mistakes;
    }

    /** The sections with a mistake, to be rendered beside the right ones. */
    List<Section> sections() {
        return all.stream().map(Mistake::wrong).toList();
    }

    /** As JSON takes them. */
    List<Map<String, Object>> json() {
        List<Map<String, Object>> json = new ArrayList<>();
        for (Mistake mistake : all) {
            json.add(Json.object(
                    "kind",
                    mistake.kind(),
                    "layer",
                    mistake.layer(),
                    "said",
                    mistake.said(),
                    "of",
                    mistake.equation().left().family().name(),
                    "equation",
                    MathMlRenderer.equation(mistake.equation()),
                    "section",
                    mistake.right(),
                    "wrong",
                    mistake.wrong().name()));
        }
        return json;
    }

    private void slope(Equation equation) {
        if (equation.left().quantity() == Quantity.ACTIVATION
                && equation.rule().orElseThrow() instanceof LocalRule.Slopes rule) {
            slopes.put(equation.left().layer(), rule);
        }
    }

    private void section(Section section) {
        for (int block = 0; block < section.blocks().size(); block++) {
            List<Equation> equations = section.blocks().get(block).equations();
            Set<Symbol> added = new HashSet<>();
            for (int place = 0; place < equations.size(); place++) {
                Equation equation = equations.get(place);
                int layer = equation.left().layer();
                if (!added.add(equation.left())) {
                    String said = "forgets that another layer has the weights of layer " + layer + ", too";
                    add(PATH, said, section, block, place, Optional.of(Expression.ZERO));
                } else if (equation.left().quantity() == Quantity.DELTA) {
                    String said = "leaves out f\u2032(z), the slope of layer " + layer;
                    add(SLOPE, said, section, block, place, withoutSlope(equation));
                }
                if (!equation.left().quantity().isGradient()) {
                    add(INDEX, "swaps the indices of a weight", section, block, place, swapped(equation.right()));
                    addPath(section, block, place);
                }
            }
        }
    }

    private void addPath(Section section, int block, int place) {
        Equation equation = section.blocks().get(block).equations().get(place);
        if (equation.right() instanceof Expression.Sum sum
                && equation.left().quantity().isDerivative()) {
            List<Expression> fewer = sum.operands().subList(0, sum.operands().size() - 1);
            String said = "forgets one of the layers that read layer "
                    + equation.left().layer();
            Expression rest = fewer.size() == 1 ? fewer.get(0) : new Expression.Sum(fewer);
            add(PATH, said, section, block, place, Optional.of(rest));
        } else {
            shorter(equation.right())
                    .ifPresent(sum -> add(
                            PATH,
                            "ends its sum one unit early, without " + sum.over().name() + " = "
                                    + sum.over().size(),
                            section,
                            block,
                            place,
                            Optional.of(sum)));
        }
    }

    private void add(String kind, String said, Section section, int block, int place, Optional<Expression> wrongRight) {
        if (wrongRight.isEmpty()) {
            return;
        }
        List<Block> blocks = new ArrayList<>(section.blocks());
        List<Equation> equations = new ArrayList<>(blocks.get(block).equations());
        Equation wrong = new Equation(equations.get(place).left(), wrongRight.get());
        equations.set(place, wrong);
        blocks.set(block, new Block(blocks.get(block).over(), equations));
        Section other = new Section("mistake" + all.size(), section.title() + ", wrong", section.layer(), blocks);
        all.add(new Mistake(kind, wrong.left().layer(), said, wrong, other, section.name()));
    }

    /** {@code dE_da1_k} of {@code dE_da1_k * a1_k * (1 - a1_k)}: a delta without the slope of its activation. */
    private Optional<Expression> withoutSlope(Equation equation) {
        int layer = equation.left().layer();
        Index.Variable unit = (Index.Variable) equation.left().indices().get(0);
        Symbol byActivation = Symbol.of(Quantity.ERROR_BY_ACTIVATION, layer, unit);
        if (equation.right().symbols().anyMatch(byActivation::equals)) {
            return Optional.<Expression>of(byActivation).filter(only -> !only.equals(equation.right()));
        }
        LocalRule.Slopes rule = slopes.get(layer);
        if (rule == null) {
            return Optional.empty();
        }
        for (Map.Entry<Symbol, Expression> slope : rule.by().entrySet()) {
            if (slope.getKey().quantity() == Quantity.PRE_ACTIVATION) {
                Index.Variable own = (Index.Variable) slope.getKey().indices().get(0);
                Expression rest = without(equation.right(), slope.getValue().at(own, unit));
                return Optional.of(rest).filter(left -> !left.equals(equation.right()));
            }
        }
        return Optional.empty();
    }

    /** A product without one of its factors. */
    private static Expression without(Expression expression, Expression factor) {
        if (expression.equals(factor)) {
            return Expression.ONE;
        }
        return expression instanceof Expression.Product product
                ? Expression.product(product.operands().stream()
                        .map(operand -> without(operand, factor))
                        .toArray(Expression[]::new))
                : expression;
    }

    /** W in place of its transpose, where there are as many numbers to be read, and not the same ones. */
    private Optional<Expression> swapped(Expression expression) {
        return expression
                .symbols()
                .filter(symbol -> symbol.quantity() == Quantity.WEIGHT)
                .filter(weight -> {
                    Layer layer = network.layer(weight.layer());
                    return layer.units() > 1
                            && layer.inputs() >= layer.units()
                            && weight.indices().stream().allMatch(Index.Variable.class::isInstance);
                })
                .findFirst()
                .map(weight -> expression.with(Map.of(
                        weight,
                        Symbol.weight(
                                weight.layer(),
                                weight.indices().get(1),
                                weight.indices().get(0)))));
    }

    /** A sum over one unit less. */
    private static Optional<Expression.WeightedSum> shorter(Expression expression) {
        if (expression instanceof Expression.WeightedSum sum && sum.over().size() > 1) {
            Index.Variable fewer =
                    new Index.Variable(sum.over().name(), sum.over().size() - 1);
            return Optional.of(new Expression.WeightedSum(
                    sum.start(),
                    fewer,
                    sum.left().at(sum.over(), fewer),
                    sum.right().at(sum.over(), fewer),
                    sum.parts()));
        }
        return Optional.empty();
    }
}
