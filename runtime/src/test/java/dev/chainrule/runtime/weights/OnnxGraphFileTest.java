package dev.chainrule.runtime.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chainrule.runtime.InputDescription;
import dev.chainrule.runtime.LayerDescription;
import dev.chainrule.runtime.LayerDescription.Kind;
import dev.chainrule.runtime.NetworkDescription;
import dev.chainrule.runtime.OutputDescription;
import dev.chainrule.runtime.SmallGraph;
import dev.chainrule.runtime.TargetKind;
import dev.chainrule.runtime.TrainableNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Graphs as ONNX models: an input a part, an output a layer. */
class OnnxGraphFileTest {
    @TempDir
    Path directory;

    private SmallOnnx saved(TrainableNetwork network) throws IOException {
        Path file = directory.resolve("model.onnx");
        OnnxFile.save(network, file, ElementType.DOUBLE);
        return new SmallOnnx(Files.readAllBytes(file));
    }

    @Test
    void allKindsOfLayers() throws IOException {
        for (int seed = 0; seed < 10; seed++) {
            SmallGraph network = SmallGraph.ready(seed);
            SmallOnnx model = saved(network);
            assertThat(model.inputs()).containsExactly("state", "rank");
            Random random = new Random(seed);
            double[] state = {10 + random.nextGaussian(), -2 + random.nextGaussian()};
            double rank = 1 + random.nextInt(3);
            Map<String, double[]> outputs = model.run(Map.of("state", state, "rank", new double[] {rank}));
            double[] expected = new double[4];
            network.forward(new double[] {state[0], state[1], rank}, expected);
            assertThat(outputs.keySet()).containsExactly("policy", "value");
            for (int i = 0; i < 3; i++) {
                assertThat(outputs.get("policy")[i]).as("seed %d", seed).isCloseTo(expected[i], within(1e-14));
            }
            assertThat(outputs.get("value")[0]).as("seed %d", seed).isCloseTo(expected[3], within(1e-12));
        }
    }

    /** Outputs that are the input, or one another, or that others read, in another order than their layers. */
    @Test
    void outputsByOtherNames() throws IOException {
        LayerDescription same = new LayerDescription(2, "IDENTITY", "z", false).ofKind(Kind.ADD);
        StoredNetwork network = new StoredNetwork(NetworkDescription.of(
                new InputDescription[] {new InputDescription("", 2)},
                new LayerDescription[] {
                    same.named("copy"),
                    same.named("again"),
                    new LayerDescription(2, "TANH", "tanh(z)", false).named("h"),
                    new LayerDescription(1, "IDENTITY", "z", true).named("value0")
                },
                new OutputDescription[] {
                    new OutputDescription("h", "HUBER", 1, TargetKind.ANY),
                    new OutputDescription("again", "HUBER", 1, TargetKind.ANY),
                    new OutputDescription("value0", "HUBER", 1, TargetKind.ANY),
                    new OutputDescription("copy", "HUBER", 1, TargetKind.ANY)
                }));
        System.arraycopy(new double[] {1, 0, 0, 1, 2, 3, 4}, 0, network.parameters(), 0, 7);
        Map<String, double[]> outputs = saved(network).run(Map.of("input", new double[] {0.5, -1}));
        double[] h = {Math.tanh(0.5), Math.tanh(-1)};
        assertThat(outputs.keySet()).containsExactly("h", "again", "value0", "copy");
        assertThat(outputs.get("h")).containsExactly(h);
        assertThat(outputs.get("again")).containsExactly(0.5, -1);
        assertThat(outputs.get("copy")).containsExactly(0.5, -1);
        assertThat(outputs.get("value0")[0]).isCloseTo(2 * h[0] + 3 * h[1] + 4, within(1e-14));
    }
}
