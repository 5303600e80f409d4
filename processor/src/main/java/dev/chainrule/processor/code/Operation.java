package dev.chainrule.processor.code;

import dev.chainrule.processor.derivation.Derivation;
import dev.chainrule.processor.derivation.SecondOrder;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.layers.ForwardPass;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.rewrite.Needed;
import dev.chainrule.processor.rewrite.PartialSums;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

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
            return List.of(derivation.values());
        }
    },

    /** The values of all units, left for derivatives of several outputs. */
    UNITS("units", RecordAccess.ALONE) {
        @Override
        List<Section> after(Derivation derivation) {
            return List.of();
        }
    },
    /** The derivatives of one output by the inputs. */
    OUTPUT_BY_INPUTS("outputByInputs", RecordAccess.ALONE) {
        @Override
        List<Section> after(Derivation derivation) {
            return ofOutputs(derivation, Quantity.INPUT::equals, "OfOutputByInput");
        }
    },
    /** The derivatives of one output by the parameters. */
    OUTPUT_BY_PARAMETERS("outputByParameters", RecordAccess.ALONE) {
        @Override
        List<Section> after(Derivation derivation) {
            return ofOutputs(derivation, Quantity::isParameter, "OfOutput");
        }
    },
    /** The loss, and how its gradient by the parameters changes along a direction. */
    HESSIAN_VECTOR("hessianVector", RecordAccess.ALONE) {
        @Override
        List<Section> after(Derivation derivation) {
            return alongDirection(derivation, Quantity::isParameter, "");
        }
    },
    /** The loss, and how its gradient by the inputs changes along a direction. */
    INPUT_HESSIAN_VECTOR("inputHessianVector", RecordAccess.ALONE) {
        @Override
        List<Section> after(Derivation derivation) {
            return alongDirection(derivation, Quantity.INPUT::equals, "AlongInput");
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

    /** What its callers hand over. */
    public Set<Argument> arguments() {
        return switch (this) {
            case FORWARD -> EnumSet.of(Argument.INPUTS, Argument.OUTPUT);
            case ACTIVATIONS -> EnumSet.of(Argument.INPUTS, Argument.ACTIVATIONS);
            case LOSS -> EnumSet.of(Argument.INPUTS, Argument.TARGETS);
            case BACKPROP, FULL_GRADIENT, INPUT_GRADIENT ->
                EnumSet.of(Argument.INPUTS, Argument.TARGETS, Argument.GRADIENT);
            case UNITS -> EnumSet.of(Argument.INPUTS);
            case OUTPUT_BY_INPUTS, OUTPUT_BY_PARAMETERS ->
                EnumSet.of(Argument.INPUTS, Argument.CHOSEN, Argument.JACOBIAN);
            case HESSIAN_VECTOR, INPUT_HESSIAN_VECTOR ->
                EnumSet.of(Argument.INPUTS, Argument.TARGETS, Argument.DIRECTION, Argument.GRADIENT);
        };
    }

    /** Whether it returns the error. */
    public boolean findsError() {
        return switch (this) {
            case FORWARD, ACTIVATIONS, UNITS, OUTPUT_BY_INPUTS, OUTPUT_BY_PARAMETERS -> false;
            default -> true;
        };
    }

    /** Whether it is done for one output after the other, which one forward pass is enough for. */
    public boolean isOfOneOutput() {
        return this == OUTPUT_BY_INPUTS || this == OUTPUT_BY_PARAMETERS;
    }

    /** Whether every network to train has it; a class of its own has the others. */
    public boolean isOfEveryNetwork() {
        return compareTo(ACTIVATIONS) <= 0;
    }

    /** The forward pass and what follows it. */
    public List<Section> sections(Derivation derivation) {
        List<Section> sections = new ArrayList<>(derivation.forward());
        sections.addAll(after(derivation));
        return sections.stream().map(PartialSums::of).toList();
    }

    /** What follows the forward pass. */
    abstract List<Section> after(Derivation derivation);

    private static List<Section> ofOutputs(Derivation derivation, Predicate<Quantity> wanted, String suffix) {
        Network network = derivation.network();
        return needed(SecondOrder.ofOutputs(
                derivation, ForwardPass.seeds(network), ForwardPass.seeded(network), wanted, suffix));
    }

    private static List<Section> alongDirection(Derivation derivation, Predicate<Quantity> moving, String suffix) {
        return lossAnd(derivation, needed(SecondOrder.alongDirection(derivation, moving, suffix)));
    }

    /** The sections without equations that nothing needs, and without those that have none then. */
    private static List<Section> needed(List<Section> sections) {
        return Needed.of(sections).stream()
                .filter(section -> section.equations().findAny().isPresent())
                .toList();
    }

    private static List<Section> lossAnd(Derivation derivation, List<Section> gradient) {
        List<Section> sections = new ArrayList<>(derivation.loss());
        sections.addAll(gradient);
        return sections;
    }
}
