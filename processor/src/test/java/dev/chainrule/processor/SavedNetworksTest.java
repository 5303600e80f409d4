package dev.chainrule.processor;

import static dev.chainrule.processor.testing.Vectors.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.weights.WeightFile;
import dev.chainrule.runtime.weights.WeightFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The parameters of a generated network are saved for this network, however its sums are written, and for no other. */
class SavedNetworksTest {
    private static final Topology WRITTEN_OUT = named("Full", "4-3-2", Activation.TANH, Loss.HUBER, Unroll.FULL);
    private static final Topology LOOPS = named("Loops", "4-3-2", Activation.TANH, Loss.HUBER, Unroll.NONE);
    private static final Topology OTHER_UNITS = named("Relu", "4-3-2", Activation.RELU, Loss.HUBER, Unroll.FULL);
    private static final Topology OTHER_LOSS = named("Cosh", "4-3-2", Activation.TANH, Loss.LOG_COSH, Unroll.FULL);
    private static final Topology OTHER_SIZES = named("Wide", "3-4-2", Activation.TANH, Loss.HUBER, Unroll.FULL);

    /** As many layers as there may be: the line that tells the topology is the longest. */
    private static final Topology DEEP =
            named("Deep", "1" + "-1".repeat(256), Activation.LEAKY_RELU, Loss.HUBER, Unroll.NONE);

    private static Compiled compiled;

    @TempDir
    Path directory;

    @BeforeAll
    static void compile() {
        compiled = Compiled.of(
                new NetworkProcessor(), List.of(WRITTEN_OUT, LOOPS, OTHER_UNITS, OTHER_LOSS, OTHER_SIZES, DEEP));
    }

    @Test
    void networksTellTheirTopology() {
        assertThat(network(WRITTEN_OUT).description().topology()).isEqualTo("4-3(TANH)-2(TANH) HUBER");
        assertThat(network(LOOPS).description().topology()).isEqualTo("4-3(TANH)-2(TANH) HUBER");
        assertThat(network(DEEP).description().topology()).isEqualTo("1" + "-1(LEAKY_RELU)".repeat(256) + " HUBER");
    }

    @Test
    void whatOneSavesAnotherLoads() throws IOException {
        double[] saved = save();
        TrainableNetwork loaded = network(LOOPS);
        WeightFile.load(loaded, file());
        assertSameBits("parameters", loaded.parameters(), saved);
    }

    static Stream<Topology> others() {
        return Stream.of(OTHER_UNITS, OTHER_LOSS, OTHER_SIZES);
    }

    @ParameterizedTest
    @MethodSource("others")
    void anotherNetworkDoesNot(Topology other) throws IOException {
        save();
        TrainableNetwork network = network(other);
        assertThatExceptionOfType(WeightFileException.class)
                .isThrownBy(() -> WeightFile.load(network, file()))
                .withMessage(
                        "%s: the metadata has the chainrule.topology \"4-3(TANH)-2(TANH) HUBER\"; expected \"%s\"",
                        file(), other.line());
        assertThat(network.parameters()).containsOnly(0);
    }

    private double[] save() throws IOException {
        double[] parameters =
                new Random(3).doubles(WRITTEN_OUT.parameters(), -1, 1).toArray();
        WeightFile.save(compiled.instance(WRITTEN_OUT, parameters), file());
        return parameters;
    }

    private Path file() {
        return directory.resolve("weights.safetensors");
    }

    private static TrainableNetwork network(Topology topology) {
        return compiled.instance(topology, new double[topology.parameters()]);
    }

    private static Topology named(String name, String sizes, Activation units, Loss loss, Unroll unroll) {
        return Topologies.of(name, sizes, units, units, loss, unroll);
    }
}
