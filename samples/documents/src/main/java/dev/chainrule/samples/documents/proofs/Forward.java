package dev.chainrule.samples.documents.proofs;

import dev.chainrule.samples.documents.proofs.Certificate.Inequality;
import dev.chainrule.samples.documents.proofs.Certificate.Step;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** What the class computes of one input, to the bit, by the steps of its certificate. */
final class Forward {
    private Forward() {}

    /** The outputs. */
    static double[] outputs(Certificate certificate, double[] input) {
        double[] v = Arrays.copyOf(input, certificate.values());
        for (Step step : certificate.steps()) {
            step(step, v, certificate.arithmetic());
        }
        return Arrays.stream(certificate.outputs())
                .mapToDouble(output -> v[output])
                .toArray();
    }

    private static void step(Step step, double[] v, Arithmetic a) {
        double[] read =
                Arrays.stream(step.sources()).mapToDouble(source -> v[source]).toArray();
        double greatest = Arrays.stream(read).reduce(Double.NEGATIVE_INFINITY, Math::max);
        double sum = 0;
        for (int j = 0; j < step.count(); j++) {
            int value = step.first() + j;
            v[value] = switch (step.kind()) {
                case "sums" -> sum(step.numbers()[j], read, step.inEight(), a);
                case "functions" -> step.functions().get(j).at(read[j], a);
                case "additions" -> a.plus(read[j], v[step.second()[j]]);
                case "products" -> a.times(read[j], v[step.second()[j]]);
                case "softmax" -> a.call("exp", a.plus(read[j], -greatest), 0);
                default -> v[(int) step.numbers()[0][0]] == step.numbers()[0][1] + j ? 1 : 0;
            };
            sum = j == 0 ? v[value] : a.plus(sum, v[value]);
        }
        for (int j = 0; j < step.count() && step.kind().equals("softmax"); j++) {
            v[step.first() + j] = a.over(v[step.first() + j], sum);
        }
    }

    /**
     * A sum as classes compute it: a chain of fma, or eight of them.
     *
     * @param row the start, and then the weights
     */
    static double sum(double[] row, double[] values, boolean inEight, Arithmetic a) {
        int parts = inEight ? 8 : 1;
        double[] p = new double[parts];
        p[0] = row[0];
        for (int k = 0; k < values.length; k++) {
            boolean isFirst = k > 0 && k < parts;
            p[k % parts] = isFirst ? a.times(row[k + 1], values[k]) : a.fma(row[k + 1], values[k], p[k % parts]);
        }
        return inEight
                ? a.plus(a.plus(a.plus(p[0], p[4]), a.plus(p[2], p[6])), a.plus(a.plus(p[1], p[5]), a.plus(p[3], p[7])))
                : p[0];
    }

    /** The value of an inequality's left side, rounded down but for its sign, which is that of the exact one. */
    static double exact(Inequality inequality, IntToDoubleFunction outputs) {
        BigDecimal sum = inequality.exact()[0];
        for (int i = 0; i < inequality.outputs().length; i++) {
            BigDecimal output = new BigDecimal(outputs.applyAsDouble(inequality.outputs()[i]));
            sum = sum.add(inequality.exact()[i + 1].multiply(output));
        }
        double below = Math.nextDown(sum.doubleValue());
        return sum.signum() == 0 ? 0 : sum.signum() > 0 ? Math.max(Double.MIN_VALUE, below) : below;
    }
}
