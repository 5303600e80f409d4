package dev.chainrule.samples.documents;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Input;
import dev.chainrule.annotations.Layer;
import dev.chainrule.annotations.LayerKind;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;
import dev.chainrule.annotations.Output;
import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.training.Standardisation;

/**
 * The perceptrons of the admission records, twice with the same weights: for an applicant with the numbers as the file has them,
 * and for the same one with a gpa that is higher by {@code raise}.
 */
final class AdmissionsRaised {
    private AdmissionsRaised() {}

    /**
     * Both branches with the weights of a trained perceptron.
     *
     * @param fit how the records that it was trained on were standardised
     * @throws IllegalArgumentException if none is compiled with so many hidden units
     */
    static TrainableNetwork of(int hidden, TrainableNetwork perceptron, Standardisation fit) {
        TrainableNetwork raised = switch (hidden) {
            case 2 -> new AdmissionsRaised_Hidden2Network();
            case 8 -> new AdmissionsRaised_Hidden8Network();
            default -> throw new IllegalArgumentException("there is no such network with " + hidden + " hidden units");
        };
        // The second branch has no weights of its own, but constants: shifts and scales of gre and gpa
        System.arraycopy(perceptron.parameters(), 0, raised.parameters(), 0, raised.parameters().length);
        double[] constants = raised.constants();
        for (int column = 0; column < 2; column++) {
            for (int branch = 0; branch < 2; branch++) {
                constants[4 * branch + column] = fit.means()[column];
                constants[4 * branch + 2 + column] = 1 / fit.deviations()[column];
            }
        }
        return raised;
    }

    /** 2 hidden units, as the document has. */
    @Network(
            parts = {
                @Input(name = "gre"),
                @Input(name = "gpa"),
                @Input(name = "rank", categories = 4, first = 1),
                @Input(name = "raise")
            },
            layers = {
                @Layer(
                        name = "scores",
                        kind = LayerKind.CONCATENATE,
                        from = {"gre", "gpa"}),
                @Layer(name = "standardised", kind = LayerKind.SCALE),
                @Layer(
                        name = "hidden",
                        units = 2,
                        from = {"standardised", "rank"},
                        activation = Activation.SIGMOID,
                        bias = false),
                @Layer(name = "chance", units = 1, activation = Activation.SIGMOID, bias = false),
                @Layer(
                        name = "raised",
                        kind = LayerKind.ADD,
                        from = {"gpa", "raise"}),
                @Layer(
                        name = "raisedScores",
                        kind = LayerKind.CONCATENATE,
                        from = {"gre", "raised"}),
                @Layer(name = "raisedStandardised", kind = LayerKind.SCALE),
                @Layer(
                        name = "raisedHidden",
                        units = 2,
                        from = {"raisedStandardised", "rank"},
                        activation = Activation.SIGMOID,
                        bias = false,
                        weightsOf = "hidden"),
                @Layer(
                        name = "raisedChance",
                        units = 1,
                        activation = Activation.SIGMOID,
                        bias = false,
                        weightsOf = "chance")
            },
            outputs = {
                @Output(layer = "chance", loss = Loss.HALF_SUM_OF_SQUARES),
                @Output(layer = "raisedChance", loss = Loss.HALF_SUM_OF_SQUARES)
            })
    interface Hidden2 {}

    /** 8 hidden units. */
    @Network(
            parts = {
                @Input(name = "gre"),
                @Input(name = "gpa"),
                @Input(name = "rank", categories = 4, first = 1),
                @Input(name = "raise")
            },
            layers = {
                @Layer(
                        name = "scores",
                        kind = LayerKind.CONCATENATE,
                        from = {"gre", "gpa"}),
                @Layer(name = "standardised", kind = LayerKind.SCALE),
                @Layer(
                        name = "hidden",
                        units = 8,
                        from = {"standardised", "rank"},
                        activation = Activation.SIGMOID,
                        bias = false),
                @Layer(name = "chance", units = 1, activation = Activation.SIGMOID, bias = false),
                @Layer(
                        name = "raised",
                        kind = LayerKind.ADD,
                        from = {"gpa", "raise"}),
                @Layer(
                        name = "raisedScores",
                        kind = LayerKind.CONCATENATE,
                        from = {"gre", "raised"}),
                @Layer(name = "raisedStandardised", kind = LayerKind.SCALE),
                @Layer(
                        name = "raisedHidden",
                        units = 8,
                        from = {"raisedStandardised", "rank"},
                        activation = Activation.SIGMOID,
                        bias = false,
                        weightsOf = "hidden"),
                @Layer(
                        name = "raisedChance",
                        units = 1,
                        activation = Activation.SIGMOID,
                        bias = false,
                        weightsOf = "chance")
            },
            outputs = {
                @Output(layer = "chance", loss = Loss.HALF_SUM_OF_SQUARES),
                @Output(layer = "raisedChance", loss = Loss.HALF_SUM_OF_SQUARES)
            })
    interface Hidden8 {}
}
