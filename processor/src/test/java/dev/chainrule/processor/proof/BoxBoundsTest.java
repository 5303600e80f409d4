package dev.chainrule.processor.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Precision;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.network.TrainedNetwork;
import dev.chainrule.processor.property.Box;
import dev.chainrule.processor.property.Linear;
import dev.chainrule.processor.property.Property;
import dev.chainrule.processor.property.Requirement.Inequality;
import dev.chainrule.processor.testing.Topologies;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Bounds that are shown hold, and what is lost at units is all that a bound lies below its inequality. */
class BoxBoundsTest {
    @Test
    void boundsHoldAndLossesAddUp() {
        int explained = 0;
        for (long seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            TrainedNetwork trained = RandomTrained.of(seed);
            Box box = RandomTrained.box(trained, random);
            Inequality inequality = new Inequality(
                    new Linear(
                            new TreeMap<>(Map.of(0, BigDecimal.valueOf(random.nextBoolean() ? 1 : -2))),
                            BigDecimal.ONE),
                    true,
                    0);
            BoxBounds bounds =
                    BoxBounds.of(trained, new Property("", "", box, inequality, List.of(List.of(inequality)), 1));
            assertHolds("seed " + seed, trained, box, bounds, random);
            BoxBounds.Hardest hardest = bounds.hardest();
            double lost =
                    hardest.losses().stream().mapToDouble(BoxBounds.Loss::lost).sum();
            double size = Math.abs(hardest.atCorner()) + Math.abs(hardest.byLines()) + lost;
            if (size < 1e6) {
                explained++;
                // Slopes of lines are known to fewer digits in float
                double off = trained.precision() == Precision.FLOAT ? 1e-3 : 1e-9;
                assertThat(hardest.atCorner() - hardest.byLines())
                        .as("seed %d", seed)
                        .isCloseTo(lost, within(off * (1 + size)));
            }
        }
        assertThat(explained).isGreaterThan(30);
    }

    private static void assertHolds(String which, TrainedNetwork trained, Box box, BoxBounds bounds, Random random) {
        Circuit circuit = CircuitBuilder.of(trained);
        Bits bits = new Bits(circuit);
        for (int record = 0; record < 200; record++) {
            double[] values = bits.values(RandomTrained.input(box, circuit.arithmetic(), random));
            for (int layer = 0; layer < circuit.layers().size(); layer++) {
                int[] units = circuit.layers().get(layer);
                for (int unit = 0; unit < units.length; unit++) {
                    double value = values[units[unit]];
                    double low = bounds.low().get(layer)[unit];
                    double high = bounds.high().get(layer)[unit];
                    boolean isUnknown = Double.isNaN(value) && Double.isInfinite(high - low);
                    assertThat(isUnknown || low <= value && value <= high)
                            .as("%s, layer %d, unit %d: %s from %s to %s", which, layer + 1, unit, value, low, high)
                            .isTrue();
                }
            }
        }
    }

    /** y = relu(x) + relu(-x) / 2 for -1 <= x <= 3, above the lines x and 0: at -1 these are off by 1, and by 1, halved. */
    @Test
    void aUnitLosesWhatItsLineIsOff() {
        TrainedNetwork trained = new TrainedNetwork(
                Topologies.model(
                        Topologies.of("Bent", "1-2-1", Activation.RELU, Activation.IDENTITY, Loss.HUBER, Unroll.AUTO)),
                new double[] {1, -1, 0, 0, 1, 0.5, 0});
        Inequality aboveMinusOne =
                new Inequality(new Linear(new TreeMap<>(Map.of(0, BigDecimal.ONE)), BigDecimal.ONE), true, 0);
        Box box = new Box(new double[] {-1}, new double[] {3});
        BoxBounds bounds =
                BoxBounds.of(trained, new Property("", "", box, aboveMinusOne, List.of(List.of(aboveMinusOne)), 1));
        assertThat(bounds.low().get(0)).containsExactly(0, 0);
        assertThat(bounds.high().get(0)).containsExactly(3, 1);
        BoxBounds.Hardest hardest = bounds.hardest();
        assertThat(hardest.corner()).containsExactly(-1);
        assertThat(hardest.atCorner()).isEqualTo(1.5);
        assertThat(hardest.bound()).isCloseTo(1, within(1e-12));
        assertThat(hardest.byLines()).isCloseTo(0, within(1e-12));
        assertThat(hardest.losses()).containsExactly(new BoxBounds.Loss(1, 0, 1), new BoxBounds.Loss(1, 1, 0.5));
    }
}
