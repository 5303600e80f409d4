package dev.chainrule.processor.notation;

import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Symbol;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one of several readers adds to a derivative, {@code dE_da1_from3_j}.
 *
 * @param whole the derivative
 * @param reader which of the readers, in words: {@code from layer 3}
 */
record Share(Symbol whole, String reader) {
    /** The derivatives that are added up; a letter of a formula, which is a label too, belongs to one layer alone. */
    private static final Set<Quantity> SHARED =
            EnumSet.of(Quantity.DELTA, Quantity.ERROR_BY_ACTIVATION, Quantity.ERROR_BY_WEIGHT, Quantity.ERROR_BY_BIAS);

    /** The number of the reader, and a second number where it reads the same more than once. */
    private static final Pattern LABEL = Pattern.compile("from(\\d+)(?:x(\\d+))?");

    /** The share that a symbol stands for, if it does. */
    static Optional<Share> of(Symbol symbol) {
        Matcher label = LABEL.matcher(symbol.label());
        if (!SHARED.contains(symbol.quantity()) || !label.matches()) {
            return Optional.empty();
        }
        boolean isByInput = symbol.quantity() == Quantity.ERROR_BY_ACTIVATION && symbol.layer() == 0;
        Symbol whole = Symbol.of(
                isByInput ? Quantity.ERROR_BY_INPUT : symbol.quantity(),
                symbol.layer(),
                symbol.indices().toArray(Index[]::new));
        String place = label.group(2) == null ? "" : ", place " + label.group(2);
        return Optional.of(new Share(whole, "from layer " + label.group(1) + place));
    }
}
