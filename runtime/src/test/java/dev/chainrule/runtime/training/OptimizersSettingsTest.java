package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which settings are refused, and which ones the short forms have. */
class OptimizersSettingsTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;
    private static final double NAN = Double.NaN;
    private static final double TINY = Double.MIN_VALUE;
    private static final double BELOW_1 = Math.nextDown(1.0);
    private static final double ABOVE_1 = Math.nextUp(1.0);
    private static final double HUGE = Double.MAX_VALUE;

    /** A setting: its name, a factory that takes it, what is expected, values that are refused, values that are accepted. */
    static Stream<Arguments> settings() {
        return Stream.of(
                        Stream.of(
                                positiveRate(Optimizers::gradientDescent),
                                positiveRate(rate -> Optimizers.momentum(rate, 0.9)),
                                positiveRate(rate -> Optimizers.nesterov(rate, 0.9)),
                                positiveRate(Optimizers::adaGrad),
                                positiveRate(Optimizers::adaDelta),
                                positiveRate(Optimizers::rmsProp),
                                positiveRate(Optimizers::adam),
                                positiveRate(Optimizers::amsGrad),
                                positiveRate(Optimizers::adamW),
                                positiveRate(Optimizers::nAdam),
                                positiveRate(Optimizers::rprop)),
                        Stream.of(
                                fraction("momentum", momentum -> Optimizers.momentum(1, momentum)),
                                fraction("momentum", momentum -> Optimizers.nesterov(1, momentum)),
                                fraction("rho", rho -> Optimizers.adaDelta(1, rho, 0)),
                                fraction("decay", decay -> Optimizers.rmsProp(1, decay, 0)),
                                fraction("beta1", beta1 -> Optimizers.adam(1, beta1, 0.9, 0)),
                                fraction("beta2", beta2 -> Optimizers.adam(1, 0.9, beta2, 0)),
                                fraction("beta1", beta1 -> Optimizers.amsGrad(1, beta1, 0.9, 0)),
                                fraction("beta2", beta2 -> Optimizers.amsGrad(1, 0.9, beta2, 0)),
                                fraction("beta1", beta1 -> Optimizers.adamW(1, beta1, 0.9, 0, 0)),
                                fraction("beta2", beta2 -> Optimizers.adamW(1, 0.9, beta2, 0, 0)),
                                fraction("beta1", beta1 -> Optimizers.nAdam(1, beta1, 0.9, 0, 0)),
                                fraction("beta2", beta2 -> Optimizers.nAdam(1, 0.9, beta2, 0, 0))),
                        Stream.of(
                                notNegative("epsilon", epsilon -> Optimizers.adaGrad(1, epsilon)),
                                notNegative("initialSum", initialSum -> Optimizers.adaGrad(1, initialSum, 0)),
                                notNegative("epsilon", epsilon -> Optimizers.adaDelta(1, 0.9, epsilon)),
                                notNegative("epsilon", epsilon -> Optimizers.rmsProp(1, 0.9, epsilon)),
                                notNegative("epsilon", epsilon -> Optimizers.adam(1, 0.9, 0.9, epsilon)),
                                notNegative("epsilon", epsilon -> Optimizers.amsGrad(1, 0.9, 0.9, epsilon)),
                                notNegative("epsilon", epsilon -> Optimizers.adamW(1, 0.9, 0.9, epsilon, 0)),
                                notNegative("weightDecay", decay -> Optimizers.adamW(1, 0.9, 0.9, 0, decay)),
                                notNegative("epsilon", epsilon -> Optimizers.nAdam(1, 0.9, 0.9, epsilon, 0)),
                                notNegative("momentumDecay", decay -> Optimizers.nAdam(1, 0.9, 0.9, 0, decay)),
                                notNegative("stepMin", stepMin -> Optimizers.rprop(1, 0.5, 2, stepMin, HUGE))),
                        Stream.of(
                                setting(
                                        "etaMinus",
                                        etaMinus -> Optimizers.rprop(1, etaMinus, 2, 0, 1),
                                        "a number between 0 and 1",
                                        values(-1, 0, 1, INFINITY, NAN),
                                        values(TINY, 0.5, BELOW_1)),
                                setting(
                                        "etaPlus",
                                        etaPlus -> Optimizers.rprop(1, 0.5, etaPlus, 0, 1),
                                        "a finite number above 1",
                                        values(-1, 0, 1, INFINITY, NAN),
                                        values(ABOVE_1, 2, HUGE)),
                                setting(
                                        "stepMax",
                                        stepMax -> Optimizers.rprop(1, 0.5, 2, 0, stepMax),
                                        "a positive, finite number",
                                        values(-1, 0, INFINITY, NAN),
                                        values(TINY, 1, HUGE)),
                                setting(
                                        "stepMax",
                                        stepMax -> Optimizers.rprop(1, 0.5, 2, 0.25, stepMax),
                                        "at least stepMin, 0.25",
                                        values(0.125, Math.nextDown(0.25)),
                                        values(0.25, 1))))
                .flatMap(settings -> settings);
    }

    private static Arguments positiveRate(DoubleFunction<Optimizer> factory) {
        return setting(
                "learningRate",
                factory,
                "a positive, finite number",
                values(-1, 0, -0.0, -INFINITY, INFINITY, NAN),
                values(TINY, 1, HUGE));
    }

    private static Arguments fraction(String name, DoubleFunction<Optimizer> factory) {
        return setting(
                name,
                factory,
                "at least 0 and less than 1",
                values(-TINY, 1, 2, -INFINITY, INFINITY, NAN),
                values(0, 0.5, BELOW_1));
    }

    private static Arguments notNegative(String name, DoubleFunction<Optimizer> factory) {
        return setting(
                name,
                factory,
                "0 or a positive, finite number",
                values(-TINY, -1, -INFINITY, INFINITY, NAN),
                values(0, 1, HUGE));
    }

    private static Arguments setting(
            String name, DoubleFunction<Optimizer> factory, String expected, double[] refused, double[] accepted) {
        return Arguments.of(name, factory, expected, refused, accepted);
    }

    private static double[] values(double... values) {
        return values;
    }

    @ParameterizedTest
    @MethodSource("settings")
    void settingsOutsideTheirRangeAreRefused(
            String name, DoubleFunction<Optimizer> factory, String expected, double[] refused, double[] accepted) {
        DoubleStream.of(refused)
                .forEach(value -> assertThatIllegalArgumentException()
                        .isThrownBy(() -> factory.apply(value))
                        .withMessage(name + " is " + value + "; expected " + expected));
        DoubleStream.of(accepted).forEach(value -> assertThatNoException().isThrownBy(() -> factory.apply(value)));
    }

    @ParameterizedTest
    @MethodSource("dev.chainrule.runtime.training.OptimizersContractTest#optimizers")
    void theLearningRateIsKept(Optimizer optimizer) {
        assertThat(optimizer.toString()).contains("learningRate=" + optimizer.learningRate());
        assertThat(optimizer.learningRate()).isPositive();
    }

    @Test
    void shortFormsHaveTheDefaultsOfPyTorch() {
        assertThat(Optimizers.adaGrad(0.5))
                .isEqualTo(Optimizers.adaGrad(0.5, 1e-10))
                .isEqualTo(Optimizers.adaGrad(0.5, 0, 1e-10));
        assertThat(Optimizers.adaDelta(0.5)).isEqualTo(Optimizers.adaDelta(0.5, 0.9, 1e-6));
        assertThat(Optimizers.rmsProp(0.5)).isEqualTo(Optimizers.rmsProp(0.5, 0.99, 1e-8));
        assertThat(Optimizers.adam(0.5)).isEqualTo(Optimizers.adam(0.5, 0.9, 0.999, 1e-8));
        assertThat(Optimizers.amsGrad(0.5)).isEqualTo(Optimizers.amsGrad(0.5, 0.9, 0.999, 1e-8));
        assertThat(Optimizers.adamW(0.5)).isEqualTo(Optimizers.adamW(0.5, 0.9, 0.999, 1e-8, 0.01));
        assertThat(Optimizers.nAdam(0.5)).isEqualTo(Optimizers.nAdam(0.5, 0.9, 0.999, 1e-8, 0.004));
        assertThat(Optimizers.rprop(0.5)).isEqualTo(Optimizers.rprop(0.5, 0.5, 1.2, 1e-6, 50));
    }
}
