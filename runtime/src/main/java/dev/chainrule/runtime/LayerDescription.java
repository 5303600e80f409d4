package dev.chainrule.runtime;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A layer of a network. Generated classes write {@code new LayerDescription(16, "TANH", "tanh(z)", true)} for a dense
 * layer that reads the one before it, and add what is not so: {@code .named("h").reading("raw", "rank")}.
 *
 * @param units how many units it has, 1 or more
 * @param activation the name of their activation, as in the annotations, or its formula
 * @param value what the activation makes of the sum z, as {@link Formula#of} reads it; empty where that is not told
 * @param bias whether a bias is added to each sum: the unit's own, or that of the layer whose weights this one has,
 *     too; false for kinds without weights
 * @param letters the trainable letters of the formula, ascending
 * @param name by which others read it; empty for {@code layer} and its number, {@code layer1} for the first
 * @param kind what it makes of what it reads
 * @param from the names of the layers before it, and of parts of the input, that it reads; empty for the layer before
 *     it, or for the whole input in the first layer
 * @param weightsOf the name of the layer whose weights and biases this one has, too; empty for its own
 * @param inverse whether a layer of kind {@link Kind#SCALE} does the opposite
 */
public record LayerDescription(
        int units,
        String activation,
        String value,
        boolean bias,
        List<String> letters,
        String name,
        Kind kind,
        List<String> from,
        String weightsOf,
        boolean inverse) {
    /** What a layer makes of the values that it reads, before its activation. */
    public enum Kind {
        /** {@code z = b + a W}, over all that it reads, one source after the other. */
        DENSE,
        /** {@code z_j = a_j + a'_j + ...}: the sum over sources of equal width. */
        ADD,
        /** {@code z_j = a_j * a'_j * ...}: the product over sources of equal width. */
        MULTIPLY,
        /** {@code z}: one source after the other. */
        CONCATENATE,
        /**
         * {@code z_j = (a_j - shift_j) * scale_j}, where shift and scale are constants; the inverse is
         * {@code z_j = a_j / scale_j + shift_j}.
         */
        SCALE
    }

    /**
     * Makes a description.
     *
     * @param units how many units it has, 1 or more
     * @param activation the name of their activation, as in the annotations, or its formula
     * @param value what the activation makes of the sum z, as {@link Formula#of} reads it; empty where that is not told
     * @param bias whether a bias is added to each sum
     * @param letters the trainable letters of the formula, ascending
     * @param name by which others read it; empty for {@code layer} and its number
     * @param kind what it makes of what it reads
     * @param from the names of what it reads; empty for what stands before it
     * @param weightsOf the name of the layer whose weights and biases this one has, too; empty for its own
     * @param inverse whether a layer of kind {@link Kind#SCALE} does the opposite
     * @throws IllegalArgumentException if there are no units
     */
    public LayerDescription {
        if (units < 1) {
            throw new IllegalArgumentException("units is " + units + "; expected 1 or more");
        }
        Objects.requireNonNull(activation, "activation");
        Objects.requireNonNull(value, "value");
        letters = List.copyOf(letters);
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        from = List.copyOf(from);
        Objects.requireNonNull(weightsOf, "weightsOf");
    }

    /**
     * A dense layer that reads the one before it, as generated classes make it.
     *
     * @param units how many units it has, 1 or more
     * @param activation the name of their activation, as in the annotations, or its formula
     * @param value what the activation makes of the sum z
     * @param bias whether they have biases
     * @param letters the trainable letters of the formula, ascending
     * @throws IllegalArgumentException if there are no units
     */
    public LayerDescription(int units, String activation, String value, boolean bias, String... letters) {
        this(units, activation, value, bias, List.of(letters), "", Kind.DENSE, List.of(), "", false);
    }

    /**
     * A dense layer that reads the one before it, and does not tell what the activation is.
     *
     * @param units how many units it has, 1 or more
     * @param activation the name of their activation, as in the annotations, or its formula
     * @param bias whether they have biases
     * @param letters the trainable letters of the formula, ascending
     * @throws IllegalArgumentException if there are no units
     */
    public LayerDescription(int units, String activation, boolean bias, String... letters) {
        this(units, activation, "", bias, letters);
    }

    /**
     * {@return this layer by a name}
     *
     * @param name by which others read it
     */
    public LayerDescription named(String name) {
        return new LayerDescription(units, activation, value, bias, letters, name, kind, from, weightsOf, inverse);
    }

    /**
     * {@return this layer, of another kind}
     *
     * @param kind what it makes of what it reads
     */
    public LayerDescription ofKind(Kind kind) {
        return new LayerDescription(units, activation, value, bias, letters, name, kind, from, weightsOf, inverse);
    }

    /**
     * {@return this layer, but reading other sources}
     *
     * @param from the names of layers before it, and of parts of the input
     */
    public LayerDescription reading(String... from) {
        return new LayerDescription(
                units, activation, value, bias, letters, name, kind, List.of(from), weightsOf, inverse);
    }

    /**
     * {@return this layer with the weights and biases of another one}
     *
     * @param layer the other one's name
     */
    public LayerDescription withWeightsOf(String layer) {
        return new LayerDescription(units, activation, value, bias, letters, name, kind, from, layer, inverse);
    }

    /** {@return the opposite of this layer of kind {@link Kind#SCALE}} */
    public LayerDescription inverted() {
        return new LayerDescription(units, activation, value, bias, letters, name, kind, from, weightsOf, true);
    }

    /**
     * {@return what the activation makes of the sum z of a unit; empty where that is not told}
     *
     * @throws IllegalArgumentException if {@code value} is no formula
     */
    public Optional<Formula> formula() {
        return value.isEmpty() ? Optional.empty() : Optional.of(Formula.of(value));
    }

    /** {@return whether it has weights of its own, which no other layer has before it} */
    public boolean hasWeights() {
        return kind == Kind.DENSE && weightsOf.isEmpty();
    }

    /**
     * What its units are: {@code 3(TANH)}, {@code 1(SIGMOID, no bias)}, {@code 2(TANH, weights of a)},
     * {@code ADD 3(RELU)}.
     */
    String text() {
        String text = kind == Kind.DENSE ? "" : (inverse ? "INVERSE " : "") + kind + " ";
        return text + units + "(" + activation
                + (kind == Kind.DENSE && !bias ? ", no bias" : "")
                + (weightsOf.isEmpty() ? "" : ", weights of " + weightsOf) + ")";
    }

    /** As a network's topology has it: {@code 3(TANH)}, {@code h = 16(TANH) of raw, rank}. */
    @Override
    public String toString() {
        return (name.isEmpty() ? "" : name + " = ")
                + text()
                + (from.isEmpty()
                        ? ""
                        : " of " + from.stream().map(LayerDescription::source).collect(Collectors.joining(", ")));
    }

    /** What a source is called: the one part of an input that is not told apart is the input. */
    static String source(String name) {
        return name.isEmpty() ? "input" : name;
    }
}
