package dev.chainrule.processor.validation;

import dev.chainrule.annotations.Derivative;
import dev.chainrule.processor.declaration.Declared;
import dev.chainrule.processor.declaration.NetworkDeclaration;
import dev.chainrule.processor.network.Decisions;
import dev.chainrule.processor.network.Network;
import java.util.List;
import java.util.Locale;

/** Checks what a declaration asks for besides the network: names of its answers, and derivatives. */
final class Extras {
    private final NetworkDeclaration declaration;
    private final List<Problem> problems;

    private Extras(NetworkDeclaration declaration, List<Problem> problems) {
        this.declaration = declaration;
        this.problems = problems;
    }

    /** Adds what is wrong to the problems. */
    static void check(NetworkDeclaration declaration, Network network, List<Problem> problems) {
        Extras extras = new Extras(declaration, problems);
        extras.labels(network);
        extras.also(network);
    }

    /** Derivatives are of a network to train, but for the Jacobian of a frozen class, and fit arrays. */
    private void also(Network network) {
        List<Derivative> also = declaration.also().value();
        boolean isOfFrozen = declaration.isFrozen() && also.equals(List.of(Derivative.JACOBIAN));
        if (!also.isEmpty() && !declaration.isTrainable() && !isOfFrozen) {
            report(
                    declaration.also(),
                    "DerivativesWithoutLoss",
                    "also is for networks to train, which need a loss, but for the JACOBIAN of a frozen class; add"
                            + " loss = Loss.... or lossFormula = \"...\", or remove it.");
        }
        for (Derivative derivative : also) {
            long rows = switch (derivative) {
                case JACOBIAN, PARAMETER_JACOBIAN -> network.outputs();
                case HESSIAN -> network.parameters();
                case INPUT_HESSIAN -> network.inputs();
                case HESSIAN_VECTOR -> 1;
            };
            long columns = switch (derivative) {
                case JACOBIAN, INPUT_HESSIAN -> network.inputs();
                case PARAMETER_JACOBIAN, HESSIAN, HESSIAN_VECTOR -> network.parameters();
            };
            if (rows * columns > Integer.MAX_VALUE - 8) {
                report(
                        declaration.also(),
                        "DerivativeTooLarge",
                        derivative + " has " + number(rows) + " x " + number(columns)
                                + " numbers here, more than an array holds; remove it from also"
                                + (derivative == Derivative.HESSIAN ? ", or take HESSIAN_VECTOR." : "."));
            }
        }
    }

    /** There is one for each answer of classify. */
    private void labels(Network network) {
        List<String> labels = declaration.labels().value();
        if (!declaration.labels().isWritten()) {
            return;
        }
        int answers = Decisions.answers(network);
        if (answers == 0) {
            report(
                    declaration.labels(),
                    "LabelsWithoutDecision",
                    "labels name the outputs of one output layer, of two units or more or a single SIGMOID; this network"
                            + " has no such output layer; remove labels.");
        } else if (labels.size() != answers) {
            report(
                    declaration.labels(),
                    "LabelsDoNotFit",
                    "There are " + labels.size() + " labels, and " + answers
                            + " answers to name; give one for each"
                            + (network.outputs() == 1 ? ", that of 0 and that of 1." : " output."));
        }
        if (!declaration.isFrozen()) {
            report(
                    declaration.labels(),
                    "LabelsWithoutWeights",
                    "labels are for the frozen class, which needs weights or a model; add weights = \"...\" or"
                            + " model = \"...\", or remove them.");
        }
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private void report(Declared<?> value, String code, String message) {
        problems.add(Problem.with(declaration, value, code, message));
    }
}
