package dev.chainrule.processor.proof;

import static dev.chainrule.processor.testing.Vectors.assertSameBits;

import dev.chainrule.annotations.Precision;
import dev.chainrule.processor.NetworkProcessor;
import dev.chainrule.processor.classes.FrozenWriter;
import dev.chainrule.processor.classes.SourceText;
import dev.chainrule.processor.loops.Lowering;
import dev.chainrule.processor.network.GeneratedType;
import dev.chainrule.processor.network.TrainedNetwork;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.FrozenNetwork;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
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

    private static void compare(int firstSeed, int count) {
        Map<String, String> sources = new HashMap<>();
        for (int seed = firstSeed; seed < firstSeed + count; seed++) {
            TrainedNetwork trained = RandomTrained.of(seed);
            GeneratedType type = new GeneratedType("nets", "Net" + seed, "Object", true, true);
            String text = SourceText.of(
                    type,
                    FrozenWriter.write(type, trained, Lowering.ofFrozen(trained, false, false), List.of(), List.of()));
            sources.put(type.qualifiedName(), text);
        }
        Compiled compiled = Compiled.of(new NetworkProcessor(), sources);
        for (int seed = firstSeed; seed < firstSeed + count; seed++) {
            TrainedNetwork trained = RandomTrained.of(seed);
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
