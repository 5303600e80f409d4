package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.chainrule.runtime.ParameterLayout;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InitializersTest {
    /** 2-3-1 with biases in the hidden layer. */
    private static final ParameterLayout SMALL = ParameterLayout.of(2, new int[] {3, 1}, new boolean[] {true, false});

    /** Layers of 80,000 and 40,000 weights, whose fans differ. */
    private static final ParameterLayout LARGE =
            ParameterLayout.of(200, new int[] {400, 100}, new boolean[] {true, true});

    @Test
    void zeros() {
        double[] parameters = new double[SMALL.size()];
        Arrays.fill(parameters, 7);
        Initializers.zeros().initialize(new TanhNetwork(SMALL, parameters), 42);
        assertThat(parameters).containsOnly(0);
    }

    @Test
    void constantsAreForWeightsAlone() {
        assertThat(parameters(Initializers.constant(0.5), SMALL, 42))
                .containsExactly(0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0, 0, 0, 0.5, 0.5, 0.5);
    }

    @Test
    void biasesBeginAsIsSaid() {
        Initializer initializer = Initializers.constant(0.5).withBiases(Initializers.constant(-2));
        assertThat(parameters(initializer, SMALL, 42))
                .containsExactly(0.5, 0.5, 0.5, 0.5, 0.5, 0.5, -2, -2, -2, 0.5, 0.5, 0.5);
    }

    @Test
    void layersBeginAsIsSaidBiasesIncluded() {
        Initializer initializer = Initializers.byLayer(
                Initializers.constant(1).withBiases(Initializers.constant(2)), Initializers.constant(3));
        assertThat(parameters(initializer, SMALL, 42)).containsExactly(1, 1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 3);
        assertThat(parameters(initializer.withBiases(Initializers.constant(4)), SMALL, 42))
                .containsExactly(1, 1, 1, 1, 1, 1, 4, 4, 4, 3, 3, 3);
    }

    @Test
    void theCallersArrayOfLayersStaysTheCallers() {
        Initializer[] layers = {Initializers.constant(1), Initializers.constant(2)};
        Initializer initializer = Initializers.byLayer(layers);
        layers[0] = Initializers.constant(9);
        assertThat(parameters(initializer, SMALL, 42)).containsExactly(1, 1, 1, 1, 1, 1, 0, 0, 0, 2, 2, 2);
    }

    @Test
    void randomNumbersAreTakenInTheOrderOfTheLayout() {
        Initializer inOrder = (layout, layer, random) -> 10 * layer + random.nextDouble();
        SplitMix64 random = new SplitMix64(-5);
        double[] expected = new double[SMALL.size()];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (i < 9 ? 10 : 20) + random.nextDouble();
        }
        assertThat(parameters(inOrder.withBiases(inOrder), SMALL, -5)).containsExactly(expected);
    }

    /** From a second implementation, in Python. */
    @Test
    void parametersAreTheSameBitsEverywhere() {
        assertThat(parameters(Initializers.glorotUniform(), SMALL, 42))
                .containsExactly(
                        0.5292421328173138,
                        -0.7450989975775218,
                        -0.48506062066163436,
                        -0.3413610369148827,
                        -1.0121251903094675,
                        0.806747295325099,
                        0,
                        0,
                        0,
                        -0.6897635896230203,
                        0.7363946983633833,
                        -0.39208727831071777);
        assertThat(parameters(Initializers.heNormal(), SMALL, 42))
                .containsExactly(
                        0.49295065581737485,
                        -1.2810773478777024,
                        -0.6018779810957331,
                        -1.5423606818352653,
                        -1.4515103855695575,
                        1.9375059271254913,
                        0,
                        0,
                        0,
                        0.4944430905945874,
                        -0.7865959151263681,
                        -0.489082234268943);
    }

    @Test
    void theSeedDecides() {
        Initializer initializer = Initializers.leCunNormal();
        assertThat(parameters(initializer, SMALL, 1)).isEqualTo(parameters(initializer, SMALL, 1));
        assertThat(parameters(initializer, SMALL, 1)).isNotEqualTo(parameters(initializer, SMALL, 2));
    }

    @Test
    void normalWithoutAScaleIsLeCuns() {
        assertThat(parameters(Initializers.normal(), SMALL, 3))
                .isEqualTo(parameters(Initializers.leCunNormal(), SMALL, 3));
    }

    @Test
    void formulasHoldForTheLayersThatAreThere() {
        // 2-3-1: the first weight of the second layer has 3 in and 1 out
        assertThat(parameters(Initializers.leCunUniform(), SMALL, 42)[9])
                .isCloseTo(parameters(Initializers.uniform(-1, 1), SMALL, 42)[9], within(1e-15)); // sqrt(3/3)
        assertThat(parameters(Initializers.heUniform(), SMALL, 42)[9])
                .isCloseTo(Math.sqrt(2) * parameters(Initializers.uniform(-1, 1), SMALL, 42)[9], within(1e-15));
        assertThat(parameters(Initializers.glorotNormal(), SMALL, 42)[9])
                .isCloseTo(Math.sqrt(0.5) * parameters(Initializers.normal(1), SMALL, 42)[9], within(1e-15));
    }

    static Stream<Arguments> normals() {
        return Stream.of(
                distribution(Initializers.normal(0.3), (in, out) -> 0.09),
                distribution(Initializers.normal(), (in, out) -> 1 / in),
                distribution(Initializers.glorotNormal(), (in, out) -> 2 / (in + out)),
                distribution(Initializers.heNormal(), (in, out) -> 2 / in),
                distribution(Initializers.leCunNormal(), (in, out) -> 1 / in));
    }

    /** A uniform distribution has a variance of a third of its limit's square: the same as the normal one of its name. */
    static Stream<Arguments> uniforms() {
        return Stream.of(
                distribution(Initializers.uniform(-0.3, 0.3), (in, out) -> 0.03),
                distribution(Initializers.glorotUniform(), (in, out) -> 2 / (in + out)),
                distribution(Initializers.heUniform(), (in, out) -> 2 / in),
                distribution(Initializers.leCunUniform(), (in, out) -> 1 / in));
    }

    private static Arguments distribution(Initializer initializer, DoubleBinaryOperator variance) {
        return Arguments.of(initializer, variance);
    }

    @ParameterizedTest
    @MethodSource("normals")
    void normalWeightsHaveTheMomentsOfTheirDistribution(Initializer initializer, DoubleBinaryOperator variance) {
        double[] parameters = parameters(initializer, LARGE, 1);
        for (int layer = 1; layer <= 2; layer++) {
            double[] weights = weights(parameters, layer, variance);
            // In units of the standard deviation, within five standard errors
            assertThat(mean(weights, 1)).isCloseTo(0, within(5 * Math.sqrt(1.0 / weights.length)));
            assertThat(mean(weights, 2)).isCloseTo(1, within(5 * Math.sqrt(2.0 / weights.length)));
            assertThat(mean(weights, 4)).isCloseTo(3, within(5 * Math.sqrt(96.0 / weights.length)));
            assertThat(DoubleStream.of(weights).max().getAsDouble()).isGreaterThan(3.5);
            assertThat(DoubleStream.of(weights).min().getAsDouble()).isLessThan(-3.5);
        }
    }

    @ParameterizedTest
    @MethodSource("uniforms")
    void uniformWeightsHaveTheMomentsAndBoundsOfTheirDistribution(
            Initializer initializer, DoubleBinaryOperator variance) {
        double[] parameters = parameters(initializer, LARGE, 1);
        for (int layer = 1; layer <= 2; layer++) {
            double[] weights = weights(parameters, layer, variance);
            assertThat(mean(weights, 1)).isCloseTo(0, within(5 * Math.sqrt(1.0 / weights.length)));
            assertThat(mean(weights, 2)).isCloseTo(1, within(5 * Math.sqrt(0.8 / weights.length)));
            assertThat(DoubleStream.of(weights).max().getAsDouble())
                    .isBetween(Math.sqrt(3) - 1e-3, Math.sqrt(3) + 1e-12);
            assertThat(DoubleStream.of(weights).min().getAsDouble())
                    .isBetween(-Math.sqrt(3) - 1e-12, -Math.sqrt(3) + 1e-3);
        }
    }

    @Test
    void uniformWeightsLieWithinTheirRange() {
        double[] weights = Arrays.copyOf(parameters(Initializers.uniform(2, 2.5), LARGE, 1), 80_000);
        assertThat(DoubleStream.of(weights).min().getAsDouble()).isBetween(2.0, 2.0001);
        assertThat(DoubleStream.of(weights).max().getAsDouble()).isBetween(2.4999, 2.5);
        assertThat(mean(weights, 1)).isCloseTo(2.25, within(5 * 0.5 / Math.sqrt(12 * 80_000)));
    }

    @ParameterizedTest
    @MethodSource({"normals", "uniforms"})
    void biasesBeginAtZero(Initializer initializer) {
        double[] parameters = parameters(initializer, LARGE, 1);
        for (int layer = 1; layer <= 2; layer++) {
            double[] biases = Arrays.copyOfRange(parameters, LARGE.biasesFrom(layer), LARGE.end(layer));
            assertThat(biases).hasSize(LARGE.units(layer)).containsOnly(0);
        }
    }

    @Test
    void settingsOutsideTheirRangeAreRefused() {
        for (double value : new double[] {0, -1, Double.POSITIVE_INFINITY, Double.NaN}) {
            assertRefused(
                    () -> Initializers.normal(value),
                    "standardDeviation is " + value + "; expected a positive, finite number");
        }
        for (double value : new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Double.NaN}) {
            assertRefused(() -> Initializers.constant(value), "value is " + value + "; expected a finite number");
            assertRefused(() -> Initializers.uniform(value, 1), "from is " + value + "; expected a finite number");
            assertRefused(() -> Initializers.uniform(1, value), "to is " + value + "; expected a finite number");
        }
        assertRefused(() -> Initializers.uniform(1, 1), "to is 1.0; expected more than from, 1.0");
        assertRefused(() -> Initializers.uniform(1, -1), "to is -1.0; expected more than from, 1.0");
        assertRefused(() -> Initializers.uniform(-1e308, 1e308), "to - from is Infinity; expected a finite number");
        assertRefused(Initializers::byLayer, "initializers is 0; expected at least 1");
    }

    @Test
    void anotherNumberOfLayersIsRefusedBeforeAnythingIsWritten() {
        double[] parameters = new double[SMALL.size()];
        TanhNetwork network = new TanhNetwork(SMALL, parameters);
        Initializer one = Initializers.byLayer(Initializers.normal());
        Initializer three = Initializers.byLayer(Initializers.normal(), Initializers.normal(), Initializers.normal());
        assertRefused(() -> one.initialize(network, 1), "there are 1 initialisers; expected one a layer, 2");
        assertRefused(() -> three.initialize(network, 1), "there are 3 initialisers; expected one a layer, 2");
        Initializer late = Initializers.byLayer(Initializers.normal(), one);
        assertRefused(() -> late.initialize(network, 1), "there are 1 initialisers; expected one a layer, 2");
        assertThat(parameters).containsOnly(0);
    }

    @Test
    void aNetworkThatDoesNotFitItsLayoutIsRefusedBeforeAnythingIsWritten() {
        double[] parameters = new double[SMALL.size() + 1];
        assertRefused(
                () -> Initializers.normal().initialize(new TanhNetwork(SMALL, parameters), 1),
                "parameters has 13 values; expected 12");
        assertThat(parameters).containsOnly(0);
    }

    @Test
    void layersStartFromOne() {
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> Initializers.heNormal().weight(SMALL, 0, new SplitMix64(1)));
    }

    private static void assertRefused(ThrowingCallable code, String message) {
        assertThatIllegalArgumentException().isThrownBy(code).withMessage(message);
    }

    private static double[] parameters(Initializer initializer, ParameterLayout layout, long seed) {
        TanhNetwork network = new TanhNetwork(layout);
        initializer.initialize(network, seed);
        return network.parameters();
    }

    /** The weights of a layer of the large network, in units of their standard deviation. */
    private static double[] weights(double[] parameters, int layer, DoubleBinaryOperator variance) {
        double deviation = Math.sqrt(variance.applyAsDouble(LARGE.units(layer - 1), LARGE.units(layer)));
        return Arrays.stream(parameters, LARGE.weightsFrom(layer), LARGE.biasesFrom(layer))
                .map(weight -> weight / deviation)
                .toArray();
    }

    private static double mean(double[] numbers, int power) {
        return DoubleStream.of(numbers).map(x -> Math.pow(x, power)).average().getAsDouble();
    }
}
