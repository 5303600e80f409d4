package dev.chainrule.samples.documents.curves;

import dev.chainrule.annotations.Derivative;
import dev.chainrule.annotations.Input;
import dev.chainrule.annotations.Layer;
import dev.chainrule.annotations.LayerKind;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;

/**
 * The models of NIST's nonlinear problems: a layer without weights and a formula, whose letters are what is fitted. The letter z
 * is the x of the problem.
 */
public final class Models {
    private Models() {}

    /** The model of Misra1a and BoxBOD. */
    @Network(
            inputs = 1,
            layers = @Layer(kind = LayerKind.ADD, formula = "b1 * (1 - exp(-b2 * z))"),
            loss = Loss.SUM_OF_SQUARES,
            also = Derivative.PARAMETER_JACOBIAN)
    public static final class Misra {}

    /** The model of Chwirut1 and Chwirut2. */
    @Network(
            inputs = 1,
            layers = @Layer(kind = LayerKind.ADD, formula = "exp(-b1 * z) / (b2 + b3 * z)"),
            loss = Loss.SUM_OF_SQUARES,
            also = Derivative.PARAMETER_JACOBIAN)
    public static final class Chwirut {}

    /** The model of Lanczos1, Lanczos2 and Lanczos3. */
    @Network(
            inputs = 1,
            layers =
                    @Layer(kind = LayerKind.ADD, formula = "b1 * exp(-b2 * z) + b3 * exp(-b4 * z) + b5 * exp(-b6 * z)"),
            loss = Loss.SUM_OF_SQUARES,
            also = Derivative.PARAMETER_JACOBIAN)
    public static final class Lanczos {}

    /** The model of Gauss1, Gauss2 and Gauss3. */
    @Network(
            inputs = 1,
            layers =
                    @Layer(
                            kind = LayerKind.ADD,
                            formula =
                                    "b1 * exp(-b2 * z) + b3 * exp(-((z - b4) / b5)^2) + b6 * exp(-((z - b7) / b8)^2)"),
            loss = Loss.SUM_OF_SQUARES,
            also = Derivative.PARAMETER_JACOBIAN)
    public static final class Gauss {}

    /** The model of DanWood: a power is {@code exp(b log(z))}. */
    @Network(
            inputs = 1,
            layers = @Layer(kind = LayerKind.ADD, formula = "b1 * exp(b2 * log(z))"),
            loss = Loss.SUM_OF_SQUARES,
            also = Derivative.PARAMETER_JACOBIAN)
    public static final class DanWood {}

    /** The model of Misra1b. */
    @Network(
            inputs = 1,
            layers = @Layer(kind = LayerKind.ADD, formula = "b1 * (1 - (1 + b2 * z / 2)^-2)"),
            loss = Loss.SUM_OF_SQUARES,
            also = Derivative.PARAMETER_JACOBIAN)
    public static final class Misra1b {}

    /** The model of Kirby2. */
    @Network(
            inputs = 1,
            layers = @Layer(kind = LayerKind.ADD, formula = "(b1 + b2 * z + b3 * z^2) / (1 + b4 * z + b5 * z^2)"),
            loss = Loss.SUM_OF_SQUARES,
            also = Derivative.PARAMETER_JACOBIAN)
    public static final class Kirby2 {}

    /** The model of Hahn1 and Thurber. */
    @Network(
            inputs = 1,
            layers =
                    @Layer(
                            kind = LayerKind.ADD,
                            formula = "(b1 + b2 * z + b3 * z^2 + b4 * z^3) / (1 + b5 * z + b6 * z^2 + b7 * z^3)"),
            loss = Loss.SUM_OF_SQUARES,
            also = Derivative.PARAMETER_JACOBIAN)
    public static final class Cubics {}

    /** The model of MGH17. */
    @Network(
            inputs = 1,
            layers = @Layer(kind = LayerKind.ADD, formula = "b1 + b2 * exp(-b4 * z) + b3 * exp(-b5 * z)"),
            loss = Loss.SUM_OF_SQUARES,
            also = Derivative.PARAMETER_JACOBIAN)
    public static final class Mgh17 {}

    /** The model of Misra1c. */
    @Network(
            inputs = 1,
            layers = @Layer(kind = LayerKind.ADD, formula = "b1 * (1 - 1 / sqrt(1 + 2 * b2 * z))"),
            loss = Loss.SUM_OF_SQUARES,
            also = Derivative.PARAMETER_JACOBIAN)
    public static final class Misra1c {}

    /** The model of Misra1d. */
    @Network(
            inputs = 1,
            layers = @Layer(kind = LayerKind.ADD, formula = "b1 * b2 * z / (1 + b2 * z)"),
            loss = Loss.SUM_OF_SQUARES,
            also = Derivative.PARAMETER_JACOBIAN)
    public static final class Misra1d {}

    /** The model of Roszman1. */
    @Network(
            inputs = 1,
            layers = @Layer(kind = LayerKind.ADD, formula = "b1 - b2 * z - atan(b3 / (z - b4)) / pi"),
            loss = Loss.SUM_OF_SQUARES,
            also = Derivative.PARAMETER_JACOBIAN)
    public static final class Roszman1 {}

    /** The model of ENSO. */
    @Network(
            inputs = 1,
            layers =
                    @Layer(
                            kind = LayerKind.ADD,
                            formula =
                                    "b1 + b2 * cos(2 * pi * z / 12) + b3 * sin(2 * pi * z / 12) + b5 * cos(2 * pi * z / b4)"
                                            + " + b6 * sin(2 * pi * z / b4) + b8 * cos(2 * pi * z / b7) + b9 * sin(2 * pi * z / b7)"),
            loss = Loss.SUM_OF_SQUARES,
            also = Derivative.PARAMETER_JACOBIAN)
    public static final class Enso {}

    /** The model of MGH09. */
    @Network(
            inputs = 1,
            layers = @Layer(kind = LayerKind.ADD, formula = "b1 * (z^2 + b2 * z) / (z^2 + b3 * z + b4)"),
            loss = Loss.SUM_OF_SQUARES,
            also = Derivative.PARAMETER_JACOBIAN)
    public static final class Mgh09 {}

    /** The model of Rat42, and of the sample that draws its curve. */
    @Network(
            inputs = 1,
            layers = @Layer(kind = LayerKind.ADD, formula = "b1 / (1 + exp(b2 - b3 * z))"),
            loss = Loss.SUM_OF_SQUARES,
            also = Derivative.PARAMETER_JACOBIAN)
    public static final class Rat42 {}

    /** The model of MGH10. */
    @Network(
            inputs = 1,
            layers = @Layer(kind = LayerKind.ADD, formula = "b1 * exp(b2 / (z + b3))"),
            loss = Loss.SUM_OF_SQUARES,
            also = Derivative.PARAMETER_JACOBIAN)
    public static final class Mgh10 {}

    /** The model of Eckerle4. */
    @Network(
            inputs = 1,
            layers = @Layer(kind = LayerKind.ADD, formula = "b1 / b2 * exp(-0.5 * ((z - b3) / b2)^2)"),
            loss = Loss.SUM_OF_SQUARES,
            also = Derivative.PARAMETER_JACOBIAN)
    public static final class Eckerle4 {}

    /** The model of Rat43. */
    @Network(
            inputs = 1,
            layers = @Layer(kind = LayerKind.ADD, formula = "b1 / exp(log(1 + exp(b2 - b3 * z)) / b4)"),
            loss = Loss.SUM_OF_SQUARES,
            also = Derivative.PARAMETER_JACOBIAN)
    public static final class Rat43 {}

    /** The model of Bennett5. */
    @Network(
            inputs = 1,
            layers = @Layer(kind = LayerKind.ADD, formula = "b1 * exp(-log(b2 + z) / b3)"),
            loss = Loss.SUM_OF_SQUARES,
            also = Derivative.PARAMETER_JACOBIAN)
    public static final class Bennett5 {}

    /** The model of Nelson, of the logarithm of y: {@code b1 - b2 x1 exp(-b3 x2)}. */
    @Network(
            parts = {@Input(name = "x1"), @Input(name = "x2")},
            layers = {
                @Layer(name = "decay", kind = LayerKind.ADD, from = "x2", formula = "b2 * exp(-b3 * z)"),
                @Layer(
                        name = "loss",
                        kind = LayerKind.MULTIPLY,
                        from = {"x1", "decay"}),
                @Layer(name = "strength", kind = LayerKind.ADD, from = "loss", formula = "b1 - z")
            },
            loss = Loss.SUM_OF_SQUARES,
            also = Derivative.PARAMETER_JACOBIAN)
    public static final class Nelson {}
}
