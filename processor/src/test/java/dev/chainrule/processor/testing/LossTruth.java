package dev.chainrule.processor.testing;

import static dev.chainrule.processor.testing.HighPrecision.DIGITS;
import static dev.chainrule.processor.testing.HighPrecision.TWO;
import static java.math.BigDecimal.ONE;
import static java.math.BigDecimal.ZERO;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** A loss of one record and its derivatives by the sums of the output units, from its definition, to some 50 digits. */
public final class LossTruth {
    /** Where this would be the exponent, the exponential of a rounded difference is 0. */
    private static final BigDecimal FARTHEST = new BigDecimal(750);

    private final Loss loss;
    private final double[] sums;
    private final double[] targets;
    private final BigDecimal[] z;
    private final BigDecimal[] t;
    private final BigDecimal max;

    /** The sum of all {@code e^(z - max)} but that of a greatest, which is 1. */
    private final BigDecimal sumOfOthers;

    /**
     * The loss of a record.
     *
     * @param sums those of up to three units, of which the outputs are, for a cross-entropy, the sigmoids or the softmax, else
     *     themselves
     * @param targets as many
     */
    private LossTruth(Loss loss, double[] sums, double[] targets) {
        this.loss = loss;
        this.sums = sums;
        this.targets = targets;
        this.z = Arrays.stream(sums).mapToObj(BigDecimal::new).toArray(BigDecimal[]::new);
        this.t = Arrays.stream(targets).mapToObj(BigDecimal::new).toArray(BigDecimal[]::new);
        this.max = Arrays.stream(this.z).reduce(BigDecimal::max).orElseThrow();
        this.sumOfOthers = Arrays.stream(this.z)
                .map(each -> HighPrecision.exp(each.subtract(max)))
                .reduce(ONE.negate(), (a, b) -> a.add(b, DIGITS));
    }

    /** A network of two or three units, in which the sum of each is one input. */
    public static Topology network(Loss loss) {
        Activation output = switch (loss) {
            case BINARY_CROSS_ENTROPY -> Activation.SIGMOID;
            case CATEGORICAL_CROSS_ENTROPY -> Activation.SOFTMAX;
            default -> Activation.IDENTITY;
        };
        String sizes = loss == Loss.CATEGORICAL_CROSS_ENTROPY ? "3-3" : "2-2";
        return Topologies.of("Of" + loss, sizes, output, output, loss, Unroll.AUTO);
    }

    /** The parameters of that network: the identity, and no biases. */
    public static double[] parameters(Loss loss) {
        Topology network = network(loss);
        double[] parameters = new double[network.parameters()];
        for (int unit = 0; unit < network.outputs(); unit++) {
            parameters[unit * network.outputs() + unit] = 1;
        }
        return parameters;
    }

    /** Records for a sweep over all that a double can be, among them two sums that differ by more than the greatest one. */
    public static List<LossTruth> sweep(Loss loss, int count) {
        double[] first = Sweep.arguments(72, count);
        double[] second = Sweep.shuffled(first, 73);
        double[] third = Sweep.shuffled(first, 74);
        double[][] targets = switch (loss) {
            case BINARY_CROSS_ENTROPY -> new double[][] {{0, 1}, {1, 0}, {0.3, 1e-12}, {1e-300, 0.75}};
            case CATEGORICAL_CROSS_ENTROPY ->
                new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0.2, 0.3, 0.5}, {1e-5, 0, 1}, {0.5, 1e-300, 0.5}};
            default -> new double[0][];
        };
        List<LossTruth> records = new ArrayList<>();
        for (int i = 0; i < first.length; i++) {
            if (targets.length == 0) {
                records.add(new LossTruth(loss, new double[] {first[i], 0}, new double[] {0, first[i]}));
                records.add(new LossTruth(loss, new double[] {first[i], 0.5}, new double[] {second[i], 1}));
            } else {
                boolean hasThree = targets[0].length == 3;
                double[] random =
                        hasThree ? new double[] {first[i], second[i], third[i]} : new double[] {first[i], second[i]};
                records.add(new LossTruth(loss, random, targets[i % targets.length]));
                for (double[] target : targets) {
                    double[] apart =
                            hasThree ? new double[] {first[i], -first[i], 0} : new double[] {first[i], -first[i]};
                    records.add(new LossTruth(loss, apart, target));
                }
            }
        }
        return records;
    }

    /**
     * The loss, within a few roundings; the categorical cross-entropy, whose logarithm is of a number rounded from 1 up, within a
     * few of 1.
     *
     * @param computed where this is infinite, what the loss is a half or a mean of is to be too large for a double
     */
    public TrueValue value(double computed) {
        BigDecimal sum = IntStream.range(0, z.length).mapToObj(this::term).reduce(ZERO, (a, b) -> a.add(b, DIGITS));
        int divisor = switch (loss) {
            case SUM_OF_SQUARES, CATEGORICAL_CROSS_ENTROPY -> 1;
            case HALF_SUM_OF_SQUARES -> 2;
            default -> z.length;
        };
        BigDecimal value = Double.isInfinite(computed) ? sum : sum.divide(new BigDecimal(divisor), DIGITS);
        BigDecimal terms = loss == Loss.CATEGORICAL_CROSS_ENTROPY ? value.add(ONE) : value;
        return new TrueValue(this::toString, value, terms, 6, 2);
    }

    /**
     * The derivative by a unit's sum, within a few roundings; of a cross-entropy, {@code a - t}, of its terms. Where
     * the double of an error is too large, so is the derivative of a mean of squares.
     */
    public TrueValue slope(int unit) {
        Supplier<String> what = () -> "derivative of " + this + " by unit " + unit;
        BigDecimal d = z[unit].subtract(t[unit]);
        BigDecimal n = new BigDecimal(z.length);
        return switch (loss) {
            case SUM_OF_SQUARES -> TrueValue.of(what, d.multiply(TWO), 2);
            case HALF_SUM_OF_SQUARES -> TrueValue.of(what, d, 2);
            case MEAN_SQUARED_ERROR -> {
                BigDecimal product = d.multiply(TWO);
                // For two outputs it is d, which no product of 2 comes before
                boolean isTooLarge = n.compareTo(TWO) != 0 && Double.isInfinite(product.doubleValue());
                yield TrueValue.of(what, isTooLarge ? product : product.divide(n, DIGITS), 2);
            }
            case MEAN_ABSOLUTE_ERROR -> TrueValue.of(what, new BigDecimal(d.signum()).divide(n, DIGITS), 2);
            case HUBER -> TrueValue.of(what, d.min(ONE).max(ONE.negate()).divide(n, DIGITS), 2);
            case LOG_COSH -> TrueValue.of(what, HighPrecision.tanh(d).divide(n, DIGITS), 4);
            case BINARY_CROSS_ENTROPY -> difference(what, HighPrecision.sigmoid(z[unit]), unit, n, 3);
            case CATEGORICAL_CROSS_ENTROPY -> {
                BigDecimal below = max.subtract(z[unit]);
                BigDecimal a = HighPrecision.exp(below.negate()).divide(sumOfOthers.add(ONE), DIGITS);
                yield difference(what, a, unit, ONE, 4 + below.min(FARTHEST).doubleValue());
            }
        };
    }

    /** {@code (a - t) / n}. */
    private TrueValue difference(Supplier<String> what, BigDecimal a, int unit, BigDecimal n, double epsilons) {
        BigDecimal target = t[unit];
        return new TrueValue(
                what, a.subtract(target).divide(n, DIGITS), a.add(target).divide(n, DIGITS), epsilons, 2);
    }

    private BigDecimal term(int unit) {
        BigDecimal x = z[unit];
        BigDecimal target = t[unit];
        BigDecimal d = x.subtract(target);
        return switch (loss) {
            case SUM_OF_SQUARES, HALF_SUM_OF_SQUARES, MEAN_SQUARED_ERROR -> d.pow(2, DIGITS);
            case MEAN_ABSOLUTE_ERROR -> d.abs();
            case HUBER ->
                d.abs().compareTo(ONE) <= 0
                        ? d.pow(2, DIGITS).divide(TWO, DIGITS)
                        : d.abs().subtract(new BigDecimal("0.5"));
            case LOG_COSH -> HighPrecision.logCosh(d);
            case BINARY_CROSS_ENTROPY ->
                target.multiply(HighPrecision.softplus(x.negate()))
                        .add(ONE.subtract(target).multiply(HighPrecision.softplus(x)), DIGITS);
            case CATEGORICAL_CROSS_ENTROPY ->
                target.multiply(HighPrecision.log1p(sumOfOthers).add(max.subtract(x)), DIGITS);
        };
    }

    /** The inputs of a network of {@link #network}. */
    public double[] sums() {
        return sums.clone();
    }

    /** The targets. */
    public double[] targets() {
        return targets.clone();
    }

    @Override
    public String toString() {
        return loss + " at " + Arrays.toString(sums) + ", targets " + Arrays.toString(targets);
    }
}
