package dev.chainrule.processor.formula;

import dev.chainrule.processor.network.ActivationFunction;
import dev.chainrule.processor.network.LossFunction;
import dev.chainrule.processor.property.Requirement;
import java.util.Map;

/** Reads formulas; a text that is none gives a value that says where it is wrong. */
public final class Formulas {
    private Formulas() {}

    /** The formula of a layer, {@code max(0, z) + p * min(0, z); p = 0.25}. */
    public static Parsed<ActivationFunction.Formula> activation(String text) {
        return Parsed.of(text, () -> new ActivationParser(text).formula());
    }

    /** The formula of a loss, {@code mean(abs(y - t))}. */
    public static Parsed<LossFunction.Formula> loss(String text) {
        return Parsed.of(text, () -> new LossParser(text).formula());
    }

    /**
     * What is to hold of variables, {@code 0 <= x_0 && x_0 <= 1}.
     *
     * @param variables their numbers by their names
     * @param what what they are, in words: {@code inputs}
     */
    public static Parsed<Requirement> property(String text, Map<String, Integer> variables, String what) {
        return Parsed.of(text, () -> new PropertyParser(text, variables, what).requirement());
    }
}
