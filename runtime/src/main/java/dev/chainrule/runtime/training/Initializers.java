package dev.chainrule.runtime.training;

import dev.chainrule.runtime.ParameterLayout;
import java.util.random.RandomGenerator;

/**
 * The known initialisers. In the formulas {@code in} is the number of units that a layer reads ("fan-in"), {@code out}
 * that of the layer itself ("fan-out"); {@code N(s)} is the normal distribution around 0 with the standard deviation
 * {@code s}, not truncated, and {@code U(a, b)} the uniform distribution from {@code a} to {@code b}. Biases are 0,
 * unless {@link Initializer#withBiases} says otherwise.
 *
 * <p>A setting outside its range is an {@link IllegalArgumentException} that names the setting, its value and the range.
 */
public final class Initializers {
    private Initializers() {}

    /** {@return an initialiser that sets all parameters to 0} The units of a hidden layer then stay alike for ever. */
    public static Initializer zeros() {
        return constant(0);
    }

    /**
     * {@return an initialiser that sets all weights to one value}
     *
     * @param value finite
     */
    public static Initializer constant(double value) {
        Checks.finite("value", value);
        return (layout, layer, random) -> value;
    }

    /**
     * {@return {@code N(s)}}
     *
     * @param standardDeviation {@code s}: positive and finite
     */
    public static Initializer normal(double standardDeviation) {
        Checks.positive("standardDeviation", standardDeviation);
        return normal((in, out) -> standardDeviation);
    }

    /** {@return {@code N(1 / sqrt(in))}: sums of inputs of size 1 have size 1} The same as {@link #leCunNormal}. */
    public static Initializer normal() {
        return leCunNormal();
    }

    /**
     * {@return {@code U(from, to)}}
     *
     * @param from finite
     * @param to finite, more than {@code from}, by not more than the largest double
     */
    public static Initializer uniform(double from, double to) {
        Checks.finite("from", from);
        Checks.finite("to", to);
        Checks.check(from < to, "to", to, "more than from, " + from);
        Checks.finite("to - from", to - from);
        return (layout, layer, random) -> from + (to - from) * random.nextDouble();
    }

    /** {@return {@code N(sqrt(2 / (in + out)))}: Glorot and Bengio, 2010, for tanh and sigmoid} */
    public static Initializer glorotNormal() {
        return normal((in, out) -> Math.sqrt(2 / (in + out)));
    }

    /** {@return {@code U(-a, a)}, where {@code a = sqrt(6 / (in + out))}: Glorot and Bengio, 2010, for tanh and sigmoid} */
    public static Initializer glorotUniform() {
        return uniform((in, out) -> Math.sqrt(6 / (in + out)));
    }

    /** {@return {@code N(sqrt(2 / in))}: He, Zhang, Ren and Sun, 2015, for RELU and its kin} */
    public static Initializer heNormal() {
        return normal((in, out) -> Math.sqrt(2 / in));
    }

    /** {@return {@code U(-a, a)}, where {@code a = sqrt(6 / in)}: He, Zhang, Ren and Sun, 2015, for RELU and its kin} */
    public static Initializer heUniform() {
        return uniform((in, out) -> Math.sqrt(6 / in));
    }

    /** {@return {@code N(sqrt(1 / in))}: LeCun, Bottou, Orr and Müller, 1998, and for SELU} */
    public static Initializer leCunNormal() {
        return normal((in, out) -> Math.sqrt(1 / in));
    }

    /** {@return {@code U(-a, a)}, where {@code a = sqrt(3 / in)}: LeCun, Bottou, Orr and Müller, 1998, and for SELU} */
    public static Initializer leCunUniform() {
        return uniform((in, out) -> Math.sqrt(3 / in));
    }

    /**
     * {@return another initialiser for each layer, its biases included}
     *
     * @param layers one a layer, from the first after the input; a network of another number of layers will be refused
     * @throws IllegalArgumentException if there are none
     */
    public static Initializer byLayer(Initializer... layers) {
        return new ByLayer(layers);
    }

    /** What a formula says for a layer. */
    private interface Scale {
        double of(double in, double out);

        default double of(ParameterLayout layout, int layer) {
            return of(layout.rows(layer), layout.units(layer));
        }
    }

    private static Initializer normal(Scale standardDeviation) {
        return (layout, layer, random) -> standardDeviation.of(layout, layer) * random.nextGaussian();
    }

    private static Initializer uniform(Scale limit) {
        return (layout, layer, random) -> limit.of(layout, layer) * (2 * random.nextDouble() - 1);
    }

    private record ByLayer(Initializer... layers) implements Initializer {
        ByLayer {
            layers = layers.clone();
            Checks.count("initializers", layers.length);
        }

        @Override
        public double weight(ParameterLayout layout, int layer, RandomGenerator random) {
            return of(layout, layer).weight(layout, layer, random);
        }

        @Override
        public double bias(ParameterLayout layout, int layer, RandomGenerator random) {
            return of(layout, layer).bias(layout, layer, random);
        }

        private Initializer of(ParameterLayout layout, int layer) {
            if (layout.layers() != layers.length) {
                throw new IllegalArgumentException(
                        "there are " + layers.length + " initialisers; expected one a layer, " + layout.layers());
            }
            return layers[layer - 1];
        }
    }
}
