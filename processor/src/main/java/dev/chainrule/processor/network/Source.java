package dev.chainrule.processor.network;

import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Symbol;
import java.util.List;

/**
 * What a layer reads: all units of a layer before it, or of a part of the input.
 *
 * @param layer the number of that layer, 0 for the input
 * @param first of the input, where the part begins in a record
 * @param units how many there are
 * @param category the name of the part where its units are those of categories, or empty
 */
public record Source(int layer, int first, int units, String category) {
    /** All units of a layer. */
    public static Source layer(int number, int units) {
        return new Source(number, 0, units, "");
    }

    /** The value of one of its units. */
    public Symbol value(Index unit) {
        return category.isEmpty()
                ? Symbol.activation(layer, unit.plus(first))
                : new Symbol(Quantity.CATEGORY, 0, category, List.of(unit));
    }
}
