package dev.chainrule.processor.equations;

import java.util.Arrays;
import java.util.List;

/**
 * A named scalar, {@code w1_0_1}, or one for each value of a variable, {@code w1_k_j}.
 *
 * @param layer the layer's number, 0 where the quantity has none
 * @param label what tells several of a quantity and layer apart, {@code beta} of {@code p1_beta_j}; empty for most
 * @param indices which units
 */
public record Symbol(Quantity quantity, int layer, String label, List<Index> indices) implements Expression {
    public static Symbol of(Quantity quantity, int layer, Index... indices) {
        return new Symbol(quantity, layer, "", List.of(indices));
    }

    /** {@code w1_k_j}. */
    public static Symbol weight(int layer, Index from, Index to) {
        return of(Quantity.WEIGHT, layer, from, to);
    }

    /** {@code a1_j}, or {@code x_j} for layer 0. */
    public static Symbol activation(int layer, Index unit) {
        return layer == 0 ? of(Quantity.INPUT, 0, unit) : of(Quantity.ACTIVATION, layer, unit);
    }

    /** {@code z1_j}. */
    public static Symbol preActivation(int layer, Index unit) {
        return of(Quantity.PRE_ACTIVATION, layer, unit);
    }

    /** {@code delta1_j}. */
    public static Symbol delta(int layer, Index unit) {
        return of(Quantity.DELTA, layer, unit);
    }

    /** {@code p1_beta_j}, a trainable letter of a formula. */
    public static Symbol trainable(int layer, String letter, Index unit) {
        return new Symbol(Quantity.TRAINABLE, layer, letter, List.of(unit));
    }

    /** {@code E}. */
    public static Symbol error() {
        return of(Quantity.ERROR, 0);
    }

    /** The same quantity of fixed units: {@code w1_0_1}. */
    public static Symbol at(Quantity quantity, int layer, int... units) {
        return new Symbol(
                quantity,
                layer,
                "",
                Arrays.stream(units).<Index>mapToObj(Index.Unit::new).toList());
    }

    /** What the error is derived by, for a derivative: {@code w1_0_1} of {@code dE_dw1_0_1}. */
    public Symbol by() {
        return new Symbol(quantity.by(), layer, label, indices);
    }

    /** The derivative of the loss by this: {@code delta1_j} by {@code z1_j}. */
    public Symbol adjoint() {
        return new Symbol(quantity.adjoint(), layer, label, indices);
    }

    /** What the layer of a number adds to this derivative: {@code dE_da1_from3_j}. */
    public Symbol share(int reader) {
        return new Symbol(quantity, layer, "from" + reader, indices);
    }

    /** How this changes with what moves: {@code v_z1_j}. */
    public Symbol tangent() {
        Quantity tangent = quantity.tangent();
        return new Symbol(tangent, layer, tangent == Quantity.TANGENT ? family().name() : label, indices);
    }

    /** The entry of a Jacobian that this derivative is, where an output stands for the loss. */
    public Symbol entry() {
        return new Symbol(quantity.entry(), layer, label, indices);
    }

    /** Another quantity of the same layer, or the same of other units. */
    public Symbol with(Quantity other, Index... units) {
        return new Symbol(other, layer, other == quantity ? label : "", List.of(units));
    }

    /** What all symbols of the same quantity and layer have in common. */
    public Symbol family() {
        return new Symbol(quantity, layer, label, List.of());
    }

    /** The name in the notation, which is also a Java identifier: {@code w1_0_1}. */
    public String name() {
        StringBuilder name = new StringBuilder(quantity.letter());
        if (quantity.hasLayer()) {
            name.append(layer);
        }
        if (!label.isEmpty()) {
            name.append('_').append(label);
        }
        for (Index index : indices) {
            name.append('_').append(index.text());
        }
        return name.toString();
    }

    @Override
    public Symbol at(Index.Variable variable, Index index) {
        return new Symbol(
                quantity,
                layer,
                label,
                indices.stream().map(each -> each.at(variable, index)).toList());
    }

    @Override
    public Symbol at(Index.Variable variable, int number) {
        return at(variable, new Index.Unit(number));
    }

    /** Sets and maps ask for it all the time, and the one that records have is slow in a JVM that has just started. */
    @Override
    public int hashCode() {
        int hash = 31 * (31 * quantity.ordinal() + layer) + label.hashCode();
        for (Index index : indices) {
            hash = 31 * hash + index.hashCode();
        }
        return hash;
    }

    @Override
    public String toString() {
        return name();
    }
}
