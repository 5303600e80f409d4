package dev.chainrule.processor.onnx;

import dev.chainrule.annotations.Activation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A function of the pre-activation z as it is written, operator by operator: {@code Mul(z, Sigmoid(z))}. That is how the activations
 * are told that {@code dev.chainrule.runtime.weights.OnnxFile} makes of several operators, those that ONNX Runtime has none for in
 * double.
 */
record Formula(String text) {
    static final Formula Z = new Formula("z");

    /** All longer ones, of which none is an activation: each use of a value repeats its formula. */
    private static final Formula LONG = new Formula("...");

    private static final int LONGEST = 400;

    /** Of SELU, as generated networks have them. */
    private static final double SELU_SCALE = 1.0507009873554805;

    private static final double SELU_SCALE_TIMES_ALPHA = 1.7580993408473766;

    private static final Map<Formula, Activation> ACTIVATIONS = activations();

    static Formula constant(double value) {
        return new Formula(Double.toString(value));
    }

    /** {@code operator(operands)}. */
    static Formula of(String operator, Formula... operands) {
        List<Formula> all = List.of(operands);
        String text = all.stream().map(Formula::text).collect(Collectors.joining(", ", operator + "(", ")"));
        return all.contains(LONG) || text.length() > LONGEST ? LONG : new Formula(text);
    }

    /** The activation that this is. */
    Optional<Activation> known() {
        return Optional.ofNullable(ACTIVATIONS.get(this));
    }

    private static Map<Formula, Activation> activations() {
        Map<Formula, Activation> activations = new HashMap<>();
        activations.put(sigmoid(Z), Activation.SIGMOID);
        activations.put(of("Max", times(0.01, Z), Z), Activation.LEAKY_RELU);
        activations.put(of("Add", of("Relu", Z), expm1()), Activation.ELU);
        activations.put(
                of("Add", times(SELU_SCALE, of("Relu", Z)), times(SELU_SCALE_TIMES_ALPHA, expm1())), Activation.SELU);
        activations.put(softplus(), Activation.SOFTPLUS);
        activations.put(of("Div", Z, plus(1, of("Abs", Z))), Activation.SOFTSIGN);
        activations.put(of("Mul", Z, sigmoid(Z)), Activation.SILU);
        Formula cube = of("Mul", Z, of("Mul", Z, Z));
        Formula argument = times(UnitFunction.GELU_SCALE, of("Add", Z, times(UnitFunction.GELU_CUBIC, cube)));
        activations.put(of("Mul", Z, sigmoid(times(2, argument))), Activation.GELU_TANH);
        return activations;
    }

    private static Formula sigmoid(Formula argument) {
        return of("Reciprocal", plus(1, of("Exp", of("Neg", argument))));
    }

    /** {@code e^min(0, z) - 1}. */
    private static Formula expm1() {
        Formula t = of("Tanh", times(0.5, of("Min", constant(0), Z)));
        return of("Div", times(2, t), of("Sub", constant(1), t));
    }

    private static Formula softplus() {
        Formula u = of("Exp", of("Neg", of("Abs", Z)));
        Formula w = plus(1, u);
        Formula lost = of("Sub", u, of("Sub", w, constant(1)));
        return of("Add", of("Relu", Z), of("Add", of("Log", w), of("Div", lost, w)));
    }

    private static Formula times(double factor, Formula formula) {
        return of("Mul", constant(factor), formula);
    }

    private static Formula plus(double summand, Formula formula) {
        return of("Add", constant(summand), formula);
    }
}
