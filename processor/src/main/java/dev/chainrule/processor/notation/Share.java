package dev.chainrule.processor.notation;

import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Symbol;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one of several readers adds to a derivative, {@code dE_da1_from3_j}.
 *
 * @param whole the derivative
 * @param reader which of the readers, in words: {@code from 3}
 */
record Share(Symbol whole, String reader) {
    /** The number of the reader, and a second number where it reads the same more than once. */
    private static final Pattern LABEL = Pattern.compile("from(\\d+)(?:x(\\d+))?");

    /** The share that a symbol stands for, if it does. */
    static Optional<Share> of(Symbol symbol) {
        Matcher label = LABEL.matcher(symbol.label());
        boolean isError = symbol.quantity() == Quantity.DELTA || symbol.quantity() == Quantity.ERROR_BY_ACTIVATION;
        if (!isError || !label.matches()) {
            return Optional.empty();
        }
        boolean isByInput = symbol.quantity() == Quantity.ERROR_BY_ACTIVATION && symbol.layer() == 0;
        Symbol whole = Symbol.of(
                isByInput ? Quantity.ERROR_BY_INPUT : symbol.quantity(),
                symbol.layer(),
                symbol.indices().toArray(Index[]::new));
        String place = label.group(2) == null ? "" : ", place " + label.group(2);
        return Optional.of(new Share(whole, "from " + label.group(1) + place));
    }
}
