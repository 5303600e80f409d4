package dev.chainrule.processor.java;

import dev.chainrule.processor.code.Place;
import dev.chainrule.processor.code.Statement;
import dev.chainrule.processor.equations.Comparison;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.rules.Rule;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Expressions whose every value is a vector: neighbours in memory where lanes number them, else one number in all lanes. */
final class VectorRenderer extends JavaRenderer {
    private final List<Index.Variable> lanes;

    /** @param lanes what numbers the first number of each vector */
    VectorRenderer(JavaRenderer outside, List<Index.Variable> lanes) {
        super(outside.storage, new HashSet<>(outside.locals), Optional.empty());
        this.lanes = lanes;
    }

    @Override
    JavaRenderer within(Statement outer) {
        return new VectorRenderer(this, lanes);
    }

    @Override
    String type() {
        return numbers.boxed() + "Vector";
    }

    /** {@code DoubleVector.fromArray(SPECIES, p, 30 * k + j)}, {@code DoubleVector.broadcast(SPECIES, a1[k])}. */
    @Override
    String read(Place place) {
        return place instanceof Place.Element element
                        && element.terms().stream().anyMatch(term -> lanes.contains(term.variable()))
                ? type() + ".fromArray(SPECIES, " + element.array() + ", " + index(element) + ")"
                : broadcast(place(place));
    }

    private String broadcast(String value) {
        return type() + ".broadcast(SPECIES, " + value + ")";
    }

    /** {@code z1_j.intoArray(z1, j);}. */
    String store(Place place, Expression value) {
        Place.Element element = (Place.Element) place;
        return render(value) + ".intoArray(" + element.array() + ", " + index(element) + ");";
    }

    @Override
    protected String number(double value) {
        return broadcast(constant(value));
    }

    /** {@code a.mul(b)}. */
    @Override
    protected String product(Expression.Product product) {
        return list(product.operands(), ".mul(") + ")".repeat(product.operands().size() - 1);
    }

    /**
     * {@code a.add(b)}; of sums in parts, of which a method has many, {@code a.fma(ONE, b)}, the same bits. HotSpot 17 counts how
     * often methods of two operands met a second operator, for each call of them in a method; once there are a hundred in all, it
     * makes objects of vectors.
     */
    @Override
    protected String sum(List<Expression> terms) {
        boolean areParts =
                terms.stream().allMatch(term -> term instanceof Symbol symbol && symbol.quantity() == Quantity.PART);
        return list(terms, areParts ? ".fma(ONE, " : ".add(") + ")".repeat(terms.size() - 1);
    }

    /** {@code a.max(0)}. */
    @Override
    protected String call(Expression.Call call) {
        if (call.function() == Rule.MAX && call.operands().get(0) instanceof Expression.Constant least) {
            return render(call.operands().get(1)) + ".max(" + constant(least.value()) + ")";
        }
        throw new IllegalArgumentException("No vectors for " + call);
    }

    /** {@code c.blend(b, a.compare(VectorOperators.GT, 0))} for {@code a > 0 ? b : c}. */
    @Override
    protected String choice(Expression.Choice choice) {
        Expression.Condition condition = choice.condition();
        if (condition.comparison() == Comparison.GREATER && condition.right() instanceof Expression.Constant constant) {
            String isGreater = ".compare(VectorOperators.GT, " + constant(constant.value()) + ")";
            String then =
                    choice.then() instanceof Expression.Constant one ? constant(one.value()) : render(choice.then());
            return render(choice.otherwise()) + ".blend(" + then + ", " + render(condition.left()) + isGreater + ")";
        }
        throw new IllegalArgumentException("No vectors for " + choice);
    }

    /** {@code a.fma(b, c)}. */
    @Override
    protected String other(Expression expression) {
        if (expression instanceof Expression.MultiplyAdd sum) {
            return render(sum.left()) + ".fma(" + list(List.of(sum.right(), sum.addend()), ", ") + ")";
        }
        throw new IllegalArgumentException("No vectors for " + expression);
    }
}
