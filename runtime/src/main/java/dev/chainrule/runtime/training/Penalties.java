package dev.chainrule.runtime.training;

import dev.chainrule.runtime.ParameterLayout;
import dev.chainrule.runtime.TrainableNetwork;

/** What the penalties L1 and L2 add to a gradient: {@code l2 p + l1 sign(p)} for every parameter p, or for weights alone. */
final class Penalties {
    private final double l1;
    private final double l2;
    private final int[] stretches;

    /**
     * @throws UnsupportedOperationException if biases are to be spared and the network does not tell its layout
     */
    Penalties(Settings settings, TrainableNetwork network) {
        this.l1 = settings.l1;
        this.l2 = settings.l2;
        this.stretches = settings.spareBiases
                ? stretches(network.description().layout())
                : new int[] {network.parameters().length};
    }

    /** Where weights and, by turns, what is no weight end: that of the first layer, then of the second. */
    static int[] stretches(ParameterLayout layout) {
        int[] ends = new int[2 * layout.layers()];
        for (int layer = 1; layer <= layout.layers(); layer++) {
            ends[2 * layer - 2] = layout.biasesFrom(layer);
            ends[2 * layer - 1] = layout.end(layer);
        }
        return ends;
    }

    void addTo(double[] gradient, double[] parameters) {
        int from = 0;
        for (int i = 0; i < stretches.length; i++) {
            if (i % 2 == 0) {
                addTo(gradient, parameters, from, stretches[i]);
            }
            from = stretches[i];
        }
    }

    /** {@code l2 p^2 / 2 + l1 |p|}, over the same parameters. */
    double value(double[] parameters) {
        double sum = 0;
        int from = 0;
        for (int i = 0; i < stretches.length; i++) {
            for (int j = from; i % 2 == 0 && j < stretches[i]; j++) {
                sum += l2 / 2 * parameters[j] * parameters[j] + l1 * Math.abs(parameters[j]);
            }
            from = stretches[i];
        }
        return sum;
    }

    /** Adds the second derivatives of L2 to a {@link Triangle} of n rows at an offset. */
    void addToDiagonal(double[] triangle, int offset, int n) {
        int from = 0;
        for (int i = 0; i < stretches.length; i++) {
            for (int j = from; i % 2 == 0 && j < stretches[i]; j++) {
                triangle[offset + Triangle.diagonal(n, j)] += l2;
            }
            from = stretches[i];
        }
    }

    /** Apart, as signs take several times as long as all else. */
    private void addTo(double[] gradient, double[] parameters, int from, int to) {
        if (l1 > 0) {
            for (int i = from; i < to; i++) {
                gradient[i] += l2 * parameters[i] + l1 * Math.signum(parameters[i]);
            }
        } else if (l2 > 0) {
            for (int i = from; i < to; i++) {
                gradient[i] += l2 * parameters[i];
            }
        }
    }
}
