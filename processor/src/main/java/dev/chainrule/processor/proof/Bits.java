package dev.chainrule.processor.proof;

import dev.chainrule.processor.equations.Expression;
import dev.chainrule.processor.rules.Rule;

/** What a frozen class computes of a record, to the bit. */
final class Bits {
    private static final int PARTS = 8;

    private final Circuit circuit;
    private final FloatingPoint arithmetic;

    Bits(Circuit circuit) {
        this.circuit = circuit;
        this.arithmetic = circuit.arithmetic();
    }

    /** All values of a record, whose numbers are of the precision. */
    double[] values(double[] input) {
        double[] v = new double[circuit.values()];
        System.arraycopy(input, 0, v, 0, circuit.inputs());
        for (Step step : circuit.steps()) {
            compute(step, v);
        }
        return v;
    }

    /** The outputs of a record. */
    double[] outputs(double[] input) {
        double[] v = values(input);
        double[] outputs = new double[circuit.outputs().length];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = v[circuit.outputs()[i]];
        }
        return outputs;
    }

    private void compute(Step step, double[] v) {
        int first = step.first();
        for (int j = 0; j < step.count(); j++) {
            if (step instanceof Step.Sums sums) {
                v[first + j] = sums.inEight() ? inEight(sums, j, v) : chain(sums, j, v);
            } else if (step instanceof Step.Functions functions) {
                double z = v[functions.sources()[j]];
                v[first + j] = functions.isRectifier()
                        ? Math.max(0, z)
                        : function(functions.functions().get(j).value(), z);
            } else if (step instanceof Step.Additions additions) {
                v[first + j] =
                        arithmetic.sum(v[additions.left()[j]], v[additions.right()[j]]);
            } else if (step instanceof Step.Products products) {
                v[first + j] = arithmetic.product(v[products.left()[j]], v[products.right()[j]]);
            } else if (step instanceof Step.Categories categories) {
                v[first + j] = v[categories.input()] == categories.firstCategory() + j ? 1 : 0;
            }
        }
        if (step instanceof Step.Softmax softmax) {
            softmax(softmax, v);
        }
    }

    private double chain(Step.Sums sums, int j, double[] v) {
        int[] sources = sums.sources();
        int row = j * sources.length;
        double sum = sums.start()[j];
        for (int k = 0; k < sources.length; k++) {
            if (!sums.isLeftOut(j, k)) {
                sum = arithmetic.fma(sums.weights()[row + k], v[sources[k]], sum);
            }
        }
        return sum;
    }

    private double inEight(Step.Sums sums, int j, double[] v) {
        int[] sources = sums.sources();
        int row = j * sources.length;
        double[] parts = new double[PARTS];
        for (int k = 0; k < sources.length; k++) {
            double weight = sums.weights()[row + k];
            double value = v[sources[k]];
            int part = k % PARTS;
            if (sums.isLeftOut(j, k)) {
                parts[part] = k == 0 ? sums.start()[j] : parts[part];
            } else if (k == part && part > 0) {
                parts[part] = arithmetic.product(weight, value);
            } else {
                parts[part] = arithmetic.fma(weight, value, k == 0 ? sums.start()[j] : parts[part]);
            }
        }
        return together(arithmetic, parts);
    }

    /** {@code ((p0 + p4) + (p2 + p6)) + ((p1 + p5) + (p3 + p7))}. */
    static double together(FloatingPoint arithmetic, double[] p) {
        double even = arithmetic.sum(arithmetic.sum(p[0], p[4]), arithmetic.sum(p[2], p[6]));
        double odd = arithmetic.sum(arithmetic.sum(p[1], p[5]), arithmetic.sum(p[3], p[7]));
        return arithmetic.sum(even, odd);
    }

    private void softmax(Step.Softmax softmax, double[] v) {
        int first = softmax.first();
        int[] sources = softmax.sources();
        double maximum = v[sources[0]];
        for (int source : sources) {
            maximum = Math.max(maximum, v[source]);
        }
        double normaliser = 0;
        for (int j = 0; j < sources.length; j++) {
            v[first + j] = arithmetic.kernel(Rule.EXP, arithmetic.sum(v[sources[j]], -maximum));
            normaliser = j == 0 ? v[first] : arithmetic.sum(normaliser, v[first + j]);
        }
        for (int j = 0; j < sources.length; j++) {
            v[first + j] = arithmetic.quotient(v[first + j], normaliser);
        }
    }

    /** The value of an expression in z, or NaN where z is a zero and its sign tells, as that of atan(1 / z). */
    double unsigned(Expression expression, double z) {
        double value = function(expression, z);
        return z != 0 || value == function(expression, -z) ? value : Double.NaN;
    }

    /** The value of an expression in z. */
    double function(Expression expression, double z) {
        if (expression instanceof Expression.Letter) {
            return z;
        } else if (expression instanceof Expression.Constant constant) {
            return arithmetic.literal(constant.value());
        } else if (expression instanceof Expression.Sum sum) {
            double value = function(sum.operands().get(0), z);
            for (int i = 1; i < sum.operands().size(); i++) {
                value = arithmetic.sum(value, function(sum.operands().get(i), z));
            }
            return value;
        } else if (expression instanceof Expression.Product product) {
            double value = function(product.operands().get(0), z);
            for (int i = 1; i < product.operands().size(); i++) {
                value = arithmetic.product(value, function(product.operands().get(i), z));
            }
            return value;
        } else if (expression instanceof Expression.Difference difference) {
            return arithmetic.sum(function(difference.left(), z), -function(difference.right(), z));
        } else if (expression instanceof Expression.Negative negative) {
            return -function(negative.operand(), z);
        } else if (expression instanceof Expression.Quotient quotient) {
            return arithmetic.quotient(function(quotient.left(), z), function(quotient.right(), z));
        } else if (expression instanceof Expression.Choice choice) {
            Expression.Condition condition = choice.condition();
            double left = function(condition.left(), z);
            double right = function(condition.right(), z);
            return function(condition.comparison().holds(left, right) ? choice.then() : choice.otherwise(), z);
        } else if (expression instanceof Expression.Call call) {
            return call(call, z);
        }
        throw new IllegalArgumentException("Not in the function of a unit: " + expression);
    }

    private double call(Expression.Call call, double z) {
        double x = function(call.operands().get(0), z);
        Rule rule = (Rule) call.function();
        return switch (rule) {
            case ABS -> Math.abs(x);
            case SIGN -> Math.signum(x);
            case MAX -> Math.max(x, function(call.operands().get(1), z));
            case MIN -> Math.min(x, function(call.operands().get(1), z));
            case POWER -> arithmetic.power(x, exponent(call));
            default -> arithmetic.kernel(rule, x);
        };
    }

    static int exponent(Expression.Call power) {
        return (int) ((Expression.Constant) power.operands().get(1)).value();
    }
}
