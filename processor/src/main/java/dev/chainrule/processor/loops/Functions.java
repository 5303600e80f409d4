package dev.chainrule.processor.loops;

import dev.chainrule.processor.code.Statement;
import dev.chainrule.processor.code.Statement.VectorArgument;
import dev.chainrule.processor.code.VectorMethod;
import dev.chainrule.processor.equations.Comparison;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.rules.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Functions of values that stand side by side, which vector instructions apply to several at once. */
final class Functions {
    private Functions() {}

    /** Whether a value is a call of a kernel that the vector class has: {@code tanh(z_j)}. */
    static boolean isKernel(Expression value) {
        return value instanceof Expression.Call call
                && (call.function() == Rule.SIGMOID || call.function() == Rule.TANH);
    }

    /** Whether the vector class has a method for a value: a kernel, or what HotSpot makes no vector instructions of. */
    static boolean isInVectors(Expression value) {
        return isKernel(value) || isRectifier(value) || isTimesIfPositive(value);
    }

    /** {@code max(0, z_j)}. */
    private static boolean isRectifier(Expression value) {
        return value instanceof Expression.Call call
                && call.function() == Rule.MAX
                && call.operands().get(0).equals(Expression.constant(0))
                && call.operands().get(1) instanceof Symbol;
    }

    /** {@code dE_da_j * (a_j > 0 ? 1 : 0)}. */
    private static boolean isTimesIfPositive(Expression value) {
        return value instanceof Expression.Product product
                && product.operands().size() == 2
                && product.operands().get(0) instanceof Symbol
                && product.operands().get(1) instanceof Expression.Choice choice
                && choice.condition().left() instanceof Symbol
                && choice.condition().comparison() == Comparison.GREATER
                && choice.condition().right().equals(Expression.ZERO)
                && choice.operands().stream().skip(1).allMatch(Expression.Constant.class::isInstance);
    }

    /**
     * Computes values with vector instructions or without.
     *
     * @param left what they are
     * @param value what is computed
     * @param over what numbers the values
     * @param count how many they are
     */
    static Statement.Either values(Symbol left, Expression value, Index.Variable over, String count) {
        List<Statement> inVectors = new ArrayList<>();
        List<VectorArgument> arguments = new ArrayList<>();
        VectorMethod method;
        if (isTimesIfPositive(value)) {
            method = VectorMethod.TIMES_IF_POSITIVE;
            List<Expression> factors = value.operands();
            Expression.Choice choice = (Expression.Choice) factors.get(1);
            arguments.add(new VectorArgument.Start((Symbol) factors.get(0), over));
            arguments.add(new VectorArgument.Start((Symbol) choice.condition().left(), over));
            arguments.add(new VectorArgument.Number((Expression.Constant) choice.then()));
            arguments.add(new VectorArgument.Number((Expression.Constant) choice.otherwise()));
        } else if (isRectifier(value)) {
            method = VectorMethod.RECTIFIER;
            arguments.add(new VectorArgument.Start((Symbol) value.operands().get(1), over));
        } else {
            Expression.Call call = (Expression.Call) value;
            method = call.function() == Rule.TANH ? VectorMethod.TANH : VectorMethod.SIGMOID;
            Expression argument = call.operands().get(0);
            if (!(argument instanceof Symbol)) {
                inVectors.add(stores(left, argument, over, count));
            }
            arguments.add(new VectorArgument.Start(argument instanceof Symbol symbol ? symbol : left, over));
        }
        arguments.add(new VectorArgument.Start(left, over));
        arguments.add(new VectorArgument.Count(count));
        if (method.isKernel()) {
            arguments.add(new VectorArgument.Nodes());
        }
        inVectors.add(new Statement.VectorCall(method, List.of(), arguments));
        return new Statement.Either(inVectors, List.of(stores(left, value, over, count)));
    }

    private static Statement stores(Symbol left, Expression value, Index.Variable over, String count) {
        return new Statement.Loop(over, "0", count, 1, Optional.empty(), List.of(new Statement.Store(left, value)));
    }
}
