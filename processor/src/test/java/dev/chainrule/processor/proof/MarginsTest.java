package dev.chainrule.processor.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.LayerKind;
import dev.chainrule.annotations.Precision;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.formula.Formulas;
import dev.chainrule.processor.network.ActivationFunction;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.Output;
import dev.chainrule.processor.network.Part;
import dev.chainrule.processor.network.Source;
import dev.chainrule.processor.network.TrainedNetwork;
import dev.chainrule.processor.property.Box;
import dev.chainrule.processor.property.Property;
import dev.chainrule.processor.property.Requirement;
import dev.chainrule.processor.rules.Activations;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** The class leaves out a weight of 0, and so the infinite value that it would make a NaN. */
    @Test
    void ofAPrunedNetworkWhoseValuesOverflow() {
        Part x = new Part("x", 0, 1, 0, 0);
        Layer first = dense(x.source(), Activation.RELU, 0);
        Layer second = dense(Source.layer(1, 2), Activation.IDENTITY, first.parameters());
        Output output = new Output(2, 0, 2, Optional.empty(), 1);
        TrainedNetwork trained = new TrainedNetwork(
                new Network(List.of(x), List.of(first, second), List.of(output), Unroll.AUTO),
                // a1_0 = max(0, 1e308 x), a1_1 = max(0, x); y_0 = a1_1, y_1 = a1_0
                new double[] {1e308, 1, 0, 1, 1, 0},
                new double[0],
                Precision.DOUBLE);
        assertThat(new Bits(CircuitBuilder.of(trained)).outputs(new double[] {3}))
                .containsExactly(3, Double.POSITIVE_INFINITY);
        Outcome outcome = outcome(trained, new Box(new double[] {2}, new double[] {3}), "y_0 < ", 4);
        assertThat(outcome).isInstanceOf(Outcome.Undecided.class);
    }

    private static Layer dense(Source source, Activation activation, int offset) {
        ActivationFunction function = ActivationFunction.Named.of(activation);
        return new Layer("", LayerKind.DENSE, List.of(source), 2, function, false, 0, false, offset, 0);
    }

    /** A sum in float that overflows on the way, and whose real value is a float: its form, in double, says nothing of that. */
    @Test
    void ofSumsThatOverflowOnTheWay() {
        Step.Sums sums =
                Step.Sums.of(2, 1, new int[] {0, 1}, new double[1], new double[] {0x1p100, -0x1p100}, false, false);
        Step.UnitFunction rectifier = CircuitBuilder.function(
                Activations.formula(ActivationFunction.Named.of(Activation.RELU)), FloatingPoint.FLOAT);
        Step.Functions functions = new Step.Functions(3, 1, new int[] {2}, List.of(rectifier), true);
        Step.Softmax softmax = new Step.Softmax(4, 2, new int[] {2, 3});
        Circuit circuit = new Circuit(
                FloatingPoint.FLOAT,
                2,
                new boolean[2],
                6,
                List.of(sums, functions, softmax),
                List.of(new int[] {2}),
                new int[] {3});
        Bits bits = new Bits(circuit);
        Box box = new Box(new double[] {0x1.fp27, 0x1.fp27}, new double[] {0x1.01p28, 0x1.01p28});
        Ranges ranges = Relaxation.of(circuit, bits, box).ranges();
        double[] values = bits.values(new double[] {0x1.01p28, 0x1.01p28});
        assertThat(values[3]).isInfinite();
        assertThat(values[4]).isNaN();
        assertThat(ranges.high[2]).isInfinite();
        assertThat(ranges.high[3]).isInfinite();
        assertThat(ranges.high[4]).isInfinite();
    }
}
