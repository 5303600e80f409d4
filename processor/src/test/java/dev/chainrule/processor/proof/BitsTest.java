package dev.chainrule.processor.proof;

import static dev.chainrule.processor.testing.Vectors.assertSameBits;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.LayerKind;
import dev.chainrule.annotations.Precision;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.NetworkProcessor;
import dev.chainrule.processor.classes.FrozenWriter;
import dev.chainrule.processor.classes.SourceText;
import dev.chainrule.processor.loops.Lowering;
import dev.chainrule.processor.network.ActivationFunction;
import dev.chainrule.processor.network.GeneratedType;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.Output;
import dev.chainrule.processor.network.Part;
import dev.chainrule.processor.network.Source;
import dev.chainrule.processor.network.TrainedNetwork;
import dev.chainrule.processor.schedule.Schedule;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.FrozenNetwork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The prover's own forward pass has the bits of the class that ships. */
class BitsTest {
    @Test
    void areThoseOfTheClass() {
        compare(1, 24);
    }

    @Test
    @Tag("long")
    void areThoseOfFourHundredClasses() {
        compare(1_000, 400);
    }

    /** Where a class leaves out the products with weights of 0, an infinite value is no NaN. */
    @Test
    void areThoseOfPrunedClassesThatOverflow() {
        compare(1, 8, BitsTest::prunedAndHuge);
    }

    /** Four layers of three rectifiers; half the weights are 0, and the others so large that sums overflow in the second. */
    private static TrainedNetwork prunedAndHuge(int seed) {
        Random random = new Random(seed);
        Part input = new Part("x", 0, 3, 0, 0);
        List<Layer> layers = new ArrayList<>();
        Source source = input.source();
        for (int number = 1; number <= 4; number++) {
            ActivationFunction rectifier = ActivationFunction.Named.of(Activation.RELU);
            layers.add(new Layer(
                    "", LayerKind.DENSE, List.of(source), 3, rectifier, false, 0, false, 9 * (number - 1), 0));
            source = Source.layer(number, 3);
        }
        double[] weights = new double[9 * layers.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = random.nextBoolean() ? 0 : random.nextDouble() * 0x1p700;
        }
        Network network =
                new Network(List.of(input), layers, List.of(new Output(4, 0, 3, Optional.empty(), 1)), Unroll.AUTO);
        return new TrainedNetwork(network, weights, new double[0], Precision.DOUBLE);
    }

    private static void compare(int firstSeed, int count) {
        compare(firstSeed, count, RandomTrained::of);
    }

    private static void compare(int firstSeed, int count, IntFunction<TrainedNetwork> networks) {
        Map<String, String> sources = new HashMap<>();
        for (int seed = firstSeed; seed < firstSeed + count; seed++) {
            TrainedNetwork trained = networks.apply(seed);
            GeneratedType type = new GeneratedType("nets", "Net" + seed, "Object", true, true);
            Schedule schedule = Schedule.of(trained);
            String text = SourceText.of(
                    type,
                    FrozenWriter.write(
                            type,
                            trained,
                            schedule,
                            Lowering.ofFrozen(trained, schedule, false, false),
                            List.of(),
                            List.of()));
            sources.put(type.qualifiedName(), text);
        }
        Compiled compiled = Compiled.of(new NetworkProcessor(), sources);
        for (int seed = firstSeed; seed < firstSeed + count; seed++) {
            TrainedNetwork trained = networks.apply(seed);
            FrozenNetwork frozen = compiled.frozen("nets.Net" + seed);
            Circuit circuit = CircuitBuilder.of(trained);
            Random random = new Random(seed);
            for (int record = 0; record < 40; record++) {
                double[] input = RandomTrained.input(RandomTrained.box(trained, random), circuit.arithmetic(), random);
                assertSameBits(
                        seed + ": " + trained.network().topology(),
                        new Bits(circuit).outputs(input),
                        forward(frozen, trained, input));
            }
        }
    }

    private static double[] forward(FrozenNetwork frozen, TrainedNetwork trained, double[] input) {
        double[] output = new double[trained.network().outputs()];
        if (trained.precision() == Precision.DOUBLE) {
            frozen.forward(input, output);
            return output;
        }
        float[] floats = new float[input.length];
        for (int i = 0; i < input.length; i++) {
            floats[i] = (float) input[i];
        }
        float[] result = new float[output.length];
        frozen.forward(floats, result);
        for (int i = 0; i < output.length; i++) {
            output[i] = result[i];
        }
        return output;
    }
}
