package dev.chainrule.runtime.training;

import dev.chainrule.runtime.NetworkDescription;
import dev.chainrule.runtime.TargetKind;
import dev.chainrule.runtime.TrainableNetwork;

/** Checks that records are such as a network takes, and that networks are the same. */
final class Fit {
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
        return NetworkDescription.of(network)
                .map(NetworkDescription::topology)
                .orElseGet(() -> "of " + network.inputs() + " inputs and " + network.outputs() + " outputs");
    }

    static void check(String what, TrainableNetwork network, BatchSource records) {
        checkWidths(what, network, records.inputWidth(), records.targetWidth());
        records.checkTargets(targetKind(network));
        if (records.isWeighted()) {
            Weights.check(what, records.count(), records::weight);
        }
    }

    static void check(String what, TrainableNetwork network, RecordStore records) {
        checkWidths(what, network, records.inputWidth(), records.targetWidth());
        Visits.checkTargets(what, targetKind(network), records);
        if (records.isWeighted()) {
            Weights.check(what, records.count(), records::weight);
        }
    }

    private static TargetKind targetKind(TrainableNetwork network) {
        return NetworkDescription.of(network)
                .map(NetworkDescription::targetKind)
                .orElse(TargetKind.ANY);
    }

    private static void checkWidths(String what, TrainableNetwork network, int inputWidth, int targetWidth) {
        if (inputWidth != network.inputs()) {
            throw new IllegalArgumentException(
                    what + " have " + inputWidth + " inputs each; the network has " + network.inputs());
        }
        if (targetWidth != network.outputs()) {
            throw new IllegalArgumentException(
                    what + " have " + targetWidth + " targets each; the network has " + network.outputs() + " outputs");
        }
    }
}
