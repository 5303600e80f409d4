package dev.chainrule.runtime.training;

import dev.chainrule.runtime.ParameterLayout;
import dev.chainrule.runtime.TrainableNetwork;
import java.util.Arrays;
import java.util.Locale;

/**
 * Which parameters of a network a training keeps at 0, for {@link Trainer.Builder#mask}: whatever the optimiser remembers or
 * adds, they are 0 after every step, and their derivatives count for nothing.
 *
 * <pre>{@code
 * Mask mask = Mask.ofZeros(network);
 * Trainer.builder().mask(mask).build().train(network, records);
 * }</pre>
 */
public final class Mask {
    private final boolean[] areZero;

    private Mask(boolean[] areZero) {
        this.areZero = areZero;
    }

    /**
     * {@return a mask that lets go of some parameters and keeps the others at 0}
     *
     * @param areZero for each parameter, in their layout, whether it is to be 0
     */
    public static Mask of(boolean[] areZero) {
        return new Mask(areZero.clone());
    }

    /**
     * {@return a mask of the weights that are 0 as the network is now; biases and other parameters are left alone}
     *
     * @param network that tells its layout
     * @throws UnsupportedOperationException if the network does not tell its {@link TrainableNetwork#description()}
     */
    public static Mask ofZeros(TrainableNetwork network) {
        ParameterLayout layout = network.description().layout();
        double[] parameters = network.parameters();
        boolean[] areZero = new boolean[parameters.length];
        for (int layer = 1; layer <= layout.layers(); layer++) {
            for (int i = layout.weightsFrom(layer); i < layout.biasesFrom(layer); i++) {
                areZero[i] = parameters[i] == 0;
            }
        }
        return new Mask(areZero);
    }

    /** {@return the number of parameters that it is for} */
    public int size() {
        return areZero.length;
    }

    /**
     * {@return whether a parameter is kept at 0}
     *
     * @param index of the parameter
     * @throws IndexOutOfBoundsException if there is no such parameter
     */
    public boolean isZero(int index) {
        return areZero[index];
    }

    /** {@return how many parameters are kept at 0} */
    public int zeros() {
        int zeros = 0;
        for (boolean isZero : areZero) {
            zeros += isZero ? 1 : 0;
        }
        return zeros;
    }

    /** A copy, one value a parameter. */
    boolean[] areZero() {
        return areZero.clone();
    }

    /** One line that differs for different masks, but by a chance of one in four thousand million. */
    String told() {
        return String.format(Locale.ROOT, "%d of %d at 0, hash %08x", zeros(), size(), Arrays.hashCode(areZero));
    }

    /** One line: {@code 5990 of 6656 at 0}. */
    @Override
    public String toString() {
        return zeros() + " of " + size() + " at 0";
    }
}
