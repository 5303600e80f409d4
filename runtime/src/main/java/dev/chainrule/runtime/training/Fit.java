package dev.chainrule.runtime.training;

import dev.chainrule.runtime.InputDescription;
import dev.chainrule.runtime.NetworkDescription;
import dev.chainrule.runtime.TargetKind;
import dev.chainrule.runtime.TargetSlice;
import dev.chainrule.runtime.TrainableNetwork;
import java.util.List;

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
        records.checkTargets(targets(network));
        records.checkCategories(parts(network));
        if (records.isWeighted()) {
            Weights.check(what, records.count(), records::weight);
        }
    }

    static void check(String what, TrainableNetwork network, RecordStore records) {
        checkWidths(what, network, records.inputWidth(), records.targetWidth());
        Visits.checkTargets(what, targets(network), records);
        Visits.checkCategories(what, parts(network), records);
        if (records.isWeighted()) {
            Weights.check(what, records.count(), records::weight);
        }
    }

    private static List<InputDescription> parts(TrainableNetwork network) {
        return NetworkDescription.of(network).map(NetworkDescription::parts).orElse(List.of());
    }

    /** What losses ask of targets, where they ask for anything. */
    private static List<TargetSlice> targets(TrainableNetwork network) {
        return NetworkDescription.of(network).map(NetworkDescription::targets).orElse(List.of()).stream()
                .filter(slice -> slice.kind() != TargetKind.ANY)
                .toList();
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
