package dev.chainrule.runtime.training;

import dev.chainrule.runtime.TargetKind;
import dev.chainrule.runtime.TrainableNetwork;

/** Checks that records are such as a network takes, and that networks are the same. */
final class Fit {
    /** How far from 1 the rounding of its targets may bring the sum of a distribution. */
    private static final double SUM_TOLERANCE = 1e-6;

    private Fit() {}

    /** Checks that an instance for a thread is the network that is trained, as far as both tell of themselves. */
    static void checkSame(TrainableNetwork network, TrainableNetwork instance) {
        String expected = told(network);
        String found = told(instance);
        if (!found.equals(expected)) {
            throw new IllegalArgumentException("the instances for threads must be of the network that is trained, "
                    + network.getClass().getName() + ", which is " + expected + "; "
                    + instance.getClass().getName() + " is " + found);
        }
    }

    private static String told(TrainableNetwork network) {
        try {
            return network.topology();
        } catch (UnsupportedOperationException e) {
            return "of " + network.inputs() + " inputs and " + network.outputs() + " outputs";
        }
    }

    static void check(String what, TrainableNetwork network, Records records) {
        if (records.inputWidth() != network.inputs()) {
            throw new IllegalArgumentException(
                    what + " have " + records.inputWidth() + " inputs each; the network has " + network.inputs());
        }
        if (records.targetWidth() != network.outputs()) {
            throw new IllegalArgumentException(what + " have " + records.targetWidth()
                    + " targets each; the network has " + network.outputs() + " outputs");
        }
        TargetKind kind = network.targetKind();
        for (int record = 0; record < records.count() && kind != TargetKind.ANY; record++) {
            double sum = 0;
            for (int i = 0; i < records.targetWidth(); i++) {
                double target = records.targets()[record * records.targetWidth() + i];
                if (!(target >= 0 && target <= 1)) {
                    throw new IllegalArgumentException("target " + i + " of record " + record + " in the " + what
                            + " is " + target + "; this network's loss needs targets in [0, 1]");
                }
                sum += target;
            }
            if (kind == TargetKind.DISTRIBUTION && !(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
                throw new IllegalArgumentException("the targets of record " + record + " in the " + what + " sum to "
                        + sum + "; this network's loss needs a sum of 1");
            }
        }
    }
}
