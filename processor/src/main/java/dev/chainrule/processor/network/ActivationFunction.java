package dev.chainrule.processor.network;

import dev.chainrule.annotations.Activation;
import dev.chainrule.processor.equations.Expression;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What makes a unit's value of its sum. */
public sealed interface ActivationFunction {
    /** As a word of a text: {@code TANH}, or the formula. */
    String text();

    /** As a word of a sentence: {@code leaky relu}, or the formula. */
    default String words() {
        return text();
    }

    /** The trainable letters with their first values, in order; each unit has a parameter for each. */
    default SortedMap<String, Double> letters() {
        return new TreeMap<>();
    }

    /** Whether it is of all units of a layer together. */
    default boolean isSoftmax() {
        return false;
    }

    /**
     * One that has a name.
     *
     * @param setting the slope of LEAKY_RELU below 0, or ELU's alpha; of the others {@link #NO_SETTING}
     */
    record Named(Activation activation, double setting) implements ActivationFunction {
        /** The setting of an activation that has none. */
        public static final double NO_SETTING = 0;

        /** With the setting that it has by default. */
        public static Named of(Activation activation) {
            return new Named(activation, defaultSetting(activation));
        }

        /** With a setting, where it has one. */
        public static Named of(Activation activation, double setting) {
            boolean hasSetting = defaultSetting(activation) != NO_SETTING;
            return new Named(activation, hasSetting ? setting : NO_SETTING);
        }

        private static double defaultSetting(Activation activation) {
            return switch (activation) {
                case LEAKY_RELU -> 0.01;
                case ELU -> 1;
                default -> NO_SETTING;
            };
        }

        @Override
        public String text() {
            return activation + (setting == defaultSetting(activation) ? "" : " " + setting);
        }

        @Override
        public String words() {
            return text().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        @Override
        public boolean isSoftmax() {
            return activation == Activation.SOFTMAX;
        }
    }

    /**
     * A formula in z.
     *
     * @param text as it is declared, without needless spaces
     * @param value its value, by the letter z and the trainable letters
     */
    record Formula(String text, Expression value, SortedMap<String, Double> letters) implements ActivationFunction {
        /** With a copy of the letters. */
        public Formula {
            letters = new TreeMap<>((Map<String, Double>) letters);
        }
    }
}
