package dev.chainrule.processor.equations;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A node of an equation's right side; its documentation is the text that it becomes. */
public sealed interface Expression
        permits Symbol,
                Expression.Letter,
                Expression.Constant,
                Expression.Number,
                Expression.Sum,
                Expression.Difference,
                Expression.Negative,
                Expression.Product,
                Expression.Quotient,
                Expression.MultiplyAdd,
                Expression.Call,
                Expression.Condition,
                Expression.Choice,
                Expression.Same,
                Expression.SumOver,
                Expression.WeightedSum,
                Expression.MaximumOver,
                Expression.Chain {
    /** The expressions directly below this one; none below a leaf. */
    default List<Expression> operands() {
        return List.of();
    }

    /** The same node above other expressions, as many as it has. */
    default Expression above(List<Expression> operands) {
        return this;
    }

    /** This expression with {@code index} put in for {@code variable}. */
    default Expression at(Index.Variable variable, Index index) {
        return mapped(operand -> operand.at(variable, index));
    }

    /** This expression for one unit. */
    default Expression at(Index.Variable variable, int number) {
        return at(variable, new Index.Unit(number));
    }

    /** The same node above what becomes of each expression below it. */
    default Expression mapped(UnaryOperator<Expression> operand) {
        return operands().isEmpty()
                ? this
                : above(operands().stream().map(operand).toList());
    }

    /** This expression with others in place of some that stand in it. */
    default Expression with(Map<? extends Expression, ? extends Expression> others) {
        Expression other = others.get(this);
        return other != null ? other : mapped(operand -> operand.with(others));
    }

    /** How many nodes it has, this one counted. */
    default int nodes() {
        int nodes = 1;
        for (Expression operand : operands()) {
            nodes += operand.nodes();
        }
        return nodes;
    }

    /** Visits every symbol below, from left to right. */
    default void forEachSymbol(Consumer<Symbol> action) {
        if (this instanceof Symbol symbol) {
            action.accept(symbol);
            return;
        }
        for (Expression operand : operands()) {
            operand.forEachSymbol(action);
        }
    }

    /** Every symbol below, from left to right. */
    default Stream<Symbol> symbols() {
        return this instanceof Symbol symbol
                ? Stream.of(symbol)
                : operands().stream().flatMap(Expression::symbols);
    }

    /** {@code z}: a letter of a formula, before it is known which unit it is of. */
    record Letter(String name) implements Expression {}

    /** {@code 2}. */
    record Constant(double value) implements Expression {}

    /** {@code k + 1}: the number of a unit, as a value. */
    record Number(Index index, int plus) implements Expression {
        @Override
        public Expression at(Index.Variable variable, Index other) {
            Index at = index.at(variable, other);
            return at instanceof Index.Unit unit ? new Constant(unit.number() + plus) : new Number(at, plus);
        }
    }

    /** {@code a + b + c}, added from left to right. */
    record Sum(List<Expression> operands) implements Expression {
        @Override
        public Sum above(List<Expression> others) {
            return new Sum(others);
        }
    }

    /** {@code a - b}. */
    record Difference(Expression left, Expression right) implements Expression {
        @Override
        public List<Expression> operands() {
            return List.of(left, right);
        }

        @Override
        public Difference above(List<Expression> others) {
            return new Difference(others.get(0), others.get(1));
        }
    }

    /** {@code -a}. */
    record Negative(Expression operand) implements Expression {
        @Override
        public List<Expression> operands() {
            return List.of(operand);
        }

        @Override
        public Negative above(List<Expression> others) {
            return new Negative(others.get(0));
        }
    }

    /** {@code a * b * c}, multiplied from left to right. */
    record Product(List<Expression> operands) implements Expression {
        @Override
        public Product above(List<Expression> others) {
            return new Product(others);
        }
    }

    /** {@code a / b}. */
    record Quotient(Expression left, Expression right) implements Expression {
        @Override
        public List<Expression> operands() {
            return List.of(left, right);
        }

        @Override
        public Quotient above(List<Expression> others) {
            return new Quotient(others.get(0), others.get(1));
        }
    }

    /** {@code fma(a, b, c)}: a * b + c, rounded once. */
    record MultiplyAdd(Expression left, Expression right, Expression addend) implements Expression {
        @Override
        public List<Expression> operands() {
            return List.of(left, right, addend);
        }

        @Override
        public MultiplyAdd above(List<Expression> others) {
            return new MultiplyAdd(others.get(0), others.get(1), others.get(2));
        }
    }

    /** {@code sigmoid(a)}. */
    record Call(Function function, List<Expression> operands) implements Expression {
        @Override
        public Call above(List<Expression> others) {
            return new Call(function, others);
        }
    }

    /** {@code a > b}, what a choice goes by. */
    record Condition(Expression left, Comparison comparison, Expression right) implements Expression {
        @Override
        public List<Expression> operands() {
            return List.of(left, right);
        }

        @Override
        public Condition above(List<Expression> others) {
            return new Condition(others.get(0), comparison, others.get(1));
        }
    }

    /** {@code a > b ? c : d}. */
    record Choice(Condition condition, Expression then, Expression otherwise) implements Expression {
        @Override
        public List<Expression> operands() {
            return List.of(condition, then, otherwise);
        }

        @Override
        public Choice above(List<Expression> others) {
            return new Choice((Condition) others.get(0), others.get(1), others.get(2));
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
    }

    /** {@code sum_j term}, for j ascending. */
    record SumOver(Index.Variable over, Expression term) implements Expression {
        @Override
        public List<Expression> operands() {
            return List.of(term);
        }

        @Override
        public SumOver above(List<Expression> others) {
            return new SumOver(over, others.get(0));
        }
    }

    /**
     * {@code start + sum_k left * right}, for k ascending, each product added to the sum by one rounding (fma).
     *
     * @param parts 1; or how many partial sums the terms go to in turn, the first of which begins with the start
     */
    record WeightedSum(Expression start, Index.Variable over, Expression left, Expression right, int parts)
            implements Expression {
        /** One chain. */
        public WeightedSum(Expression start, Index.Variable over, Expression left, Expression right) {
            this(start, over, left, right, 1);
        }

        @Override
        public List<Expression> operands() {
            return List.of(start, left, right);
        }

        @Override
        public WeightedSum above(List<Expression> others) {
            return new WeightedSum(others.get(0), over, others.get(1), others.get(2), parts);
        }
    }

    /** {@code max_j term}. */
    record MaximumOver(Index.Variable over, Expression term) implements Expression {
        @Override
        public List<Expression> operands() {
            return List.of(term);
        }

        @Override
        public MaximumOver above(List<Expression> others) {
            return new MaximumOver(over, others.get(0));
        }
    }

    /** {@code dE/da2_0 * da2_0/dz2_0 * dz2_0/dw2_1_0}: a product by the chain rule that knows what each factor is. */
    record Chain(List<Link> links) implements Expression {
        @Override
        public Chain at(Index.Variable variable, Index index) {
            return new Chain(
                    links.stream().map(link -> link.at(variable, index)).toList());
        }

        /** The factors, without those that are 1; that alone where all are. */
        @Override
        public List<Expression> operands() {
            List<Expression> factors = links.stream()
                    .map(Link::value)
                    .filter(value -> !value.equals(ONE))
                    .toList();
            return factors.isEmpty() ? List.of(ONE) : factors;
        }

        @Override
        public Expression above(List<Expression> others) {
            throw new IllegalStateException("The links of a chain say what they are; its factors alone do not");
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

    /** What sums leave out. */
    Expression ZERO = constant(0);

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

    /** {@code a > 0 ? b : c}. */
    static Expression ifPositive(Expression value, Expression then, Expression otherwise) {
        return new Choice(new Condition(value, Comparison.GREATER, ZERO), then, otherwise);
    }
}
