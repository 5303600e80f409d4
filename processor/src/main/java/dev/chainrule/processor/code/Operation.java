package dev.chainrule.processor.code;

import dev.chainrule.processor.derivation.Backpropagation;
import dev.chainrule.processor.derivation.FullGradient;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.layers.ForwardPass;
import dev.chainrule.processor.network.Network;
import java.util.ArrayList;
import java.util.List;

/** What a generated network computes for one record, as sections of its derivation. */
public enum Operation {
    /** The outputs. */
    FORWARD("forward", RecordAccess.ALONE) {
        @Override
        List<Section> after(Network network) {
            return List.of(ForwardPass.output(network));
        }
    },
    /** The values of all units. */
    ACTIVATIONS("activations", RecordAccess.ALONE) {
        @Override
        List<Section> after(Network network) {
            return ForwardPass.activations(network);
        }
    },
    /** The error. */
    LOSS("loss", RecordAccess.ALONE) {
        @Override
        List<Section> after(Network network) {
            return List.of(ForwardPass.error(network));
        }
    },
    /** The error and the gradient by the parameters, by backpropagation. */
    BACKPROP("backpropRecord", RecordAccess.AMONG_OTHERS) {
        @Override
        List<Section> after(Network network) {
            return errorAnd(network, Backpropagation.byParameters(network));
        }
    },
    /** The error and the gradient by the inputs, by backpropagation. */
    INPUT_GRADIENT("inputGradient", RecordAccess.ALONE) {
        @Override
        List<Section> after(Network network) {
            return errorAnd(network, Backpropagation.byInputs(network));
        }
    },
    /** The error and the gradient by the parameters, by the full gradient equations. */
    FULL_GRADIENT("fullGradient", RecordAccess.ALONE) {
        @Override
        List<Section> after(Network network) {
            return errorAnd(network, FullGradient.of(network));
        }
    };

    private final String methodName;
    private final RecordAccess access;

    Operation(String methodName, RecordAccess access) {
        this.methodName = methodName;
        this.access = access;
    }

    /** The name of the method that does it. */
    public String methodName() {
        return methodName;
    }

    /** The name of the method that does it for a block of records. */
    public String blockName() {
        return this == BACKPROP ? "backpropBlock" : methodName + "Block";
    }

    /** How the method is given its record. */
    public RecordAccess access() {
        return access;
    }

    /** Whether it returns the error. */
    public boolean findsError() {
        return this != FORWARD && this != ACTIVATIONS;
    }

    /** The forward pass and what follows it. */
    public List<Section> sections(Network network) {
        List<Section> sections = new ArrayList<>(ForwardPass.of(network));
        sections.addAll(after(network));
        return sections;
    }

    /** What follows the forward pass. */
    abstract List<Section> after(Network network);

    private static List<Section> errorAnd(Network network, List<Section> gradient) {
        List<Section> sections = new ArrayList<>(List.of(ForwardPass.error(network)));
        sections.addAll(gradient);
        return sections;
    }
}
