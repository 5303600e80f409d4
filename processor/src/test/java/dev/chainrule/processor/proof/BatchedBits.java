package dev.chainrule.processor.proof;

import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.rules.Rule;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * What {@link Bits} computes, for many records at a time: each operation in a loop over the records, so that a circuit costs little
 * more than its arithmetic. A test holds it against {@link Bits}, bit by bit.
 */
final class BatchedBits {
    /** How many records a batch has at most. */
    static final int SIZE = 512;

    private static final int PARTS = 8;

    /** Of each value its numbers, record after record. */
    final double[][] values;

    private final Circuit circuit;
    private final FloatingPoint arithmetic;
    private final boolean isFloat;
    private final Deque<double[]> unused = new ArrayDeque<>();
    private int records;

    BatchedBits(Circuit circuit) {
        this.circuit = circuit;
        this.arithmetic = circuit.arithmetic();
        this.isFloat = arithmetic == FloatingPoint.FLOAT;
        this.values = new double[circuit.values()][SIZE];
    }

    /** All values of the first records, whose numbers stand in {@link #values} already. */
    void compute(int count) {
        records = count;
        for (Step step : circuit.steps()) {
            if (step instanceof Step.Softmax softmax) {
                softmax(softmax);
            } else {
                for (int j = 0; j < step.count(); j++) {
                    compute(step, j, values[step.first() + j]);
                }
            }
        }
    }

    private void compute(Step step, int j, double[] to) {
        if (step instanceof Step.Sums sums) {
            if (sums.inEight()) {
                inEight(sums, j, to);
            } else {
                Arrays.fill(to, 0, records, sums.start()[j]);
                addChain(sums, j, k -> 0, 0, to);
            }
        } else if (step instanceof Step.Functions functions) {
            double[] value = function(
                    functions.functions().get(j).value(), values[functions.sources()[j]]);
            System.arraycopy(value, 0, to, 0, records);
            free(value);
        } else if (step instanceof Step.Additions additions) {
            sum(values[additions.left()[j]], values[additions.right()[j]], to);
        } else if (step instanceof Step.Products products) {
            product(values[products.left()[j]], values[products.right()[j]], to);
        } else if (step instanceof Step.Categories categories) {
            double[] input = values[categories.input()];
            for (int i = 0; i < records; i++) {
                to[i] = input[i] == categories.firstCategory() + j ? 1 : 0;
            }
        }
    }

    /** Adds the products that belong to a part, by fma. */
    private void addChain(Step.Sums sums, int j, IntUnaryOperator partOf, int part, double[] to) {
        int[] sources = sums.sources();
        for (int k = 0; k < sources.length; k++) {
            if (partOf.applyAsInt(k) == part) {
                fma(sums.weights()[j * sources.length + k], values[sources[k]], to);
            }
        }
    }

    private void inEight(Step.Sums sums, int j, double[] to) {
        double[][] parts = new double[PARTS][];
        for (int part = 0; part < PARTS; part++) {
            parts[part] = buffer();
            // A product is fma from -0.0: this changes nothing, not even the sign of a zero
            Arrays.fill(parts[part], 0, records, part == 0 ? sums.start()[j] : -0.0);
            addChain(sums, j, k -> k % PARTS, part, parts[part]);
        }
        int[][] pairs = {{0, 4}, {2, 6}, {1, 5}, {3, 7}, {0, 2}, {1, 3}, {0, 1}};
        for (int[] pair : pairs) {
            sum(parts[pair[0]], parts[pair[1]], parts[pair[0]]);
        }
        System.arraycopy(parts[0], 0, to, 0, records);
        for (double[] part : parts) {
            free(part);
        }
    }

    private void softmax(Step.Softmax softmax) {
        int[] sources = softmax.sources();
        double[] maximum = buffer();
        System.arraycopy(values[sources[0]], 0, maximum, 0, records);
        for (int source : sources) {
            extremum(true, maximum, values[source], maximum);
        }
        double[] normaliser = buffer();
        for (int j = 0; j < sources.length; j++) {
            double[] exponential = values[softmax.first() + j];
            difference(values[sources[j]], maximum, exponential);
            kernel(Rule.EXP, exponential, exponential);
            if (j == 0) {
                System.arraycopy(exponential, 0, normaliser, 0, records);
            } else {
                sum(normaliser, exponential, normaliser);
            }
        }
        for (int j = 0; j < sources.length; j++) {
            double[] exponential = values[softmax.first() + j];
            quotient(exponential, normaliser, exponential);
        }
        free(maximum);
        free(normaliser);
    }

    /** The values of an expression in z, in a buffer that is the caller's to free. */
    private double[] function(Expression expression, double[] z) {
        if (expression instanceof Expression.Letter) {
            double[] copy = buffer();
            System.arraycopy(z, 0, copy, 0, records);
            return copy;
        } else if (expression instanceof Expression.Constant constant) {
            double[] filled = buffer();
            Arrays.fill(filled, 0, records, arithmetic.literal(constant.value()));
            return filled;
        } else if (expression instanceof Expression.Sum sum) {
            return folded(sum.operands(), z, this::sum);
        } else if (expression instanceof Expression.Product product) {
            return folded(product.operands(), z, this::product);
        } else if (expression instanceof Expression.Difference difference) {
            return folded(List.of(difference.left(), difference.right()), z, this::difference);
        } else if (expression instanceof Expression.Quotient quotient) {
            return folded(List.of(quotient.left(), quotient.right()), z, this::quotient);
        } else if (expression instanceof Expression.Negative negative) {
            double[] value = function(negative.operand(), z);
            for (int i = 0; i < records; i++) {
                value[i] = -value[i];
            }
            return value;
        } else if (expression instanceof Expression.Choice choice) {
            return choice(choice, z);
        }
        return call((Expression.Call) expression, z);
    }

    private double[] choice(Expression.Choice choice, double[] z) {
        Expression.Condition condition = choice.condition();
        double[] left = function(condition.left(), z);
        double[] right = function(condition.right(), z);
        double[] then = function(choice.then(), z);
        double[] otherwise = function(choice.otherwise(), z);
        for (int i = 0; i < records; i++) {
            then[i] = condition.comparison().holds(left[i], right[i]) ? then[i] : otherwise[i];
        }
        free(left);
        free(right);
        free(otherwise);
        return then;
    }

    private double[] call(Expression.Call call, double[] z) {
        Rule rule = (Rule) call.function();
        if (rule == Rule.MAX || rule == Rule.MIN) {
            return folded(call.operands(), z, (a, b, to) -> extremum(rule == Rule.MAX, a, b, to));
        }
        double[] x = function(call.operands().get(0), z);
        if (rule == Rule.ABS || rule == Rule.SIGN || rule == Rule.POWER) {
            for (int i = 0; i < records; i++) {
                x[i] = switch (rule) {
                    case ABS -> Math.abs(x[i]);
                    case SIGN -> Math.signum(x[i]);
                    default -> arithmetic.power(x[i], Bits.exponent(call));
                };
            }
        } else {
            kernel(rule, x, x);
        }
        return x;
    }

    private interface Operation {
        void of(double[] a, double[] b, double[] to);
    }

    private double[] folded(List<Expression> operands, double[] z, Operation operation) {
        double[] value = function(operands.get(0), z);
        for (Expression operand : operands.subList(1, operands.size())) {
            double[] other = function(operand, z);
            operation.of(value, other, value);
            free(other);
        }
        return value;
    }

    private double[] buffer() {
        return unused.isEmpty() ? new double[SIZE] : unused.pop();
    }

    private void free(double[] buffer) {
        unused.push(buffer);
    }

    private void kernel(Rule rule, double[] x, double[] to) {
        for (int i = 0; i < records; i++) {
            to[i] = arithmetic.kernel(rule, x[i]);
        }
    }

    private void extremum(boolean isMaximum, double[] a, double[] b, double[] to) {
        for (int i = 0; i < records; i++) {
            to[i] = isMaximum ? Math.max(a[i], b[i]) : Math.min(a[i], b[i]);
        }
    }

    private void sum(double[] a, double[] b, double[] to) {
        for (int i = 0; i < records; i++) {
            to[i] = isFloat ? (float) a[i] + (float) b[i] : a[i] + b[i];
        }
    }

    private void difference(double[] a, double[] b, double[] to) {
        for (int i = 0; i < records; i++) {
            to[i] = isFloat ? (float) a[i] - (float) b[i] : a[i] - b[i];
        }
    }

    private void product(double[] a, double[] b, double[] to) {
        for (int i = 0; i < records; i++) {
            to[i] = isFloat ? (float) a[i] * (float) b[i] : a[i] * b[i];
        }
    }

    private void quotient(double[] a, double[] b, double[] to) {
        for (int i = 0; i < records; i++) {
            to[i] = isFloat ? (float) a[i] / (float) b[i] : a[i] / b[i];
        }
    }

    /** {@code to += weight * a}. */
    private void fma(double weight, double[] a, double[] to) {
        if (isFloat) {
            float factor = (float) weight;
            for (int i = 0; i < records; i++) {
                to[i] = Math.fma(factor, (float) a[i], (float) to[i]);
            }
        } else {
            for (int i = 0; i < records; i++) {
                to[i] = Math.fma(weight, a[i], to[i]);
            }
        }
    }
}
