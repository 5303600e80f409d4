package dev.chainrule.processor.formula;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a text means, or what is wrong with it: one of the two.
 *
 * @param <T> what it means
 */
public record Parsed<T>(Optional<T> value, Optional<Mistake> mistake) {
    static <T> Parsed<T> of(String text, Supplier<T> reading) {
        try {
            return new Parsed<>(Optional.of(reading.get()), Optional.empty());
        } catch (FormulaException e) {
            return new Parsed<>(Optional.empty(), Optional.of(new Mistake(text, e.column(), e.getMessage())));
        }
    }
}
