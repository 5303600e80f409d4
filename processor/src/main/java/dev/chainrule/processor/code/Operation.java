package dev.chainrule.processor.code;

import dev.chainrule.processor.derivation.Derivation;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.rewrite.PartialSums;
import java.util.ArrayList;
import java.util.List;

/** What a generated network computes for one record, as sections of its derivation. */
public enum Operation {
    /** The outputs. */
    FORWARD("forward", RecordAccess.ALONE) {
        @Override
        List<Section> after(Derivation derivation) {
            return List.of(derivation.output());
        }
    },
    /** The loss and the gradient by the parameters, by backpropagation. */
    BACKPROP("backpropRecord", RecordAccess.AMONG_OTHERS) {
        @Override
        List<Section> after(Derivation derivation) {
            return lossAnd(derivation, derivation.byParameters());
        }
    },
    /** The loss and the gradient by the parameters, by the full gradient equations. */
    FULL_GRADIENT("fullGradient", RecordAccess.ALONE) {
        @Override
        List<Section> after(Derivation derivation) {
            return lossAnd(derivation, derivation.paths());
        }
    },
    /** The loss. */
    LOSS("loss", RecordAccess.ALONE) {
        @Override
        List<Section> after(Derivation derivation) {
            return derivation.loss();
        }
    },
    /** The loss and the gradient by the inputs, by backpropagation. */
    INPUT_GRADIENT("inputGradient", RecordAccess.ALONE) {
        @Override
        List<Section> after(Derivation derivation) {
            return lossAnd(derivation, derivation.byInputs());
        }
    },
    /** The values of all units. */
    ACTIVATIONS("activations", RecordAccess.ALONE) {
        @Override
        List<Section> after(Derivation derivation) {
            return derivation.values();
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

    /** Whether it is seldom asked for, and shares steps with the others rather than being written out. */
    public boolean isCold() {
        return this == LOSS || this == INPUT_GRADIENT || this == ACTIVATIONS;
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
    public List<Section> sections(Derivation derivation) {
        List<Section> sections = new ArrayList<>(derivation.forward());
        sections.addAll(after(derivation));
        return sections.stream().map(PartialSums::of).toList();
    }

    /** What follows the forward pass. */
    abstract List<Section> after(Derivation derivation);

    private static List<Section> lossAnd(Derivation derivation, List<Section> gradient) {
        List<Section> sections = new ArrayList<>(derivation.loss());
        sections.addAll(gradient);
        return sections;
    }
}
