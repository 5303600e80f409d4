package dev.chainrule.processor.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.annotations.Precision;
import dev.chainrule.processor.formula.Formulas;
import dev.chainrule.processor.network.TrainedNetwork;
import dev.chainrule.processor.property.Box;
import dev.chainrule.processor.property.Property;
import dev.chainrule.processor.property.Requirement;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Properties that hold or break by one unit in the last place: never "proved" where false. */
class MarginsTest {
    /** Boxes of few numbers, whose least output is found by trying all of them. */
    @Test
    void ofOneUlpEitherWay() {
        int proved = 0;
        int broken = 0;
        for (int seed = 1; seed <= 60; seed++) {
            TrainedNetwork trained = RandomTrained.of(seed);
            Circuit circuit = CircuitBuilder.of(trained);
            Bits bits = new Bits(circuit);
            Random random = new Random(seed);
            Box box = RandomTrained.box(trained, random);
            box = new Box(box.least(), box.least());
            int changing = random.nextInt(circuit.inputs());
            if (circuit.categories()[changing]) {
                continue;
            }
            double last = box.least()[changing];
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < 12; i++, last = circuit.arithmetic().above(last)) {
                double[] input = box.least().clone();
                input[changing] = last;
                least = Math.min(least, bits.outputs(input)[0]);
            }
            if (!Double.isFinite(least)) {
                continue;
            }
            box = box.with(changing, box.least()[changing], circuit.arithmetic().below(last));
            double below = circuit.arithmetic().below(least);
            String about = "seed " + seed + ", " + trained.network().topology();
            assertThat(outcome(trained, box, "y_0 > ", least)).as(about).isInstanceOf(Outcome.Broken.class);
            assertThat(outcome(trained, box, "y_0 < ", below)).as(about).isInstanceOf(Outcome.Broken.class);
            broken++;
            Outcome holds = outcome(trained, box, "y_0 >= ", least);
            assertThat(holds).as(about).isNotInstanceOf(Outcome.Broken.class);
            proved +=
                    holds instanceof Outcome.Proved && outcome(trained, box, "y_0 > ", below) instanceof Outcome.Proved
                            ? 1
                            : 0;
        }
        assertThat(broken).isGreaterThan(30);
        assertThat(proved).isGreaterThan(broken * 3 / 4);
    }

    private static Outcome outcome(TrainedNetwork trained, Box box, String comparison, double than) {
        String then = comparison + new BigDecimal(than).toPlainString();
        Requirement requirement =
                Formulas.property(then, Map.of("y_0", 0), "outputs").value().orElseThrow();
        Property property =
                new Property("", then, box, requirement, requirement.clauses(1).orElseThrow(), 1_000);
        return Search.decide(trained, property, how -> {});
    }

    /** Sums that overflow, or cancel at the border of overflow, are no proof of anything. */
    @Test
    void ofHugeAndSubnormalWeights() {
        for (double scale : new double[] {Double.MAX_VALUE, 1e300, 1e-300, Double.MIN_VALUE}) {
            for (int seed = 1; seed <= 20; seed++) {
                TrainedNetwork trained = RandomTrained.of(seed);
                if (trained.precision() == Precision.FLOAT) {
                    continue;
                }
                double[] scaled = trained.parameters().clone();
                for (int i = 0; i < scaled.length; i++) {
                    scaled[i] = Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, scaled[i] * scale));
                }
                TrainedNetwork huge =
                        new TrainedNetwork(trained.network(), scaled, trained.constants(), trained.precision());
                Circuit circuit = CircuitBuilder.of(huge);
                Random random = new Random(seed);
                Box box = RandomTrained.box(huge, random);
                Ranges ranges = Relaxation.of(circuit, new Bits(circuit), box).ranges();
                if (!ranges.areFinite()) {
                    continue;
                }
                for (int point = 0; point < 200; point++) {
                    double[] values = new Bits(circuit).values(RandomTrained.input(box, circuit.arithmetic(), random));
                    for (int i = 0; i < values.length; i++) {
                        if (!(ranges.low[i] <= values[i] && values[i] <= ranges.high[i])) {
                            throw new AssertionError("seed " + seed + ", scale " + scale + ", value " + i + " of "
                                    + huge.network().topology() + ": " + values[i] + " is not from " + ranges.low[i]
                                    + " to " + ranges.high[i]);
                        }
                    }
                }
            }
        }
    }
}
