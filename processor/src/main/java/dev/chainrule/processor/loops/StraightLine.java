package dev.chainrule.processor.loops;

import static dev.chainrule.processor.equations.Expression.call;

import dev.chainrule.processor.code.Statement;
import dev.chainrule.processor.equations.Block;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Expression.WeightedSum;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.rewrite.PartialSums;
import dev.chainrule.processor.rules.Rule;
import dev.chainrule.processor.schedule.Limits;
import dev.chainrule.processor.schedule.Sparsity;
import java.util.ArrayList;
import java.util.List;

/** Writes a section out: one statement for every term of every equation of every unit. Nothing is loaded or stored yet. */
final class StraightLine {
    private final List<Statement> statements = new ArrayList<>();

    private final int shortSum;
    private final Sparsity sparsity;

    private StraightLine(int shortSum, Sparsity sparsity) {
        this.shortSum = shortSum;
        this.sparsity = sparsity;
    }

    /** @param shortSum the terms of the longest sum that is one expression */
    static List<Statement> of(Section section, int shortSum) {
        return of(section, shortSum, Sparsity.NONE);
    }

    /** @param sparsity says which terms are left out */
    static List<Statement> of(Section section, int shortSum, Sparsity sparsity) {
        StraightLine lines = new StraightLine(shortSum, sparsity);
        lines.statements.add(new Statement.Heading(section));
        section.blocks().forEach(lines::block);
        return lines.statements;
    }

    /**
     * The equations unit by unit, but the sums of some units before their kernels. Measured: with each sum right before its kernel
     * 3-4-4-1 takes 1.06 times as long, 6-6-6 1.1 times, and its backpropagation 1.2 times. Without kernels it makes no difference.
     */
    private void block(Block block) {
        if (block.over().isEmpty()) {
            block.equations().forEach(this::equation);
            return;
        }
        int size = block.over().get(0).size();
        List<Equation> values = block.equations();
        if (values.size() == 1 || values.get(0).left().quantity() != Quantity.PRE_ACTIVATION) {
            units(block, 0, size);
            return;
        }
        for (int from = 0; from < size; from += Limits.SUMS) {
            int to = Math.min(from + Limits.SUMS, size);
            units(new Block(block.over(), values.subList(0, 1)), from, to);
            units(new Block(block.over(), values.subList(1, values.size())), from, to);
        }
    }

    private void units(Block block, int from, int to) {
        for (int number = from; number < to; number++) {
            block(block.at(number));
        }
    }

    private void equation(Equation equation) {
        Symbol left = equation.left();
        if (sparsity.isOfUnitLeftOut(left)) {
            return;
        }
        if (equation.right() instanceof WeightedSum sum) {
            weightedSum(left, sum);
        } else if (equation.right() instanceof Expression.Quotient mean
                && mean.left() instanceof Expression.SumOver sum) {
            mean(left, terms(sum), mean.right());
        } else if (equation.right() instanceof Expression.SumOver || isOfPaths(equation.right())) {
            sum(left, terms(equation.right()));
        } else if (equation.right() instanceof Expression.MaximumOver maximum) {
            maximum(left, maximum);
        } else {
            result(left, equation.right());
        }
    }

    private void weightedSum(Symbol left, WeightedSum sum) {
        List<Expression.Product> products = new ArrayList<>();
        Expression start = products(sum, products);
        if (sum.parts() == 1) {
            chain(left, start, products);
            return;
        }
        for (int part = 0; part < sum.parts(); part++) {
            List<Expression.Product> own = new ArrayList<>();
            for (int number = part; number < products.size(); number += sum.parts()) {
                own.add(products.get(number));
            }
            chain(PartialSums.part(left, part), part == 0 ? start : Expression.NOTHING, own);
        }
        result(left, PartialSums.together(left));
    }

    /** A sum of products, or a part of one, each product added to those before. */
    private void chain(Symbol left, Expression start, List<Expression.Product> all) {
        List<Expression.Product> products = all.stream()
                .filter(product -> product.operands().stream().noneMatch(sparsity::isLeftOut))
                .toList();
        boolean startsWithProduct = start.equals(Expression.NOTHING) && !products.isEmpty();
        Expression value = startsWithProduct
                ? Expression.product(products.get(0).operands().toArray(Expression[]::new))
                : start;
        List<Expression.Product> rest = startsWithProduct ? products.subList(1, products.size()) : products;
        if (rest.isEmpty() || products.size() <= shortSum) {
            for (Expression.Product product : rest) {
                value = added(product, value);
            }
            result(left, value);
            return;
        }
        statements.add(new Statement.Define(left, value, true));
        rest.forEach(product -> statements.add(new Statement.Assign(left, added(product, left))));
        finish(left);
    }

    /** Collects the products of a sum, those that it starts with first, and returns what all start with. */
    static Expression products(WeightedSum sum, List<Expression.Product> products) {
        Expression start = sum.start() instanceof WeightedSum before ? products(before, products) : sum.start();
        for (int number = 0; number < sum.over().size(); number++) {
            products.add(new Expression.Product(
                    List.of(sum.left().at(sum.over(), number), sum.right().at(sum.over(), number))));
        }
        return start;
    }

    /** {@code fma(x_1, w1_1_0, sum)}. */
    private static Expression added(Expression.Product product, Expression addend) {
        return new Expression.MultiplyAdd(
                product.operands().get(0), product.operands().get(1), addend);
    }

    private void mean(Symbol left, List<Expression> terms, Expression count) {
        if (isShort(terms)) {
            result(left, new Expression.Quotient(together(terms), count));
        } else {
            longSum(left, terms);
            statements.add(new Statement.Assign(left, new Expression.Quotient(left, count)));
        }
    }

    private void sum(Symbol left, List<Expression> terms) {
        if (isShort(terms)) {
            result(left, together(terms));
        } else {
            longSum(left, terms);
            finish(left);
        }
    }

    /** Whether terms go on one line; a chain of derivatives alone takes several. */
    private boolean isShort(List<Expression> terms) {
        return terms.size() == 1
                || terms.size() <= shortSum && terms.stream().noneMatch(Expression.Chain.class::isInstance);
    }

    private static Expression together(List<Expression> terms) {
        return terms.size() == 1 ? terms.get(0) : new Expression.Sum(terms);
    }

    private void longSum(Symbol left, List<Expression> terms) {
        statements.add(new Statement.Define(left, terms.get(0), true));
        terms.stream().skip(1).forEach(term -> statements.add(new Statement.Add(left, term)));
    }

    private void maximum(Symbol left, Expression.MaximumOver maximum) {
        int size = maximum.over().size();
        Expression first = maximum.term().at(maximum.over(), 0);
        if (size <= Math.max(1, shortSum)) {
            for (int number = 1; number < size; number++) {
                first = call(Rule.MAX, first, maximum.term().at(maximum.over(), number));
            }
            result(left, first);
            return;
        }
        statements.add(new Statement.Define(left, first, true));
        for (int number = 1; number < size; number++) {
            statements.add(new Statement.Assign(
                    left, call(Rule.MAX, left, maximum.term().at(maximum.over(), number))));
        }
    }

    /** A sum of sums is one sum, the inner variable running fastest. */
    private static List<Expression> terms(Expression expression) {
        List<Expression> terms = new ArrayList<>();
        if (expression instanceof Expression.SumOver sum) {
            for (int number = 0; number < sum.over().size(); number++) {
                terms.addAll(terms(sum.term().at(sum.over(), number)));
            }
        } else if (isOfPaths(expression)) {
            expression.operands().forEach(operand -> terms.addAll(terms(operand)));
        } else {
            terms.add(expression);
        }
        return terms;
    }

    /** Whether an expression is a sum of several ways to the loss, each of which may be a sum over units. */
    static boolean isOfPaths(Expression expression) {
        return expression instanceof Expression.Sum sum
                && sum.operands().stream()
                        .anyMatch(operand -> operand instanceof Expression.SumOver
                                || operand instanceof Expression.Chain
                                || isOfPaths(operand));
    }

    private void result(Symbol left, Expression value) {
        if (left.quantity().isGradient()) {
            statements.add(Statement.added(left, value));
        } else if (left.quantity().isResult()) {
            statements.add(new Statement.Store(left, value));
        } else {
            statements.add(new Statement.Define(left, value, false));
        }
    }

    /** What becomes of a sum in a local variable once it is complete. */
    private void finish(Symbol left) {
        if (left.quantity().isGradient()) {
            statements.add(new Statement.AddTo(left, left));
        } else if (left.quantity().isResult()) {
            statements.add(new Statement.Store(left, left));
        }
    }
}
