package dev.chainrule.processor.proof;

import static dev.chainrule.processor.testing.Vectors.assertSameBits;

import dev.chainrule.processor.network.TrainedNetwork;
import dev.chainrule.processor.property.Box;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Looks for a record of a random network's box that leaves a proved bound: of a value, each of which is looked at in each record, or of
 * a form of a layer's units. Most records are random, corners, edges and neighbours of the ends; the last quarter goes from
 * the most extreme of them along the derivatives of what it is to bring out of its bound.
 */
final class Attack {
    /** So many of the records go along derivatives. */
    private static final double SEARCHED = 0.25;

    private static final int COMPARED_WITH_BITS = 4;
    private static final int LEAST_FORMS = 12;
    private static final int ROUNDS = 12;
    private static final int HALVINGS = 24;

    private final Circuit circuit;
    private final FloatingPoint arithmetic;
    private final Box box;
    private final Relaxation relaxation;
    private final Ranges ranges;
    private final BatchedBits batch;
    private final SplittableRandom random;
    private final List<Form> forms = new ArrayList<>();
    private long records;

    /**
     * {@code sum_i factors_i v_i}, which is proved not to be below the bound, and where it is to become small: how small it was, and of
     * which record.
     */
    private static final class Form {
        private final int[] numbers;
        private final double[] factors;
        private final double bound;
        private double least = Double.POSITIVE_INFINITY;
        private double[] leastAt;

        Form(int[] numbers, double[] factors, double bound, double[] leastAt) {
            this.numbers = numbers;
            this.factors = factors;
            this.bound = bound;
            this.leastAt = leastAt;
        }
    }

    Attack(long seed) {
        TrainedNetwork trained = RandomTrained.of(seed);
        Random boxes = new Random(seed);
        this.circuit = CircuitBuilder.of(trained);
        this.arithmetic = circuit.arithmetic();
        this.box = RandomTrained.box(trained, boxes);
        this.relaxation = Relaxation.of(circuit, new Bits(circuit), box);
        this.ranges = relaxation.ranges();
        this.batch = new BatchedBits(circuit);
        this.random = new SplittableRandom(seed);
        for (int[] layer : circuit.layers()) {
            addForm(layer);
        }
        addForm(circuit.outputs());
        while (forms.size() < LEAST_FORMS) {
            // A value, as it is or turned, whose bounds are the ends of its range
            addForm(new int[] {random.nextInt(circuit.values())});
        }
    }

    private void addForm(int[] numbers) {
        double[] factors = random.doubles(numbers.length, -1, 1).toArray();
        double bound = relaxation.bound(numbers, factors, 0);
        double[] leastAt = new double[box.size()];
        for (int i = 0; i < leastAt.length; i++) {
            leastAt[i] = relaxation.influence(i) > 0 ? box.least()[i] : box.greatest()[i];
        }
        forms.add(new Form(numbers, factors, bound, leastAt));
    }

    /** Whether all bounds are finite, so that something is said of all values. */
    boolean areFinite() {
        return ranges.areFinite();
    }

    Ranges ranges() {
        return ranges;
    }

    /** How many records were computed. */
    long records() {
        return records;
    }

    /** Computes as many records; throws an error where a bound is left. */
    void run(int count) {
        int placed = count - (int) (SEARCHED * count);
        while (records < placed) {
            int size = (int) Math.min(BatchedBits.SIZE, placed - records);
            for (int p = 0; p < size; p++) {
                put(p, record(p));
            }
            compute(size);
        }
        for (int next = 0; records < count; next++) {
            Form form = forms.get(next % forms.size());
            if (next < forms.size()) {
                search(form, count);
            } else {
                int size = (int) Math.min(64, count - records);
                for (int p = 0; p < size; p++) {
                    put(p, beside(form.leastAt));
                }
                compute(size);
            }
        }
    }

    private void put(int p, double[] record) {
        for (int i = 0; i < record.length; i++) {
            batch.values[i][p] = record[i];
        }
    }

    private double inBox(int i, double value) {
        double rounded = circuit.categories()[i] ? Math.rint(value) : arithmetic.literal(value);
        return Math.max(box.least()[i], Math.min(box.greatest()[i], rounded));
    }

    private boolean isOpen(int i) {
        return !circuit.categories()[i] && box.least()[i] < box.greatest()[i];
    }

    /** Anywhere, at ends, at some ends, beside ends, or where a form is proved least. */
    private double[] record(int p) {
        if (p % 16 == 0) {
            double[] least = forms.get(random.nextInt(forms.size())).leastAt;
            return random.nextInt(4) == 0 ? least : beside(least);
        }
        double[] record = new double[box.size()];
        int kind = p % 4;
        for (int i = 0; i < record.length; i++) {
            double low = box.least()[i];
            double high = box.greatest()[i];
            double part = random.nextDouble();
            boolean isLow = random.nextBoolean();
            boolean isEnd = kind == 1 || kind == 2 && random.nextBoolean();
            if (isEnd) {
                record[i] = isLow ? low : high;
            } else if (kind == 3) {
                record[i] = inBox(i, isLow ? arithmetic.above(low) : arithmetic.below(high));
            } else {
                record[i] = inBox(i, (1 - part) * low + part * high);
            }
        }
        return record;
    }

    /** A record with some numbers next to those of another one, to either side. */
    private double[] beside(double[] record) {
        double[] beside = record.clone();
        for (int i = 0; i < beside.length; i++) {
            if (isOpen(i) && random.nextInt(3) == 0) {
                double next = random.nextBoolean() ? arithmetic.above(beside[i]) : arithmetic.below(beside[i]);
                beside[i] = inBox(i, next);
            }
        }
        return beside;
    }

    /** Goes against the derivatives, as far as it helps. */
    private void search(Form form, int count) {
        for (int round = 0; round < ROUNDS; round++) {
            double before = form.least;
            double[] from = form.leastAt;
            if (records + 2 * box.size() + 2 * HALVINGS > count) {
                return;
            }
            double[] derivatives = derivatives(form);
            double largest = Arrays.stream(derivatives).map(Math::abs).max().orElse(0);
            if (!(largest > 0 && Double.isFinite(largest))) {
                return;
            }
            for (int p = 0; p < 2 * HALVINGS; p++) {
                double part = Math.scalb(1.0, -p / 2);
                double[] record = from.clone();
                for (int i = 0; i < record.length; i++) {
                    if (isOpen(i)) {
                        double along = p % 2 == 0 ? Math.signum(derivatives[i]) : derivatives[i] / largest;
                        record[i] = inBox(i, from[i] - part * along * (box.greatest()[i] - box.least()[i]));
                    }
                }
                put(p, record);
            }
            compute(2 * HALVINGS);
            if (!(form.least < before)) {
                return;
            }
        }
    }

    /** By differences, times the widths of the box. */
    private double[] derivatives(Form form) {
        double[] from = form.leastAt;
        double[] derivatives = new double[from.length];
        double[] steps = new double[from.length];
        for (int i = 0; i < from.length; i++) {
            double width = isOpen(i) ? box.greatest()[i] - box.least()[i] : 0;
            double[] left = from.clone();
            double[] right = from.clone();
            left[i] = inBox(i, from[i] - width * 0x1p-12);
            right[i] = inBox(i, from[i] + width * 0x1p-12);
            steps[i] = (right[i] - left[i]) / width;
            put(2 * i, left);
            put(2 * i + 1, right);
        }
        compute(2 * from.length);
        for (int i = 0; i < from.length; i++) {
            derivatives[i] = steps[i] > 0 ? (sum(form, 2 * i + 1) - sum(form, 2 * i)) / steps[i] : 0;
        }
        return derivatives;
    }

    private double sum(Form form, int p) {
        double sum = 0;
        for (int i = 0; i < form.factors.length; i++) {
            sum += form.factors[i] * batch.values[form.numbers[i]][p];
        }
        return sum;
    }

    private double[] values(int count, int p) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = batch.values[i][p];
        }
        return values;
    }

    /** Computes the records that were put, and looks at every value of them and every form. */
    private void compute(int count) {
        batch.compute(count);
        if (records == 0) {
            for (int p = 0; p < Math.min(count, COMPARED_WITH_BITS); p++) {
                double[] expected = new Bits(circuit).values(values(circuit.inputs(), p));
                assertSameBits("record " + p, values(circuit.values(), p), expected);
            }
        }
        records += count;
        for (int i = 0; i < circuit.values(); i++) {
            look(i, count);
        }
        for (Form form : forms) {
            for (int p = 0; p < count; p++) {
                look(form, p);
            }
        }
    }

    private void look(int i, int count) {
        double[] value = batch.values[i];
        double low = ranges.low[i];
        double high = ranges.high[i];
        boolean isUnknown = !Double.isFinite(low) || !Double.isFinite(high);
        for (int p = 0; p < count; p++) {
            boolean isWithin = low <= value[p] && value[p] <= high;
            if (!isWithin && !(isUnknown && Double.isNaN(value[p]))) {
                throw new AssertionError("value " + i + " = " + value[p] + " is not from " + low + " to " + high
                        + " for the record " + Arrays.toString(values(circuit.inputs(), p)));
            }
        }
    }

    private void look(Form form, int p) {
        double sum = 0;
        double size = 0;
        for (int i = 0; i < form.factors.length; i++) {
            double term = form.factors[i] * batch.values[form.numbers[i]][p];
            sum += term;
            size += Math.abs(term);
        }
        // The sum errs by less; closer to the bound it is formed exactly
        double rounding = (form.factors.length + 2) * 0x1p-52 * size + Double.MIN_NORMAL;
        boolean isClose = sum - form.bound < rounding && Double.isFinite(form.bound);
        if (isClose && exact(form, p).compareTo(new BigDecimal(form.bound)) < 0) {
            throw new AssertionError("form " + forms.indexOf(form) + " = " + sum + " is below " + form.bound
                    + " for the record " + Arrays.toString(values(circuit.inputs(), p)));
        }
        if (sum < form.least) {
            form.least = sum;
            form.leastAt = values(circuit.inputs(), p);
        }
    }

    private BigDecimal exact(Form form, int p) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < form.factors.length; i++) {
            BigDecimal value = new BigDecimal(batch.values[form.numbers[i]][p]);
            sum = sum.add(new BigDecimal(form.factors[i]).multiply(value));
        }
        return sum;
    }
}
