package dev.chainrule.processor.testing;

import static dev.chainrule.processor.testing.HighPrecision.DIGITS;
import static dev.chainrule.processor.testing.HighPrecision.TWO;
import static java.math.BigDecimal.ONE;
import static java.math.BigDecimal.ZERO;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import java.math.BigDecimal;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** An activation of one unit and its slope, from their definitions in {@code z}, to some 50 digits. */
public final class ActivationTruth {
    private static final BigDecimal SELU_SCALE = new BigDecimal("1.0507009873554804934193349852946");
    private static final BigDecimal SELU_ALPHA = new BigDecimal("1.6732632423543772848170429916717");
    private static final BigDecimal TWO_ROOT_TWO_OVER_PI =
            new BigDecimal("1.5957691216057307117597842397375274739034345246597");
    private static final BigDecimal GELU_CUBIC = new BigDecimal("0.044715");
    private static final BigDecimal SQRT_HALF = new BigDecimal("0.70710678118654752440084436210484903928483593768847");
    private static final BigDecimal HALF = new BigDecimal("0.5");
    private static final BigDecimal SIX = new BigDecimal(6);
    private static final BigDecimal LEAK = new BigDecimal("0.01");

    /** Beyond this a sigmoid is 1, and what is multiplied by its distance from 1 is gone. */
    private static final BigDecimal SATURATED = new BigDecimal(40);

    /** Before this it is 0, and so is what is multiplied by it. */
    private static final BigDecimal VANISHED = new BigDecimal(-800);

    /** With these the sum of a unit of {@link #unit()} is its input. */
    public static final double[] PARAMETERS = {1, 0};

    private final Activation activation;

    private ActivationTruth(Activation activation) {
        this.activation = activation;
    }

    /** Of all activations that act on each unit by itself. */
    public static Stream<ActivationTruth> all() {
        return Stream.of(Activation.values())
                .filter(activation -> activation != Activation.SOFTMAX)
                .map(ActivationTruth::new);
    }

    /** A network of this one unit. No output is below a target of minus infinity, so that the loss's derivative is 1. */
    public Topology unit() {
        return Topologies.of("Of" + activation, "1-1", activation, activation, Loss.MEAN_ABSOLUTE_ERROR, Unroll.AUTO);
    }

    @Override
    public String toString() {
        return activation.toString();
    }

    /**
     * The value, within a few roundings. An exponential of a product, as in the tanh form of GELU, has the product's relative
     * error times the product's size.
     */
    public TrueValue value(double at) {
        BigDecimal z = new BigDecimal(at);
        Supplier<String> what = () -> activation + " at " + at;
        return switch (activation) {
            case IDENTITY, RELU -> new TrueValue(what, value(z), ZERO, 0, 0);
            case SIGMOID, SOFTPLUS -> TrueValue.of(what, value(z), 2);
            case LEAKY_RELU, SOFTSIGN, TANH -> TrueValue.of(what, value(z), 2);
            case ELU, SELU -> TrueValue.of(what, value(z), 3);
            case SILU, GELU_TANH ->
                new TrueValue(what, value(z), value(z), 4 + 4 * exponent(z), 1 + Math.min(Math.abs(at), 1000));
            case GELU -> new TrueValue(what, value(z), z, 3, 1);
            case HARD_SIGMOID -> new TrueValue(what, value(z), ONE, 2, 1);
            case SOFTMAX -> throw new IllegalArgumentException("SOFTMAX is of a layer");
        };
    }

    /**
     * The slope, within a few roundings of its value or, where it is a difference, of its terms: {@code a - a^2} for the logistic
     * function, {@code 1 - a^2} for tanh, {@code s + z s (1 - s)} for those with a sigmoid inside, and with erf
     * {@code 1 + erf u + z (erf u)'}, where the exponential of {@code u^2} has that square's error.
     */
    public TrueValue slope(double at) {
        BigDecimal z = new BigDecimal(at);
        BigDecimal slope = slope(z);
        Supplier<String> what = () -> "slope of " + activation + " at " + at;
        return switch (activation) {
            case IDENTITY, RELU -> new TrueValue(what, slope, ZERO, 0, 0);
            case SIGMOID -> new TrueValue(what, slope, value(z), 3, 1);
            case TANH -> new TrueValue(what, slope, ONE, 3, 1);
            case LEAKY_RELU, ELU, SELU, SOFTPLUS, HARD_SIGMOID -> TrueValue.of(what, slope, 2);
            case SOFTSIGN -> TrueValue.of(what, slope, 3);
            case SILU, GELU_TANH -> {
                BigDecimal u = gateArgument(z);
                boolean isGone = u.compareTo(SATURATED) > 0 || u.compareTo(VANISHED) < 0;
                BigDecimal product =
                        isGone ? ZERO : z.multiply(gateSlope(z), DIGITS).abs();
                BigDecimal terms = HighPrecision.sigmoid(u).multiply(ONE.add(product), DIGITS);
                yield new TrueValue(what, slope, terms, 4 + 4 * exponent(z), 1 + product.doubleValue());
            }
            case GELU -> {
                BigDecimal density = density(z).abs();
                yield new TrueValue(what, slope, ONE.add(density.multiply(squareOfScaled(z)), DIGITS), 3, 1);
            }
            case SOFTMAX -> throw new IllegalArgumentException("SOFTMAX is of a layer");
        };
    }

    private BigDecimal value(BigDecimal z) {
        return switch (activation) {
            case IDENTITY -> z;
            case SIGMOID -> HighPrecision.sigmoid(z);
            case TANH -> HighPrecision.tanh(z);
            case RELU -> z.max(ZERO);
            case LEAKY_RELU -> z.signum() > 0 ? z : z.multiply(LEAK);
            case ELU -> z.signum() > 0 ? z : HighPrecision.expm1(z);
            case SELU -> (z.signum() > 0 ? z : HighPrecision.expm1(z).multiply(SELU_ALPHA)).multiply(SELU_SCALE);
            case SOFTPLUS -> HighPrecision.softplus(z);
            case SOFTSIGN -> z.divide(ONE.add(z.abs()), DIGITS);
            case SILU, GELU_TANH -> z.multiply(HighPrecision.sigmoid(gateArgument(z)), DIGITS);
            case GELU -> z.multiply(distribution(z), DIGITS);
            case HARD_SIGMOID -> z.divide(SIX, DIGITS).add(HALF).max(ZERO).min(ONE);
            case SOFTMAX -> throw new IllegalArgumentException("SOFTMAX is of a layer");
        };
    }

    private BigDecimal slope(BigDecimal z) {
        return switch (activation) {
            case IDENTITY -> ONE;
            case SIGMOID -> sigmoidSlope(z);
            case TANH -> sigmoidSlope(z.multiply(TWO)).multiply(new BigDecimal(4));
            case RELU -> z.signum() > 0 ? ONE : ZERO;
            case LEAKY_RELU -> z.signum() > 0 ? ONE : LEAK;
            case ELU -> z.signum() > 0 ? ONE : HighPrecision.exp(z);
            case SELU -> (z.signum() > 0 ? ONE : HighPrecision.exp(z).multiply(SELU_ALPHA)).multiply(SELU_SCALE);
            case SOFTPLUS -> HighPrecision.sigmoid(z);
            case SOFTSIGN -> ONE.divide(ONE.add(z.abs()).pow(2, DIGITS), DIGITS);
            case SILU, GELU_TANH -> {
                BigDecimal u = gateArgument(z);
                BigDecimal throughGate = sigmoidSlope(u).multiply(gateSlope(z), DIGITS);
                yield HighPrecision.sigmoid(u).add(z.multiply(throughGate, DIGITS), DIGITS);
            }
            case GELU -> distribution(z).add(density(z), DIGITS);
            case HARD_SIGMOID -> z.abs().compareTo(new BigDecimal(3)) < 0 ? ONE.divide(SIX, DIGITS) : ZERO;
            case SOFTMAX -> throw new IllegalArgumentException("SOFTMAX is of a layer");
        };
    }

    /** {@code (1 + erf(z / sqrt(2))) / 2}. */
    private static BigDecimal distribution(BigDecimal z) {
        return ONE.add(HighPrecision.erf(z.multiply(SQRT_HALF, DIGITS)), DIGITS).divide(TWO, DIGITS);
    }

    /** z times the slope of {@link #distribution}. */
    private static BigDecimal density(BigDecimal z) {
        BigDecimal u = z.multiply(SQRT_HALF, DIGITS);
        return u.multiply(HighPrecision.erfSlope(u), DIGITS).divide(TWO, DIGITS);
    }

    private static BigDecimal squareOfScaled(BigDecimal z) {
        return z.multiply(z, DIGITS).divide(TWO, DIGITS);
    }

    /** {@code sigmoid(u) sigmoid(-u)}. */
    private static BigDecimal sigmoidSlope(BigDecimal u) {
        return HighPrecision.sigmoid(u).multiply(HighPrecision.sigmoid(u.negate()), DIGITS);
    }

    /** What the sigmoid inside is of: z, or {@code 2 sqrt(2 / pi) (z + 0.044715 z^3)}. */
    private BigDecimal gateArgument(BigDecimal z) {
        return activation == Activation.GELU_TANH
                ? z.add(GELU_CUBIC.multiply(z.pow(3, DIGITS))).multiply(TWO_ROOT_TWO_OVER_PI, DIGITS)
                : z;
    }

    private BigDecimal gateSlope(BigDecimal z) {
        BigDecimal three = new BigDecimal(3);
        return activation == Activation.GELU_TANH
                ? ONE.add(three.multiply(GELU_CUBIC).multiply(z.pow(2, DIGITS))).multiply(TWO_ROOT_TWO_OVER_PI, DIGITS)
                : ONE;
    }

    /** How far the exponential of a rounded product is out, in the product's roundings; beyond 800 it is 0 or saturated. */
    private double exponent(BigDecimal z) {
        return activation == Activation.GELU_TANH
                ? gateArgument(z).abs().min(VANISHED.negate()).doubleValue()
                : 0;
    }
}
