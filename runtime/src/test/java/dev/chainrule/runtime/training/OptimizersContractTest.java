package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for all optimisers. */
class OptimizersContractTest {
    private static final int PARAMETERS = 5;

    static List<Optimizer> optimizers() {
        return List.of(
                Optimizers.gradientDescent(0.1),
                Optimizers.momentum(0.05, 0.8),
                Optimizers.nesterov(0.05, 0.8),
                Optimizers.adaGrad(0.5),
                Optimizers.adaDelta(1, 0.9, 1e-3),
                Optimizers.rmsProp(0.001, 0.9, 1e-8),
                Optimizers.adam(0.05),
                Optimizers.amsGrad(0.05),
                Optimizers.adamW(0.05, 0.9, 0.999, 1e-8, 1e-6),
                Optimizers.nAdam(0.05),
                Optimizers.rprop(0.01));
    }

    /** {@code E = sum c (p - q)^2 / 2}, which curves 100 times more in one direction than in another. */
    @ParameterizedTest
    @MethodSource("optimizers")
    void theyFindTheMinimumOfAQuadraticFunction(Optimizer optimizer) {
        double[] curvatures = {0.1, 0.5, 1, 5, 10};
        double[] minimum = {1, -2, 0, 0.5, 3};
        double[] parameters = {0, 0, 1, 1, -1};
        double[] gradient = new double[PARAMETERS];
        OptimizerState state = optimizer.start(PARAMETERS);
        for (int step = 0; step < 5000; step++) {
            for (int i = 0; i < PARAMETERS; i++) {
                gradient[i] = curvatures[i] * (parameters[i] - minimum[i]);
            }
            state.step(parameters, gradient, optimizer.learningRate());
        }
        assertThat(parameters).containsExactly(minimum, within(1e-3));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void trainingsAreIndependent(Optimizer optimizer) {
        double[] alone = parameters();
        OptimizerState state = optimizer.start(PARAMETERS);
        step(state, alone, 0, 20);

        double[] first = parameters();
        double[] second = parameters();
        OptimizerState firstState = optimizer.start(PARAMETERS);
        OptimizerState secondState = optimizer.start(PARAMETERS);
        for (int step = 0; step < 20; step++) {
            step(firstState, first, step, step + 1);
            step(secondState, second, step, step + 1);
        }
        assertThat(first).containsExactly(alone);
        assertThat(second).containsExactly(alone);
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void everyParameterGoesItsOwnWay(Optimizer optimizer) {
        double[] together = parameters();
        step(optimizer.start(PARAMETERS), together, 0, 20);
        for (int i = 0; i < PARAMETERS; i++) {
            double[] parameter = {parameters()[i]};
            OptimizerState state = optimizer.start(1);
            for (int step = 0; step < 20; step++) {
                state.step(parameter, new double[] {gradient(step)[i]}, rate(step));
            }
            assertThat(parameter).containsExactly(together[i]);
        }
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void theStepsGoAgainstTheGradientByTheRateThatIsGiven(Optimizer optimizer) {
        double[] gradient = {0.1, -0.2, 3, -4, 0.5};
        double[] slow = parameters();
        double[] fast = parameters();
        optimizer.start(PARAMETERS).step(slow, gradient, 0.25);
        optimizer.start(PARAMETERS).step(fast, gradient, 0.5);
        for (int i = 0; i < PARAMETERS; i++) {
            double change = slow[i] - parameters()[i];
            assertThat(Math.signum(change)).isEqualTo(-Math.signum(gradient[i]));
            assertThat(fast[i] - parameters()[i]).isCloseTo(2 * change, within(1e-12));
        }
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void theArraysAreACheckpoint(Optimizer optimizer) {
        double[] parameters = parameters();
        OptimizerState state = optimizer.start(PARAMETERS);
        step(state, parameters, 0, 7);
        double[][] checkpoint =
                Arrays.stream(state.arrays()).map(double[]::clone).toArray(double[][]::new);
        double[] restored = parameters.clone();
        step(state, parameters, 7, 20);

        OptimizerState restoredState = optimizer.start(PARAMETERS);
        for (int i = 0; i < checkpoint.length; i++) {
            System.arraycopy(checkpoint[i], 0, restoredState.arrays()[i], 0, checkpoint[i].length);
        }
        step(restoredState, restored, 7, 20);

        assertThat(restored).containsExactly(parameters);
        assertThat(restoredState.arrays()).isDeepEqualTo(state.arrays());
    }

    /** The bits of whole steps, in whatever ranges and order parameters are changed. */
    @ParameterizedTest
    @MethodSource("optimizers")
    void parametersAreChangedInRanges(Optimizer optimizer) {
        double[] whole = parameters();
        step(optimizer.start(PARAMETERS), whole, 0, 20);
        double[] inRanges = parameters();
        OptimizerState state = optimizer.start(PARAMETERS);
        for (int step = 0; step < 20; step++) {
            double[] gradient = gradient(step);
            state.begin(inRanges, gradient, rate(step));
            int middle = step % PARAMETERS;
            state.update(inRanges, gradient, middle, PARAMETERS);
            state.update(inRanges, gradient, 0, middle);
        }
        assertThat(inRanges).containsExactly(whole);
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void toBeginAStepChangesNoParameter(Optimizer optimizer) {
        double[] parameters = parameters();
        double[] gradient = gradient(0);
        optimizer.start(PARAMETERS).begin(parameters, gradient, 0.1);
        assertThat(parameters).containsExactly(parameters());
        assertThat(gradient).containsExactly(gradient(0));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void theGradientStaysAsItIs(Optimizer optimizer) {
        double[] gradient = gradient(0);
        OptimizerState state = optimizer.start(PARAMETERS);
        state.step(parameters(), gradient, 0.1);
        for (int i = 0; i < PARAMETERS; i++) {
            gradient[i] = -gradient[i];
        }
        double[] before = gradient.clone();
        state.step(parameters(), gradient, 0.1);
        assertThat(gradient).containsExactly(before);
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void notANumberGoesThrough(Optimizer optimizer) {
        double[] parameters = parameters();
        OptimizerState state = optimizer.start(PARAMETERS);
        state.step(parameters, new double[] {1, Double.NaN, 1, 1, 1}, 0.1);
        state.step(parameters, gradient(0), 0.1);
        assertThat(parameters[1]).isNaN();
        parameters[1] = 0;
        assertThat(parameters).doesNotContain(Double.NaN);
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void wrongLengthsAreRefusedBeforeAnythingIsWritten(Optimizer optimizer) {
        OptimizerState state = optimizer.start(PARAMETERS);
        double[] parameters = parameters();
        double[][] arrays = Arrays.stream(state.arrays()).map(double[]::clone).toArray(double[][]::new);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> state.step(parameters, new double[4], 0.1))
                .withMessage("gradient has 4 values; expected 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> state.step(new double[6], new double[5], 0.1))
                .withMessage("parameters has 6 values; expected 5");
        assertThat(parameters).containsExactly(parameters());
        assertThat(state.arrays()).isDeepEqualTo(arrays);
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void thereMayBeNoParametersButNotFewer(Optimizer optimizer) {
        optimizer.start(0).step(new double[0], new double[0], 0.1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> optimizer.start(-1))
                .withMessage("parameters is -1; expected 0 or more");
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void aStepAllocatesNothing(Optimizer optimizer) {
        double[] parameters = parameters();
        double[] gradient = gradient(0);
        OptimizerState state = optimizer.start(PARAMETERS);
        assertThat(AllocatedBytes.of(() -> state.step(parameters, gradient, 0.01)))
                .isZero();
    }

    private static void step(OptimizerState state, double[] parameters, int from, int to) {
        for (int step = from; step < to; step++) {
            state.step(parameters, gradient(step), rate(step));
        }
    }

    private static double rate(int step) {
        return 0.1 / (1 + step);
    }

    private static double[] parameters() {
        return new double[] {0.5, -1, 2, 0, -0.25};
    }

    private static double[] gradient(int step) {
        return new Random(step).doubles(PARAMETERS, -1, 1).toArray();
    }
}
