package dev.chainrule.processor.loops;

import static dev.chainrule.processor.equations.Expression.call;

import dev.chainrule.processor.code.Statement;
import dev.chainrule.processor.equations.Block;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.rules.Rule;
import java.util.ArrayList;
import java.util.List;

/** Writes a section out: one statement for every term of every equation of every unit. Nothing is loaded or stored yet. */
final class StraightLine {
    private final List<Statement> statements = new ArrayList<>();

    private StraightLine() {}

    static List<Statement> of(Section section) {
        StraightLine lines = new StraightLine();
        lines.statements.add(new Statement.Heading(section));
        section.blocks().forEach(lines::block);
        return lines.statements;
    }

    private void block(Block block) {
        if (block.over().isEmpty()) {
            block.equations().forEach(this::equation);
            return;
        }
        for (int number = 0; number < block.over().get(0).size(); number++) {
            block(block.at(number));
        }
    }

    private void equation(Equation equation) {
        Symbol left = equation.left();
        if (equation.right() instanceof Expression.WeightedSum sum) {
            weightedSum(left, sum);
        } else if (equation.right() instanceof Expression.Quotient mean
                && mean.left() instanceof Expression.SumOver sum) {
            List<Expression> terms = terms(sum);
            sum(left, terms, true);
            statements.add(new Statement.Assign(left, new Expression.Quotient(left, mean.right())));
        } else if (equation.right() instanceof Expression.SumOver sum) {
            List<Expression> terms = terms(sum);
            if (terms.size() == 1) {
                result(left, terms.get(0));
            } else {
                sum(left, terms, false);
                finish(left);
            }
        } else if (equation.right() instanceof Expression.MaximumOver maximum) {
            maximum(left, maximum);
        } else {
            result(left, equation.right());
        }
    }

    private void weightedSum(Symbol left, Expression.WeightedSum sum) {
        int size = sum.over().size();
        boolean startsWithProduct = sum.start().equals(Expression.NOTHING);
        if (startsWithProduct && size == 1) {
            result(
                    left,
                    Expression.product(sum.left().at(sum.over(), 0), sum.right().at(sum.over(), 0)));
            return;
        }
        Expression start = startsWithProduct
                ? Expression.product(sum.left().at(sum.over(), 0), sum.right().at(sum.over(), 0))
                : sum.start();
        statements.add(new Statement.Define(left, start, true));
        for (int number = startsWithProduct ? 1 : 0; number < size; number++) {
            statements.add(new Statement.Assign(
                    left,
                    new Expression.MultiplyAdd(
                            sum.left().at(sum.over(), number), sum.right().at(sum.over(), number), left)));
        }
        finish(left);
    }

    private void sum(Symbol left, List<Expression> terms, boolean updated) {
        statements.add(new Statement.Define(left, terms.get(0), updated || terms.size() > 1));
        terms.stream().skip(1).forEach(term -> statements.add(new Statement.Add(left, term)));
    }

    private void maximum(Symbol left, Expression.MaximumOver maximum) {
        int size = maximum.over().size();
        statements.add(new Statement.Define(left, maximum.term().at(maximum.over(), 0), size > 1));
        for (int number = 1; number < size; number++) {
            statements.add(new Statement.Assign(
                    left, call(Rule.MAX, left, maximum.term().at(maximum.over(), number))));
        }
    }

    /** A sum of sums is one sum, the inner variable running fastest. */
    private static List<Expression> terms(Expression expression) {
        if (!(expression instanceof Expression.SumOver sum)) {
            return List.of(expression);
        }
        List<Expression> terms = new ArrayList<>();
        for (int number = 0; number < sum.over().size(); number++) {
            terms.addAll(terms(sum.term().at(sum.over(), number)));
        }
        return terms;
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
        }
    }
}
