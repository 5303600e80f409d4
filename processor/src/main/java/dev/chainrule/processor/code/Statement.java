package dev.chainrule.processor.code;

import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Function;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.equations.Symbol;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A line of a method; its documentation is the text that it becomes. A symbol that has been loaded or defined is a local
 * variable; any other stands in memory, at its {@link Place}.
 */
public sealed interface Statement {
    /** What it does to values. */
    default Effects effects() {
        return Effects.of(this);
    }

    /** The symbols whose values it needs, from left to right, within loops too; none that it loads itself. */
    default Stream<Symbol> reads() {
        return Stream.concat(
                effects().reads().stream().flatMap(Expression::symbols),
                effects().bodies().stream().flatMap(List::stream).flatMap(Statement::reads));
    }

    /** Those of them that a local variable is of use for: not one that is only copied from its place to another. */
    default Stream<Symbol> loads() {
        return this instanceof Store store && store.right() instanceof Symbol ? Stream.of() : reads();
    }

    /** {@code // Layer 1: z1_j = b1_j + ...}. */
    record Heading(Section section) implements Statement {}

    /** {@code final double w1_0_0 = p[0];}, without {@code final} where it is updated later. */
    record Load(Symbol symbol, boolean updated) implements Statement {}

    /** {@code final double a1_0 = sigmoid(z1_0);}, without {@code final} where it is updated later. */
    record Define(Symbol symbol, Expression right, boolean updated) implements Statement {}

    /** {@code z1_0 = fma(x_0, w1_0_0, z1_0);}. */
    record Assign(Symbol symbol, Expression right) implements Statement {}

    /** {@code E += (a1_0 - t_0) * (a1_0 - t_0);}. */
    record Add(Symbol symbol, Expression right) implements Statement {}

    /** {@code a1[0] = a1_0;}: into memory. */
    record Store(Symbol symbol, Expression right) implements Statement {}

    /** {@code gradient[0] += dE_dw1_0_0; // dE/dw1_0_0}: into memory. */
    record AddTo(Symbol symbol, Expression right) implements Statement {}

    /** {@code gradient[0] = fma(delta1_0, x_0, gradient[0]); // dE/dw1_0_0}: into memory. */
    record AddProductTo(Symbol symbol, Expression left, Expression right) implements Statement {}

    /** Adds a derivative to the gradient: backpropagation's products of two by one rounding, all else as it is. */
    static Statement added(Symbol derivative, Expression value) {
        return derivative.quantity() == Quantity.ERROR_BY_WEIGHT
                        && value instanceof Expression.Product product
                        && product.operands().size() == 2
                ? new AddProductTo(
                        derivative,
                        product.operands().get(0),
                        product.operands().get(1))
                : new AddTo(derivative, value);
    }

    /** {@code // What the next lines do, and why they do it so.} */
    record Comment(String text) implements Statement {}

    /** {@code double dE_dw1_0_0 = gradient[0];}: what a derivative is to be added to. */
    record LoadGradient(Symbol symbol) implements Statement {}

    /** {@code gradient[0] = dE_dw1_0_0; // dE/dw1_0_0}. */
    record StoreGradient(Symbol symbol) implements Statement {}

    /**
     * {@code for (int j = 0; j < 30; j += 2) {...}}, or along a row of a matrix with 30 columns, by position,
     * {@code for (int kj = 30 * k; kj < 30 * k + 30; kj++) {...}}.
     *
     * @param variable what the loop counts
     * @param start where it starts
     * @param end where it ends
     * @param step how many of the variable's values a turn deals with
     * @param row which row the loop runs along, where it does
     */
    record Loop(Index.Variable variable, String start, String end, int step, Optional<Index> row, List<Statement> body)
            implements Statement {
        /** Over all values of a variable, one a turn. */
        public static Loop over(Index.Variable variable, List<Statement> body) {
            return inSteps(variable, variable.size(), 1, body);
        }

        /** Over the first {@code end} values of a variable, several a turn. */
        public static Loop inSteps(Index.Variable variable, int end, int step, List<Statement> body) {
            return new Loop(variable, "0", Integer.toString(end), step, Optional.empty(), body);
        }

        /** Over all columns of one row. */
        public static Loop along(Index row, Index.Variable column, List<Statement> body) {
            return new Loop(column, "0", Integer.toString(column.size()), 1, Optional.of(row), body);
        }
    }

    /**
     * {@code arraycopy(delta1, 0, deltaRow1, 30 * k, 30);}.
     *
     * @param from what is copied, for each value of {@code over}
     * @param to to where
     * @param over what numbers the values, which stand side by side
     * @param length how many they are
     */
    record Copy(Symbol from, Symbol to, Index.Variable over, String length) implements Statement {}

    /** {@code if (VECTOR) {...} else {...}}: by the Vector API where it is there, to the same results bit for bit. */
    record Either(List<Statement> inVectors, List<Statement> otherwise) implements Statement {}

    /** A call of a method of the class that has vector instructions. */
    sealed interface VectorCall extends Statement {
        /** The method's name. */
        String name();
    }

    /** {@code IdentityNetworkVector.z1(p, inputs, x, z1);}: what an equation says, by a loop nest in a method of its own. */
    record LoopNest(Equation equation, boolean isInBlock, Statement loop) implements VectorCall {
        @Override
        public String name() {
            String first = equation.left().indices().stream()
                    .flatMap(index ->
                            index instanceof Index.Shifted shifted ? Stream.of("From" + shifted.by()) : Stream.of())
                    .collect(Collectors.joining());
            return equation.left().family().name() + first + (isInBlock ? "Block" : "");
        }
    }

    /**
     * {@code IdentityNetworkVector.tanh(z1, 0, a1, 0, 30);}: a kernel without tables.
     *
     * @param function what is computed
     * @param from of what, for each value of {@code over}
     * @param to where it goes
     * @param over what numbers the values, which are side by side
     * @param count how many they are
     */
    record Kernel(Function function, Symbol from, Symbol to, Index.Variable over, String count) implements VectorCall {
        @Override
        public String name() {
            return function.text();
        }
    }

    /**
     * {@code tanhRows(z1Rows, a1Rows, 4, 64, n, lowRows);}: by HotSpot's vector instructions.
     *
     * @param function what is computed
     * @param from of what, the first of all
     * @param to where it goes, to the same places of another array
     * @param low what it needs on the way
     * @param rows how many rows there are
     * @param stride how far apart they begin
     * @param count how many values of each are computed
     */
    record KernelRows(Function function, Symbol from, Symbol to, Symbol low, int rows, int stride, String count)
            implements Statement {
        /** The method's name. */
        public String name() {
            return function.text() + "Rows";
        }
    }

    /** {@code IdentityNetworkVector.tanhRows(z1, a1, 1, 32, 32, low);}: the same by the Vector API. */
    record VectorKernelRows(KernelRows kernel) implements VectorCall {
        @Override
        public String name() {
            return kernel.name();
        }
    }

    /**
     * {@code IdentityNetworkVector.sums32x32(p, 544, delta2, 0, -0.0, dE_da1, 0, part1_dE_da);}: sums in parts of the terms along rows
     * of weights.
     *
     * @param left the sums
     * @param rows how many they are
     * @param parts what has room for all parts
     */
    record Rows(Symbol left, Expression.WeightedSum sum, int rows, Symbol parts) implements VectorCall {
        @Override
        public String name() {
            return "sums" + rows + "x" + sum.over().size();
        }
    }

    /**
     * {@code for (int k = 0; k < 784; k += 4) {...}}: the same for each unit, or record, of a turn; one beyond the last is the last
     * again.
     *
     * @param variable what the loop counts
     * @param end where it ends
     * @param count how many of the variable's values a turn deals with
     */
    record Units(Index.Variable variable, String end, int count, List<Statement> body) implements Statement {
        /** Over all values of a variable. */
        public static Units of(Index.Variable variable, int count, List<Statement> body) {
            return new Units(variable, Integer.toString(variable.size()), count, body);
        }

        /** The last value. */
        public String last() {
            return end.equals(Integer.toString(variable.size())) ? Integer.toString(variable.size() - 1) : end + " - 1";
        }
    }

    /**
     * {@code for (; j <= 30 - LANES; j += 2 * LANES) {...} for (; j < 30; j++) {...}}: by vectors, and what is left by numbers.
     *
     * @param variable what the loop counts
     * @param end where it ends
     * @param vectors how many a turn deals with, one beyond the last number ending with it; or 0, for as many as are of use
     * @param hasRoom whether the last vector may go on beyond the last number, so that nothing is left
     * @param body what is done for each vector, or each number
     */
    record Lanes(Index.Variable variable, String end, int vectors, boolean hasRoom, List<Statement> body)
            implements Statement {}

    /** {@code forward1(inputs, x);}. */
    record Invoke(Routine routine) implements Statement {}

    /** {@code return E;}, or {@code return ERows[0];}. */
    record Return(Symbol symbol) implements Statement {}
}
