package dev.chainrule.runtime;

import static dev.chainrule.runtime.Pieces.beyond;
import static dev.chainrule.runtime.Pieces.binades;
import static dev.chainrule.runtime.Pieces.worst;

import dev.chainrule.runtime.KernelSteps.Coefficients;
import dev.chainrule.runtime.Pieces.Cells;

/** What the functions with tables of nodes err by, in units of u. */
final class NodeErrors {
    private static final double HALF_SPACING = Nodes.SPACING / 2 * (1 + 0x1p-40);

    /** Where {@code |z| <= 37.5}. */
    private static final int SIGMOID_NODES = 300;

    static final double TANH = 3.3;

    static final double SIGMOID = 1.5;

    static final double SOFTPLUS = 1.6;

    private NodeErrors() {}

    /** {@code e^(-2 c_k)}. */
    private static final Enclosed[] DECAYS = decays();

    private static Enclosed[] decays() {
        Enclosed[] decays = new Enclosed[Nodes.LAST + 1];
        Enclosed step = Enclosed.of(-2 * Nodes.SPACING).exp();
        decays[0] = Enclosed.ONE;
        for (int k = 1; k < decays.length; k++) {
            decays[k] = decays[k - 1].times(step);
        }
        return decays;
    }

    /** {@code sigmoid(2 c_k)}. */
    private static Enclosed sigmoidOfNode(int k) {
        Enclosed e = DECAYS[Math.abs(k)];
        return (k < 0 ? e : Enclosed.ONE).over(Enclosed.ONE.plus(e));
    }

    /** {@code tanh h} for h of a piece: h errs by nothing, and the series by what its cells say. */
    private static Bounded tanhNearZero(KernelSteps<Bounded> steps, Cells series, double from, double to) {
        return steps.tanhNearZero(new Bounded(from, to, -1074, 0)).with(series.bound(from, to));
    }

    private static Cells tanhCells(Coefficients coefficients) {
        return new Cells(tanhBeyond(coefficients), 0x1p-80, -HALF_SPACING, HALF_SPACING, 64);
    }

    /** What the series lacks, up to {@code h^13}; terms alternate and fall, the factor of {@code h^15} is below 1/600. */
    private static Polynomial tanhBeyond(Coefficients coefficients) {
        Enclosed zero = Enclosed.ZERO;
        Polynomial series = Polynomial.of(
                zero,
                Enclosed.ONE,
                zero,
                Enclosed.ratio(-1, 3),
                zero,
                Enclosed.ratio(2, 15),
                zero,
                Enclosed.ratio(-17, 315),
                zero,
                Enclosed.ratio(62, 2835),
                zero,
                Enclosed.ratio(-1382, 155925),
                zero,
                Enclosed.ratio(21844, 6081075));
        return beyond(series, coefficients.tanh(), 3, 2);
    }

    static double tanh(double[] table, Coefficients coefficients) {
        KernelSteps<Bounded> steps = new KernelSteps<>(Bounded.ARITHMETIC, coefficients);
        Cells series = tanhCells(coefficients);
        Polynomial tail = tanhBeyond(coefficients);
        double worst = 0;
        for (double[] piece : binades(HALF_SPACING)) {
            // Node 0 has the slope 1 and no value: the quotient and the last sum are exact
            worst = Math.max(
                    worst,
                    worst(
                            piece[0],
                            piece[1],
                            TANH,
                            (from, to) -> steps.tanhNearZero(new Bounded(from, to, -1074, 0))
                                    .with(tail.bound(from, to) + Math.pow(Math.max(Math.abs(from), Math.abs(to)), 15))
                                    .relativeError()));
        }
        for (int k = 1; k <= Nodes.LAST; k++) {
            Enclosed value = Enclosed.ONE.minus(DECAYS[k]).over(Enclosed.ONE.plus(DECAYS[k]));
            Node node = Node.of(table, k, value, Enclosed.ONE.minus(value.times(value)));
            worst = Math.max(worst, worst(-HALF_SPACING, HALF_SPACING, TANH, (from, to) -> {
                Bounded t = tanhNearZero(steps, series, from, to);
                return node.error(steps.tanhBeyondNode(node.near, node.low, node.slope, t));
            }));
        }
        return worst;
    }

    static double sigmoid(double[] table, Coefficients coefficients) {
        KernelSteps<Bounded> steps = new KernelSteps<>(Bounded.ARITHMETIC, coefficients);
        Cells series = tanhCells(coefficients);
        double worst = 0;
        for (int k = -SIGMOID_NODES; k <= SIGMOID_NODES; k++) {
            Enclosed value = sigmoidOfNode(k);
            Enclosed slope = value.times(sigmoidOfNode(-k)).times(Enclosed.of(2));
            Node node = Node.of(table, k, value, slope);
            worst = Math.max(worst, worst(-HALF_SPACING, HALF_SPACING, SIGMOID, (from, to) -> {
                Bounded t = tanhNearZero(steps, series, from, to);
                return node.error(steps.sigmoidBeyondNode(node.near, node.low, node.slope, t));
            }));
        }
        return worst;
    }

    static double softplus(double[] table, Coefficients coefficients) {
        KernelSteps<Bounded> steps = new KernelSteps<>(Bounded.ARITHMETIC, coefficients);
        Cells series = tanhCells(coefficients);
        Cells artanh = new Cells(artanhBeyond(coefficients), 0x1p-78, -0.033, 0.033, 64);
        double worst = 0;
        for (int k = -SIGMOID_NODES; k <= SIGMOID_NODES; k++) {
            double high = table[Nodes.row(k)];
            double low = table[Nodes.row(k) + 1];
            // log(1 + y) = v where e^v = 1 + y: v errs by no larger part than e^v - 1
            Enclosed y = k < 0 ? DECAYS[-k] : Enclosed.ONE.over(DECAYS[k]);
            Enclosed ofTable = Enclosed.of(high).plus(Enclosed.of(low));
            double part = ofTable.expm1().over(y).minus(Enclosed.ONE).magnitude();
            double valueError = 1.01 * part * high;
            Enclosed slope = sigmoidOfNode(k);
            double computedSlope = table[Nodes.row(k) + 2];
            Bounded s = Bounded.exactly(computedSlope).with(slope.distance(computedSlope));
            worst = Math.max(worst, worst(-HALF_SPACING, HALF_SPACING, SOFTPLUS, (from, to) -> {
                Bounded t = tanhNearZero(steps, series, from, to);
                Bounded beyond = steps.softplusBeyondNode(Bounded.exactly(low).with(valueError), s, t);
                // |v| <= S |t| / (1 - |t|), and |t| <= |h|
                double v = Math.max(Math.abs(from), Math.abs(to)) * 1.034;
                Bounded more = beyond.with(2 * v * (computedSlope + s.error()) * artanh.bound(-v, v));
                return Bounded.ARITHMETIC.plus(Bounded.exactly(high), more).relativeError();
            }));
        }
        return worst;
    }

    /** What the series of artanh lacks, by v, up to {@code v^14}; what follows is below {@code v^16} and 2^-78. */
    private static Polynomial artanhBeyond(Coefficients coefficients) {
        Enclosed[] series = new Enclosed[15];
        for (int n = 0; n < series.length; n++) {
            series[n] = n % 2 == 0 ? Enclosed.ratio(1, n + 1) : Enclosed.ZERO;
        }
        return beyond(Polynomial.of(series), coefficients.artanh(), 2, 2);
    }

    /**
     * A row of a table.
     *
     * @param near the first part of the value, for the value
     * @param high the same for what it is
     * @param low the second part, for what the first one lacks
     */
    record Node(Bounded near, Bounded high, Bounded low, Bounded slope) {
        static Node of(double[] table, int k, Enclosed value, Enclosed slope) {
            int row = Nodes.row(k);
            Bounded high = Bounded.exactly(table[row]);
            double lack = value.minus(Enclosed.of(table[row])).distance(table[row + 1]);
            return new Node(
                    high.with(value.distance(table[row])),
                    high,
                    Bounded.exactly(table[row + 1]).with(lack),
                    Bounded.exactly(table[row + 2]).with(slope.distance(table[row + 2])));
        }

        /** The relative error after the last sum, whose term is cut where its last bit is worth more. */
        double error(Bounded beyond) {
            double worst = 0;
            for (Bounded part : beyond.binades()) {
                worst = Math.max(worst, Bounded.ARITHMETIC.plus(high, part).relativeError());
            }
            return worst;
        }
    }
}
