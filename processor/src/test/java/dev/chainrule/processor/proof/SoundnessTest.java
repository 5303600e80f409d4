package dev.chainrule.processor.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chainrule.annotations.Activation;
import dev.chainrule.processor.network.ActivationFunction;
import dev.chainrule.processor.network.TrainedNetwork;
import dev.chainrule.processor.rules.Activations;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is computed never leaves what is proved of it, value by value, line by line. */
class SoundnessTest {
    @Test
    void randomNetworksStayWithinTheirBounds() {
        int finite = attack(1, 100, 10_000);
        assertThat(finite).isGreaterThan(60);
    }

    /** 2,000 with 100,000 records each, or as many as {@code -Dnetworks} and {@code -Dpoints} say. */
    @Test
    @Tag("long")
    void manyRandomNetworksStayWithinTheirBounds() {
        int networks = Integer.getInteger("networks", 2_000);
        int finite = attack(1_000, networks, Integer.getInteger("points", 100_000));
        assertThat(finite).isGreaterThan(networks * 6 / 10);
    }

    /** How many of some random networks have finite bounds of all values. */
    private static int attack(long firstSeed, int count, int points) {
        int finite = 0;
        long records = 0;
        for (long seed = firstSeed; seed < firstSeed + count; seed++) {
            try {
                Attack attack = new Attack(seed);
                attack.run(points);
                finite += attack.areFinite() ? 1 : 0;
                records += attack.records();
            } catch (AssertionError | RuntimeException e) {
                TrainedNetwork trained = RandomTrained.of(seed);
                throw new AssertionError(
                        "seed " + seed + ", " + trained.precision() + " "
                                + trained.network().topology() + "\n" + e.getMessage(),
                        e);
            }
        }
        assertThat(records).isEqualTo((long) count * points);
        return finite;
    }

    @Test
    void anAttackFindsABoundThatIsTooTight() {
        Attack attack = new Attack(3);
        attack.run(1_000);
        Ranges ranges = attack.ranges();
        int last = ranges.low.length - 1;
        ranges.low[last] = ranges.high[last];
        assertThatThrownBy(() -> attack.run(2_000))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("value " + last);
    }

    @ParameterizedTest
    @EnumSource
    void functionsStayBetweenTheirLines(FloatingPoint arithmetic) {
        List<Step.UnitFunction> functions = new ArrayList<>();
        for (Activation activation : Activation.values()) {
            if (activation != Activation.SOFTMAX) {
                functions.add(CircuitBuilder.function(
                        Activations.formula(ActivationFunction.Named.of(activation)), arithmetic));
            }
        }
        for (String formula : RandomTrained.formulas()) {
            functions.add(CircuitBuilder.function(RandomTrained.formula(formula).value(), arithmetic));
        }
        functions.add(
                CircuitBuilder.function(RandomTrained.formula("atan(1 / z)").value(), arithmetic));
        functions.add(CircuitBuilder.function(RandomTrained.formula("1 / z").value(), arithmetic));
        // A letter that is no z means z here, too: any function will do
        Bits bits = new Bits(new Circuit(arithmetic, 0, new boolean[0], 0, List.of(), List.of(), new int[0]));
        Random random = new Random(5);
        for (Step.UnitFunction function : functions) {
            for (int interval = 0; interval < 60; interval++) {
                double low = arithmetic.literal(random.nextGaussian() * Math.pow(10, random.nextInt(6) - 3));
                double width = Math.pow(10, random.nextInt(22) - 18) * Math.max(1e-6, Math.abs(low));
                low = interval % 4 == 0 ? arithmetic.literal(-width / 3) : interval % 4 == 1 ? 0 : low;
                width = interval % 8 == 1 ? 0 : width;
                double high = Math.max(low, arithmetic.literal(low + width));
                Lines lines = Lines.of(function, low, high, arithmetic, bits);
                for (int point = 0; point < 60; point++) {
                    double part = random.nextDouble();
                    double z = switch (point % 4) {
                        case 0 -> part < 0.5 ? low : high;
                        case 1 -> part < 0.5 ? arithmetic.above(low) : arithmetic.below(high);
                        case 2 -> part < 0.3 ? 0 : part < 0.6 ? Double.MIN_VALUE : 0.5;
                        default -> (1 - part) * low + part * high;
                    };
                    z = Math.max(low, Math.min(high, arithmetic.literal(z)));
                    isBetween(function, z, bits.function(function.value(), z), lines, low, high);
                    if (z == 0) {
                        isBetween(function, -z, bits.function(function.value(), -z), lines, low, high);
                    }
                }
            }
        }
    }

    private static void isBetween(
            Step.UnitFunction function, double z, double value, Lines lines, double low, double high) {
        if (Double.isNaN(value)) {
            assertThat(lines.range().isFinite()).isFalse();
            return;
        }
        String what = function.value() + " at " + z + " of " + low + " to " + high + " is " + value + ", " + lines;
        assertThat(lines.range().low() <= value && value <= lines.range().high())
                .as(what)
                .isTrue();
        if (Double.isFinite(lines.lowerStart())) {
            assertThat(line(lines.lowerSlope(), lines.lowerStart(), z))
                    .as(what)
                    .isLessThanOrEqualTo(new BigDecimal(value));
        }
        if (Double.isFinite(lines.upperStart())) {
            assertThat(line(lines.upperSlope(), lines.upperStart(), z))
                    .as(what)
                    .isGreaterThanOrEqualTo(new BigDecimal(value));
        }
    }

    private static BigDecimal line(double slope, double start, double z) {
        return new BigDecimal(slope).multiply(new BigDecimal(z)).add(new BigDecimal(start));
    }
}
