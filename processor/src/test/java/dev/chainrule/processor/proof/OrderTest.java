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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** That one output is at least another one, with nothing to spare: proved by the order of operations, and never where it is false. */
class OrderTest {
    private static final ActivationFunction IDENTITY = ActivationFunction.Named.of(Activation.IDENTITY);
    private static final ActivationFunction TANH = ActivationFunction.Named.of(Activation.TANH);
    private static final List<ActivationFunction> ACTIVATIONS = activations();

    private static List<ActivationFunction> activations() {
        List<ActivationFunction> all = new ArrayList<>();
        for (Activation activation : Activation.values()) {
            if (activation != Activation.SOFTMAX) {
                all.add(ActivationFunction.Named.of(activation));
            }
        }
        for (String formula : List.of(
                "-z", "1 - 2 * tanh(z)", "min(z, 1) / -3 + 0.5", "sqrt(max(0, z))", "sigmoid(-50 + z)", "z^2")) {
            all.add(RandomTrained.formula(formula));
        }
        return all;
    }

    /** The same chain twice, for a record and for one that is raised. */
    private static final class Twins {
        private final List<Layer> layers = new ArrayList<>();
        private final List<Source> first = new ArrayList<>();
        private final List<Source> second = new ArrayList<>();
        private final int inputs;
        private int parameters;

        Twins(int inputs) {
            this.inputs = inputs;
            Source x = new Part("x", 0, inputs, 0, 0).source();
            Source raise = new Part("raise", inputs, inputs, 0, 0).source();
            first.add(x);
            second.add(added(LayerKind.ADD, List.of(x, raise), inputs, IDENTITY, false, 0));
        }

        private Source added(
                LayerKind kind,
                List<Source> sources,
                int units,
                ActivationFunction activation,
                boolean bias,
                int weightsOf) {
            Layer layer = new Layer("", kind, sources, units, activation, bias, weightsOf, false, parameters, 0);
            parameters += weightsOf == 0 ? layer.parameters() : 0;
            layers.add(layer);
            return Source.layer(layers.size(), units);
        }

        void dense(int units, ActivationFunction activation, boolean bias) {
            Source last = first.get(first.size() - 1);
            first.add(added(LayerKind.DENSE, List.of(last), units, activation, bias, 0));
            int owner = layers.size();
            Source twin = second.get(second.size() - 1);
            second.add(added(LayerKind.DENSE, List.of(twin), units, activation, bias, owner));
        }

        Network network() {
            List<Output> outputs = new ArrayList<>();
            outputs.add(new Output(layers.size() - 1, 0, 1, Optional.empty(), 1));
            outputs.add(new Output(layers.size(), 1, 1, Optional.empty(), 1));
            return new Network(
                    List.of(new Part("x", 0, inputs, 0, 0), new Part("raise", inputs, inputs, 0, 0)),
                    layers,
                    outputs,
                    Unroll.AUTO);
        }
    }

    /** Signs that agree in about half of the networks; some weights are 0. */
    private static TrainedNetwork random(Random random) {
        Twins twins = new Twins(1 + random.nextInt(3));
        int depth = 1 + random.nextInt(3);
        for (int i = 0; i < depth; i++) {
            ActivationFunction activation = ACTIVATIONS.get(random.nextInt(ACTIVATIONS.size()));
            twins.dense(i == depth - 1 ? 1 : 1 + random.nextInt(20), activation, random.nextBoolean());
        }
        boolean isMixed = random.nextInt(4) == 0;
        double[] parameters = new double[twins.parameters];
        Arrays.setAll(parameters, i -> {
            double size = random.nextInt(10) == 0 ? 0 : random.nextDouble();
            return isMixed && random.nextInt(8) == 0 ? -size : size;
        });
        TrainedNetwork trained = new TrainedNetwork(twins.network(), parameters, new double[0], Precision.DOUBLE);
        return random.nextInt(3) == 0 ? trained.inFloat() : trained;
    }

    private static Property property(String then, Box box) {
        Requirement requirement = Formulas.property(then, Map.of("y_0", 0, "y_1", 1), "outputs")
                .value()
                .orElseThrow();
        return new Property("", then, box, requirement, requirement.clauses(1).orElseThrow(), 8);
    }

    /** Raises of nothing, of some ulps, and of more; what is proved is asked of the order alone, as others find large breaks first. */
    @Test
    void isProvedOfRandomTwinsWhereItHolds() {
        int proved = 0;
        for (int seed = 1; seed <= 1_000; seed++) {
            Random random = new Random(seed);
            TrainedNetwork trained = random(random);
            Circuit circuit = CircuitBuilder.of(trained);
            Bits bits = new Bits(circuit);
            int inputs = circuit.inputs();
            double[] least = new double[inputs];
            double[] greatest = new double[inputs];
            for (int i = 0; i < inputs; i++) {
                least[i] = i < inputs / 2 ? -1 : 0;
                greatest[i] = 1;
            }
            Box box = new Box(least, greatest);
            boolean isTurned = random.nextBoolean();
            Property property = property(isTurned ? "2 * y_0 >= 2 * y_1" : "y_1 - y_0 >= 0", box);
            Ranges ranges = Relaxation.of(circuit, bits, box).ranges();
            Claim.Literal literal = Claim.of(property, circuit).clauses().get(0).get(0);
            if (!ranges.areFinite() || new Order(circuit).least(literal, ranges) < 0) {
                continue;
            }
            proved++;
            for (int point = 0; point < 100; point++) {
                double[] input = new double[inputs];
                for (int i = 0; i < inputs / 2; i++) {
                    input[i] = circuit.arithmetic().literal(2 * random.nextDouble() - 1);
                    double raise =
                            random.nextInt(3) == 0 ? random.nextDouble() : random.nextInt(4) * Math.ulp(input[i]);
                    input[inputs / 2 + i] = circuit.arithmetic().literal(raise);
                }
                double[] outputs = bits.outputs(input);
                assertThat(isTurned ? outputs[0] : outputs[1])
                        .as("seed %d, %s", seed, Arrays.toString(input))
                        .isGreaterThanOrEqualTo(isTurned ? outputs[1] : outputs[0]);
            }
        }
        assertThat(proved).isBetween(200, 500);
    }

    private static Outcome outcome(ActivationFunction activation, double weight, String then, double leastRaise) {
        Twins twins = new Twins(1);
        twins.dense(2, activation, false);
        twins.dense(1, TANH, true);
        double[] parameters = {0.5, weight, 0.75, weight > 0 ? 1 : -1, 0.25};
        return Search.decide(
                new TrainedNetwork(twins.network(), parameters, new double[0], Precision.DOUBLE),
                property(then, new Box(new double[] {-1, leastRaise}, new double[] {1, 1})),
                how -> {});
    }

    @Test
    void takesOneBoxAndHasNothingToSpare() {
        for (Activation activation :
                List.of(Activation.RELU, Activation.TANH, Activation.SIGMOID, Activation.HARD_SIGMOID)) {
            for (double weight : new double[] {2, -2}) {
                Outcome outcome = outcome(ActivationFunction.Named.of(activation), weight, "y_1 >= y_0", 0);
                assertThat(outcome).isInstanceOf(Outcome.Proved.class);
                assertThat(((Outcome.Proved) outcome).margin()).isZero();
                assertThat(((Outcome.Proved) outcome).boxes()).isEqualTo(1);
            }
        }
        assertThat(outcome(TANH, 2, "y_1 - y_0 > -1e-300", 0)).isInstanceOf(Outcome.Proved.class);
    }

    @Test
    void isNoProofOfMore() {
        assertThat(outcome(TANH, 2, "y_1 > y_0", 0)).isInstanceOf(Outcome.Broken.class);
        assertThat(outcome(TANH, 2, "y_0 >= y_1", 0)).isInstanceOf(Outcome.Broken.class);
        assertThat(outcome(TANH, 2, "y_1 >= y_0", -0x1p-30)).isInstanceOf(Outcome.Broken.class);
        assertThat(outcome(TANH, 2, "y_1 >= 1.5 * y_0", 0)).isInstanceOf(Outcome.Broken.class);
        // softplus falls by an ulp here and there: nobody knows
        ActivationFunction softplus = ActivationFunction.Named.of(Activation.SOFTPLUS);
        assertThat(outcome(softplus, 2, "y_1 >= y_0", 0)).isInstanceOf(Outcome.Undecided.class);
        assertThat(outcome(RandomTrained.formula("z^2"), 2, "y_1 >= y_0", 0)).isInstanceOf(Outcome.Broken.class);
    }

    /** Sigmoid below -37.5 is an exponential, of which no order is proved. */
    @Test
    void directionsAreThoseOfTheComputedFunctions() {
        assertThat(direction("sigmoid(z)", -37.5, FloatingPoint.DOUBLE)).isEqualTo("up");
        assertThat(direction("sigmoid(z)", Math.nextDown(-37.5), FloatingPoint.DOUBLE))
                .isEqualTo("");
        assertThat(direction("sigmoid(z)", -80, FloatingPoint.FLOAT)).isEqualTo("up");
        assertThat(direction("exp(-z)", -80, FloatingPoint.FLOAT)).isEqualTo("down");
        assertThat(direction("exp(-z)", -80, FloatingPoint.DOUBLE)).isEqualTo("");
        assertThat(direction("1 - max(z, 0.1 * z)", -5, FloatingPoint.DOUBLE)).isEqualTo("down");
        assertThat(direction("tanh(z) + z - 3 * z", -5, FloatingPoint.DOUBLE)).isEqualTo("");
        assertThat(direction("-2 * (z / -4)", -5, FloatingPoint.DOUBLE)).isEqualTo("up");
        assertThat(direction("z * 0 + 3", -5, FloatingPoint.DOUBLE)).isEqualTo("updown");
        assertThat(direction("z * tanh(z)", 1, FloatingPoint.DOUBLE)).isEqualTo("");
        assertThat(direction("z / (1 + abs(z))", 1, FloatingPoint.DOUBLE)).isEqualTo("");
    }

    private static String direction(String formula, double from, FloatingPoint arithmetic) {
        Direction direction = Direction.of(RandomTrained.formula(formula).value(), from, arithmetic);
        return (direction.rises() ? "up" : "") + (direction.falls() ? "down" : "");
    }
}
