package dev.chainrule.processor.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.NetworkProcessor;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.PlainNetwork;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import dev.chainrule.runtime.weights.WeightFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresChromium
class PretrainedPageTest {
    /** All digits of the numbers in the file, also after a step and back; and the error that the network has with them. */
    @Test
    void startsWithTheNumbersOfTheFile(@TempDir Path folder) throws Exception {
        Topology topology = Topologies.of("Pre", "2-3-1", Activation.TANH, Activation.TANH, Loss.HUBER, Unroll.AUTO);
        double[] parameters =
                new Random(9).doubles(topology.parameters(), -1, 1).toArray();
        PlainNetwork network = new PlainNetwork(topology, parameters);
        WeightFile.save(network, folder.resolve("pre.safetensors"));
        Compiled compiled = Compiled.ofSource(
                new NetworkProcessor(),
                topology.declarationName(),
                topology.declarationWith(", weights = \"pre.safetensors\""),
                "-Achainrule.page=true",
                "-Achainrule.resources=" + folder);
        try (Browser browser = new Browser(folder)) {
            browser.open("Pre", compiled.page(topology.networkName()));
            List<?> found = (List<?>) browser.run(
                    "descend(3); byId('again').click(); return [...p, input[0], input[1], target[0], E].map(String);");
            double[] numbers = found.stream()
                    .mapToDouble(number -> Double.parseDouble(number.toString()))
                    .toArray();
            int count = parameters.length;
            assertThat(Arrays.copyOf(numbers, count)).containsExactly(parameters);
            double error =
                    network.loss(new double[] {numbers[count], numbers[count + 1]}, new double[] {numbers[count + 2]});
            assertThat(numbers[count + 3]).isCloseTo(error, within(1e-15));
        }
    }
}
