package dev.chainrule.processor.onnx;

import dev.chainrule.annotations.Activation;
import java.util.Optional;

/**
 * What a chain of operators makes of the pre-activation z of a unit: {@code plain + factor * activation(argument)}, with polynomials
 * in z. Exporters write SiLU and GELU as such chains, in many orders of the operands; here they are all the same.
 *
 * @param activation the only one in it, as it stands in the model; without meaning where the factor is zero
 */
record UnitFunction(Polynomial plain, Polynomial factor, Activation activation, Polynomial argument) {
    /** z itself. */
    static final UnitFunction Z = plain(Polynomial.Z);

    private static final String CODE = "OnnxActivation";

    /** sqrt(2 / pi) and the cubic term of GELU in its tanh form; from Hendrycks and Gimpel, "Gaussian Error Linear Units" (2016). */
    static final double GELU_SCALE = 0.7978845608028654;

    static final double GELU_CUBIC = 0.044715;

    private static final Polynomial GELU_OF_TANH = Polynomial.of(0, GELU_SCALE, 0, GELU_SCALE * GELU_CUBIC);

    /** As (1 + tanh u) / 2 = sigmoid(2 u). */
    private static final Polynomial GELU_OF_SIGMOID = GELU_OF_TANH.plus(GELU_OF_TANH);

    private static final Polynomial HALF_Z = Polynomial.of(0, 0.5, 0, 0);

    /** How the activations that have no operator look here. */
    static final String KNOWN_FORMS = "SILU is (z) SIGMOID(z), GELU_TANH is (z) SIGMOID(" + GELU_OF_SIGMOID + ") or ("
            + HALF_Z + ") + (" + HALF_Z + ") TANH(" + GELU_OF_TANH + ").";

    static UnitFunction plain(Polynomial polynomial) {
        return new UnitFunction(polynomial, Polynomial.ZERO, Activation.IDENTITY, Polynomial.ZERO);
    }

    static UnitFunction constant(double value) {
        return plain(Polynomial.constant(value));
    }

    private boolean isPlain() {
        return factor.equals(Polynomial.ZERO);
    }

    /** {@code activation(this)}. */
    UnitFunction then(Activation outer) throws OnnxException {
        if (!isPlain()) {
            throw new OnnxException(CODE, "takes " + outer + " of " + this + "; a layer has one activation.");
        }
        return new UnitFunction(Polynomial.ZERO, Polynomial.ONE, outer, plain);
    }

    UnitFunction plus(UnitFunction other) throws OnnxException {
        UnitFunction curved = isPlain() ? other : this;
        if (!isPlain() && !other.isPlain() && !(activation == other.activation && argument.equals(other.argument))) {
            throw new OnnxException(CODE, "adds " + this + " and " + other + "; no known activation is such a sum.");
        }
        return of(plain.plus(other.plain), factor.plus(other.factor), curved);
    }

    UnitFunction times(UnitFunction other) throws OnnxException {
        if (!isPlain() && !other.isPlain()) {
            throw new OnnxException(
                    CODE, "multiplies " + this + " and " + other + "; no known activation is such a product.");
        }
        UnitFunction curved = isPlain() ? other : this;
        UnitFunction flat = isPlain() ? this : other;
        return of(plain.times(other.plain), curved.factor.times(flat.plain), curved);
    }

    private static UnitFunction of(Polynomial plain, Polynomial factor, UnitFunction curved) {
        return factor.equals(Polynomial.ZERO)
                ? plain(plain)
                : new UnitFunction(plain, factor, curved.activation, curved.argument);
    }

    /**
     * The activation that this is.
     *
     * @param tolerance the relative error that the constants of GELU may have
     */
    Optional<Activation> known(double tolerance) {
        if (equals(Z)) {
            return Optional.of(Activation.IDENTITY);
        }
        boolean isOfZ = argument.equals(Polynomial.Z);
        if (plain.equals(Polynomial.ZERO) && factor.equals(Polynomial.ONE) && isOfZ) {
            return Optional.of(activation);
        }
        if (activation == Activation.SIGMOID && plain.equals(Polynomial.ZERO) && factor.equals(Polynomial.Z)) {
            if (isOfZ) {
                return Optional.of(Activation.SILU);
            }
            if (argument.isWithin(tolerance, GELU_OF_SIGMOID)) {
                return Optional.of(Activation.GELU_TANH);
            }
        }
        if (activation == Activation.TANH
                && plain.equals(HALF_Z)
                && factor.equals(HALF_Z)
                && argument.isWithin(tolerance, GELU_OF_TANH)) {
            return Optional.of(Activation.GELU_TANH);
        }
        return Optional.empty();
    }

    /** For example {@code (0.5 z) + (0.5 z) TANH(z)}. */
    @Override
    public String toString() {
        if (isPlain()) {
            return plain.toString();
        }
        String curved = (factor.equals(Polynomial.ONE) ? "" : "(" + factor + ") ") + activation + "(" + argument + ")";
        return plain.equals(Polynomial.ZERO) ? curved : "(" + plain + ") + " + curved;
    }
}
