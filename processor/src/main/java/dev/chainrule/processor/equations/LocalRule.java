package dev.chainrule.processor.equations;

import java.util.LinkedHashMap;
import java.util.Map;

/** The derivatives of an equation that has a rule of its own: its right side is not differentiated. */
public sealed interface LocalRule {
    /** The same rule with {@code index} put in for {@code variable}. */
    LocalRule at(Index.Variable variable, Index index);

    /** The derivative of the left side by each of some symbols, and by no other. */
    record Slopes(Map<Symbol, Expression> by) implements LocalRule {
        @Override
        public Slopes at(Index.Variable variable, Index index) {
            Map<Symbol, Expression> slopes = new LinkedHashMap<>();
            by.forEach((symbol, slope) -> slopes.put(symbol.at(variable, index), slope.at(variable, index)));
            return new Slopes(slopes);
        }
    }

    /** {@code a_i = softmax(z)_i}: the derivative by z_m is {@code a_i ([i = m] - a_m)}, for every m. */
    record Softmax(Symbol z) implements LocalRule {
        @Override
        public Softmax at(Index.Variable variable, Index index) {
            return new Softmax(z.at(variable, index));
        }
    }
}
