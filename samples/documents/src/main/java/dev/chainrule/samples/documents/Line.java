package dev.chainrule.samples.documents;

import dev.chainrule.annotations.Layer;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;
import dev.chainrule.runtime.training.Records;
import java.util.Random;

/** A line {@code y = w x + b}, one linear unit, and records that scatter about one. */
@Network(inputs = 1, layers = @Layer(units = 1), loss = Loss.HALF_SUM_OF_SQUARES)
final class Line {
    static final int RECORDS = 32;

    private static final double W = 1.5;
    private static final double B = -0.5;
    private static final double NOISE = 0.6;

    private Line() {}

    /** Records with {@code x} between -1 and 2.5 and noise on {@code y}. */
    static Records records(long seed) {
        Random random = new Random(seed);
        double[] xs = new double[RECORDS];
        double[] ys = new double[RECORDS];
        for (int i = 0; i < RECORDS; i++) {
            xs[i] = -1 + 3.5 * random.nextDouble();
            ys[i] = W * xs[i] + B + NOISE * random.nextGaussian();
        }
        return Records.wrap(xs, 1, ys, 1);
    }
}
