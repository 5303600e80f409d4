package dev.chainrule.processor.rules;

import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.equations.Expression.Call;
import dev.chainrule.processor.equations.Expression.Letter;
import dev.chainrule.processor.equations.Expression.Product;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.LocalRule;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.network.ActivationFunction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the value of a unit follows from its sum, and the value's derivatives: what they share is computed once, by
 * equations of its own.
 */
public final class ActivationRule {
    /** Letters of calls that are stored, after the first. */
    private static final String LABELS = "bcdefghijklmnopqrstuvwxyz";

    private final List<Equation> equations = new ArrayList<>();
    private final Index unit;
    private final int layer;

    private ActivationRule(int layer, Index unit) {
        this.layer = layer;
        this.unit = unit;
    }

    /** The equations of a unit, from z to a; the last has the derivatives of a. */
    public static List<Equation> of(ActivationFunction function, int layer, Index unit) {
        ActivationRule rule = new ActivationRule(layer, unit);
        rule.derive(function);
        return rule.equations;
    }

    private void derive(ActivationFunction function) {
        Symbol z = Symbol.preActivation(layer, unit);
        Map<Letter, Symbol> symbols = new LinkedHashMap<>();
        symbols.put(Activations.Z, z);
        function.letters()
                .keySet()
                .forEach(letter -> symbols.put(new Letter(letter), Symbol.trainable(layer, letter, unit)));
        Map<Symbol, Expression> slopes = new LinkedHashMap<>();
        Expression value;
        if (function instanceof ActivationFunction.Named named) {
            Activations activation = Activations.of(named);
            value = activation.value().with(symbols);
            slopes.put(z, activation.slope().map(slope -> slope.with(symbols)).orElse(Derivative.of(value, z)));
        } else {
            value = ((ActivationFunction.Formula) function).value().with(symbols);
            symbols.values().forEach(symbol -> slopes.put(symbol, Derivative.of(value, symbol)));
        }
        Symbol a = Symbol.activation(layer, unit);
        Map<Expression, Expression> names = storedCalls(value, slopes.values());
        Expression right = value.with(names);
        if (!(right instanceof Symbol)) {
            names.put(right, a);
        }
        slopes.replaceAll((symbol, slope) -> withNames(slope, names));
        slopes.values().removeIf(Expression.ZERO::equals);
        equations.add(new Equation(a, right, Optional.of(new LocalRule.Slopes(slopes))));
    }

    /**
     * Adds equations for some of the calls within the value, and returns their names: of calls that vector instructions
     * make row by row, and of those that a derivative needs again.
     */
    private Map<Expression, Expression> storedCalls(Expression value, Iterable<Expression> slopes) {
        Deque<Call> calls = new ArrayDeque<>();
        value.operands().forEach(operand -> collect(operand, calls));
        Deque<Call> stored = new ArrayDeque<>();
        List<Expression> reading = new ArrayList<>();
        slopes.forEach(reading::add);
        // From the outermost: a call that is read only within the argument of another one need not be stored
        for (Iterator<Call> outermost = calls.descendingIterator(); outermost.hasNext(); ) {
            Call call = outermost.next();
            boolean isInVectors = call.function() == Rule.SIGMOID || call.function() == Rule.TANH;
            if (!stored.contains(call) && (isInVectors || isIn(reading, call))) {
                stored.addFirst(call);
                reading.replaceAll(slope -> slope.with(Map.of(call, Expression.ZERO)));
            }
        }
        Map<Expression, Expression> names = new HashMap<>();
        for (Call call : stored) {
            String label = equations.isEmpty() ? "" : label(equations.size() - 1);
            Symbol s = new Symbol(Quantity.GATE, layer, label, List.of(unit));
            equations.add(new Equation(s, call.mapped(argument -> argument.with(names))));
            names.put(call, s);
        }
        return names;
    }

    private static String label(int number) {
        return number < LABELS.length() ? LABELS.substring(number, number + 1) : "b" + (number - LABELS.length());
    }

    /** The calls in an expression, those in arguments of others first. */
    private static void collect(Expression expression, Deque<Call> calls) {
        expression.operands().forEach(operand -> collect(operand, calls));
        if (expression instanceof Call call && call.function().isKernel()) {
            calls.add(call);
        }
    }

    private static boolean isIn(Iterable<Expression> expressions, Expression part) {
        for (Expression expression : expressions) {
            if (expression.equals(part) || isIn(expression.operands(), part)) {
                return true;
            }
        }
        return false;
    }

    /** An expression with names for what has one, also for the first factors of a product. */
    private static Expression withNames(Expression expression, Map<Expression, Expression> names) {
        Expression name = names.get(expression);
        if (name != null) {
            return name;
        }
        Expression named = expression.mapped(operand -> withNames(operand, names));
        if (names.containsKey(named)) {
            return names.get(named);
        }
        if (named instanceof Product product) {
            List<Expression> factors = product.operands();
            for (int length = factors.size() - 1; length >= 2; length--) {
                Expression first = names.get(new Product(factors.subList(0, length)));
                if (first != null) {
                    List<Expression> rest = new ArrayList<>(List.of(first));
                    rest.addAll(factors.subList(length, factors.size()));
                    return new Product(rest);
                }
            }
        }
        return named;
    }
}
