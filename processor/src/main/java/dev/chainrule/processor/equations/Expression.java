package dev.chainrule.processor.equations;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A node of an equation's right side; its documentation is the text that it becomes. */
public sealed interface Expression
        permits Symbol,
                Expression.Constant,
                Expression.Sum,
                Expression.Difference,
                Expression.Negative,
                Expression.Product,
                Expression.Quotient,
                Expression.MultiplyAdd,
                Expression.Call,
                Expression.Same,
                Expression.SumOver,
                Expression.WeightedSum,
                Expression.MaximumOver,
                Expression.Chain {
    /** This expression with {@code index} put in for {@code variable}. */
    Expression at(Index.Variable variable, Index index);

    /** This expression for one unit. */
    default Expression at(Index.Variable variable, int number) {
        return at(variable, new Index.Unit(number));
    }

    /** The expressions directly below this one. */
    List<Expression> operands();

    /** Visits every symbol below, from left to right. */
    default void forEachSymbol(Consumer<Symbol> action) {
        if (this instanceof Symbol symbol) {
            action.accept(symbol);
        }
        operands().forEach(operand -> operand.forEachSymbol(action));
    }

    /** Every symbol below, from left to right. */
    default Stream<Symbol> symbols() {
        return this instanceof Symbol symbol
                ? Stream.of(symbol)
                : operands().stream().flatMap(Expression::symbols);
    }

    /** {@code 2}. */
    record Constant(double value) implements Expression {
        @Override
        public Constant at(Index.Variable variable, Index index) {
            return this;
        }

        @Override
        public List<Expression> operands() {
            return List.of();
        }
    }

    /** {@code a + b + c}, added from left to right. */
    record Sum(List<Expression> operands) implements Expression {
        @Override
        public Sum at(Index.Variable variable, Index index) {
            return new Sum(all(operands, variable, index));
        }
    }

    /** {@code a - b}. */
    record Difference(Expression left, Expression right) implements Expression {
        @Override
        public Difference at(Index.Variable variable, Index index) {
            return new Difference(left.at(variable, index), right.at(variable, index));
        }

        @Override
        public List<Expression> operands() {
            return List.of(left, right);
        }
    }

    /** {@code -a}. */
    record Negative(Expression operand) implements Expression {
        @Override
        public Negative at(Index.Variable variable, Index index) {
            return new Negative(operand.at(variable, index));
        }

        @Override
        public List<Expression> operands() {
            return List.of(operand);
        }
    }

    /** {@code a * b * c}, multiplied from left to right. */
    record Product(List<Expression> operands) implements Expression {
        @Override
        public Product at(Index.Variable variable, Index index) {
            return new Product(all(operands, variable, index));
        }
    }

    /** {@code a / b}. */
    record Quotient(Expression left, Expression right) implements Expression {
        @Override
        public Quotient at(Index.Variable variable, Index index) {
            return new Quotient(left.at(variable, index), right.at(variable, index));
        }

        @Override
        public List<Expression> operands() {
            return List.of(left, right);
        }
    }

    /** {@code fma(a, b, c)}: a * b + c, rounded once. */
    record MultiplyAdd(Expression left, Expression right, Expression addend) implements Expression {
        @Override
        public MultiplyAdd at(Index.Variable variable, Index index) {
            return new MultiplyAdd(left.at(variable, index), right.at(variable, index), addend.at(variable, index));
        }

        @Override
        public List<Expression> operands() {
            return List.of(left, right, addend);
        }
    }

    /** {@code sigmoid(a)}. */
    record Call(Function function, List<Expression> operands) implements Expression {
        @Override
        public Call at(Index.Variable variable, Index index) {
            return new Call(function, all(operands, variable, index));
        }
    }

    /** {@code [i = m]}, Kronecker's delta: 1 where the two are the same unit, else 0. */
    record Same(Index left, Index right) implements Expression {
        @Override
        public Expression at(Index.Variable variable, Index index) {
            Index newLeft = left.at(variable, index);
            Index newRight = right.at(variable, index);
            return newLeft instanceof Index.Unit && newRight instanceof Index.Unit
                    ? new Constant(newLeft.equals(newRight) ? 1 : 0)
                    : new Same(newLeft, newRight);
        }

        @Override
        public List<Expression> operands() {
            return List.of();
        }
    }

    /** {@code sum_j term}, for j ascending. */
    record SumOver(Index.Variable over, Expression term) implements Expression {
        @Override
        public SumOver at(Index.Variable variable, Index index) {
            return new SumOver(over, term.at(variable, index));
        }

        @Override
        public List<Expression> operands() {
            return List.of(term);
        }
    }

    /** {@code start + sum_k left * right}, for k ascending, each product added to the sum by one rounding (fma). */
    record WeightedSum(Expression start, Index.Variable over, Expression left, Expression right) implements Expression {
        @Override
        public WeightedSum at(Index.Variable variable, Index index) {
            return new WeightedSum(
                    start.at(variable, index), over, left.at(variable, index), right.at(variable, index));
        }

        @Override
        public List<Expression> operands() {
            return List.of(start, left, right);
        }
    }

    /** {@code max_j term}. */
    record MaximumOver(Index.Variable over, Expression term) implements Expression {
        @Override
        public MaximumOver at(Index.Variable variable, Index index) {
            return new MaximumOver(over, term.at(variable, index));
        }

        @Override
        public List<Expression> operands() {
            return List.of(term);
        }
    }

    /** {@code dE/da2_0 * da2_0/dz2_0 * dz2_0/dw2_1_0}: a product by the chain rule that knows what each factor is. */
    record Chain(List<Link> links) implements Expression {
        @Override
        public Chain at(Index.Variable variable, Index index) {
            return new Chain(
                    links.stream().map(link -> link.at(variable, index)).toList());
        }

        /** The factors, without those that are 1. */
        @Override
        public List<Expression> operands() {
            List<Expression> factors = new ArrayList<>();
            for (Link link : links) {
                if (!link.value().equals(ONE)) {
                    factors.add(link.value());
                }
            }
            return factors;
        }
    }

    /** {@code da2_0/dz2_0}, with its value. */
    record Link(Symbol of, Symbol by, Expression value) {
        Link at(Index.Variable variable, Index index) {
            return new Link(of.at(variable, index), by.at(variable, index), value.at(variable, index));
        }
    }

    /** Where a sum without a first term starts: adding -0 changes nothing, not even the sign of a zero. */
    Expression NOTHING = constant(-0.0);

    /** What products leave out. */
    Expression ONE = constant(1);

    /** {@code value}. */
    static Expression constant(double value) {
        return new Constant(value);
    }

    /** {@code a + b}. */
    static Expression sum(Expression... terms) {
        return new Sum(List.of(terms));
    }

    /** {@code a - b}. */
    static Expression difference(Expression left, Expression right) {
        return new Difference(left, right);
    }

    /** {@code a * b}, without factors that are 1. */
    static Expression product(Expression... factors) {
        List<Expression> others =
                Stream.of(factors).filter(factor -> !factor.equals(ONE)).toList();
        return others.isEmpty() ? ONE : others.size() == 1 ? others.get(0) : new Product(others);
    }

    /** {@code a / divisor}, or {@code a} where the divisor is 1. */
    static Expression quotient(Expression dividend, double divisor) {
        return divisor == 1 ? dividend : new Quotient(dividend, constant(divisor));
    }

    /** {@code f(a)}. */
    static Expression call(Function function, Expression... arguments) {
        return new Call(function, List.of(arguments));
    }

    private static List<Expression> all(List<Expression> operands, Index.Variable variable, Index index) {
        return operands.stream().map(operand -> operand.at(variable, index)).toList();
    }
}
