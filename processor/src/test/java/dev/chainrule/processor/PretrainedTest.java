package dev.chainrule.processor;

import static dev.chainrule.processor.testing.Vectors.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.FrozenNetwork;
import dev.chainrule.processor.testing.GraphNetwork;
import dev.chainrule.processor.testing.GraphNetwork.Layer;
import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.training.Records;
import dev.chainrule.runtime.training.Trainer;
import dev.chainrule.runtime.weights.ElementType;
import dev.chainrule.runtime.weights.OnnxFile;
import dev.chainrule.runtime.weights.WeightFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that go on training from the numbers of a file, and are frozen again. */
class PretrainedTest {
    private static final GraphNetwork NETWORK = new GraphNetwork(
            "Tuned",
            List.of(new GraphNetwork.Part("x", 3, 0, 0)),
            List.of(
                    new Layer("raw", "SCALE", List.of("x"), "IDENTITY", 0, false, null, false),
                    new Layer("h", "DENSE", List.of("raw"), "TANH", 30, true, null, false),
                    new Layer("y", "DENSE", List.of("h", "raw"), "IDENTITY", 2, true, null, false)),
            List.of(new GraphNetwork.Output("y", "MEAN_SQUARED_ERROR", 1)),
            "");

    @TempDir
    Path folder;

    @Test
    void beginsWithTheNumbersOfItsFile() throws Exception {
        Random random = new Random(5);
        Compiled first = Compiled.ofGraphs(new NetworkProcessor(), List.of(NETWORK));
        double[] parameters = random.doubles(4 * 30 + 34 * 2, -1, 1).toArray();
        double[] constants = {1, 2, 3, 0.5, 0.25, 2};
        WeightFile.save(first.instance(NETWORK, parameters, constants), folder.resolve("tuned.safetensors"));

        Compiled second = compiled(NETWORK.with("", ", weights = \"tuned.safetensors\""));
        TrainableNetwork network = pretrained(second, "nets.TunedNetwork");
        assertSameBits("parameters", network.parameters(), parameters);
        assertSameBits("constants", network.constants(), constants);

        Records records = Records.wrap(
                random.doubles(60, -1, 1).toArray(),
                3,
                random.doubles(40, -1, 1).toArray(),
                2);
        Trainer.builder().epochs(5).build().train(network, records);
        assertThat(network.parameters()).isNotEqualTo(parameters);
        assertSameBits("another one", pretrained(second, "nets.TunedNetwork").parameters(), parameters);

        WeightFile.save(network, folder.resolve("tuned.safetensors"));
        FrozenNetwork frozen =
                compiled(NETWORK.with("", ", weights = \"tuned.safetensors\"")).frozen("nets.TunedFrozen");
        double[] input = {0.3, -2, 7};
        double[] expected = new double[2];
        double[] output = new double[2];
        network.forward(input, expected);
        frozen.forward(input, output);
        assertSameBits("frozen again", output, expected);
    }

    @Test
    void modelsGoOnTraining() throws Exception {
        Compiled first = Compiled.ofGraphs(new NetworkProcessor(), List.of(NETWORK));
        double[] parameters = new Random(6).doubles(4 * 30 + 34 * 2, -1, 1).toArray();
        TrainableNetwork saved = first.instance(NETWORK, parameters, new double[] {1, 2, 3, 0.5, 0.25, 2});
        OnnxFile.save(saved, folder.resolve("tuned.onnx"), ElementType.DOUBLE);
        Compiled second =
                Compiled.ofSource(new NetworkProcessor(), "nets.Model", """
                        package nets;

                        import dev.chainrule.annotations.*;

                        @Network(model = "tuned.onnx", loss = Loss.HUBER)
                        final class Model {}
                        """, "-Achainrule.resources=" + folder);
        TrainableNetwork network = pretrained(second, "nets.ModelNetwork");
        double[] expected = new double[2];
        double[] output = new double[2];
        for (double[] input : new double[][] {{0.3, -2, 7}, {0, 0, 0}}) {
            saved.forward(input, expected);
            network.forward(input, output);
            assertSameBits("the model", output, expected);
        }
        double[] gradient = new double[network.parameters().length];
        assertThat(network.backprop(new double[3], new double[2], gradient)).isPositive();
        assertThat(Arrays.stream(gradient)).anyMatch(slope -> slope != 0);
    }

    private Compiled compiled(GraphNetwork network) {
        return Compiled.ofGraphs(new NetworkProcessor(), List.of(network), "-Achainrule.resources=" + folder);
    }

    private static TrainableNetwork pretrained(Compiled compiled, String name) throws Exception {
        var method = compiled.type(name).getDeclaredMethod("pretrained");
        method.setAccessible(true);
        return (TrainableNetwork) method.invoke(null);
    }
}
