package dev.chainrule.runtime.training;

import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.training.GradientMethod.RangeGradient;
import java.util.Arrays;

/**
 * The summed gradient of a batch, in blocks: each block is summed from 0, record by record, and then added to the gradient, the
 * first block first. Which thread computes a block changes nothing.
 */
final class BatchGradient implements AutoCloseable {
    /** Records that are summed before anything is shared out: few enough for small batches, enough to pay a thread. */
    static final int BLOCK = 64;

    private final RangeGradient[] gradients;
    private final double[][] blockGradients;
    private final double[] blockErrors;
    private final Workers workers;

    private double[] inputs;
    private double[] targets;
    private int next;
    private int to;

    /** One way to the gradient for each thread. */
    BatchGradient(RangeGradient[] gradients, int parameters) {
        this.gradients = gradients;
        this.blockGradients = new double[gradients.length][parameters];
        this.blockErrors = new double[gradients.length];
        this.workers = gradients.length == 1 ? null : new Workers(gradients.length, this::block);
    }

    /**
     * One way to the gradient for each thread, by a network of its own on the same parameters; the first by the caller's network.
     *
     * @throws IllegalArgumentException if a network does not have the gradient method, or is not the same network on the same parameters
     */
    static RangeGradient[] gradients(Settings settings, TrainableNetwork network) {
        RangeGradient[] gradients = new RangeGradient[settings.threads];
        gradients[0] = settings.gradientMethod.of(network);
        for (int i = 1; i < gradients.length; i++) {
            TrainableNetwork instance = settings.instances.apply(network.parameters());
            if (instance.parameters() != network.parameters()) {
                throw new IllegalArgumentException(
                        "the instances for threads must work on the parameters that they are given; "
                                + instance.getClass().getName() + " has others");
            }
            Fit.checkSame(network, instance);
            gradients[i] = settings.gradientMethod.of(instance);
        }
        return gradients;
    }

    /** Writes the sum of the gradients of some records, and returns the sum of their errors. */
    double compute(double[] inputs, double[] targets, int from, int to, double[] gradient) {
        Arrays.fill(gradient, 0);
        if (to - from <= BLOCK) {
            return gradients[0].add(inputs, targets, from, to, gradient);
        }
        this.inputs = inputs;
        this.targets = targets;
        this.next = from;
        this.to = to;
        double error = 0;
        while (next < to) {
            if (workers == null) {
                block(0);
            } else {
                workers.run();
            }
            for (int i = 0; i < gradients.length && next < to; i++) {
                add(blockGradients[i], gradient);
                error += blockErrors[i];
                next += Math.min(BLOCK, to - next);
            }
        }
        return error;
    }

    /** The gradient of the worker's block: of the blocks to come, the first is worker 0's. */
    private void block(int worker) {
        long first = next + (long) worker * BLOCK;
        if (first < to) {
            double[] gradient = blockGradients[worker];
            Arrays.fill(gradient, 0);
            int last = (int) Math.min(first + BLOCK, to);
            blockErrors[worker] = gradients[worker].add(inputs, targets, (int) first, last, gradient);
        }
    }

    private static void add(double[] block, double[] gradient) {
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] += block[i];
        }
    }

    @Override
    public void close() {
        if (workers != null) {
            workers.close();
        }
    }
}
