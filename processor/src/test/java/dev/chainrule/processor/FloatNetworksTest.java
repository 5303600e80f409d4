package dev.chainrule.processor;

import static dev.chainrule.processor.testing.PlainFloatNetwork.rounded;
import static dev.chainrule.processor.testing.PlainFloatNetwork.widened;
import static dev.chainrule.processor.testing.Vectors.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.JavaFormatterOptions;
import dev.chainrule.processor.testing.ClassFiles;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.FrozenNetwork;
import dev.chainrule.processor.testing.PlainFloatNetwork;
import dev.chainrule.processor.testing.PlainNetwork;
import dev.chainrule.processor.testing.RandomNetwork;
import dev.chainrule.processor.testing.Topology;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Frozen networks in {@code float} have the bits of plain loops in {@code float}, whatever they are made of. */
class FloatNetworksTest {
    static final String FLOAT = ", precision = dev.chainrule.annotations.Precision.FLOAT";

    @TempDir
    Path folder;

    @Test
    void agreeWithPlainLoops() {
        List<RandomNetwork> randoms =
                LongStream.range(300, 360).mapToObj(RandomNetwork::of).toList();
        List<PlainNetwork> networks = randoms.stream()
                .map(random -> new PlainNetwork(random.topology(), random.parameters()))
                .toList();
        Compiled compiled = Compiled.frozenOnly(new NetworkProcessor(), networks, folder, FLOAT);
        for (int i = 0; i < networks.size(); i++) {
            for (int record = 0; record < RandomNetwork.RECORDS; record++) {
                float[] input = rounded(randoms.get(i).input(record));
                agree(compiled, networks.get(i), input);
                for (int k = 0; k < input.length; k++) {
                    input[k] *= 100;
                }
                agree(compiled, networks.get(i), input);
            }
        }
    }

    static Stream<Topology> large() {
        return FrozenNetworksTest.large().skip(1); // but for the one with a million parameters
    }

    @ParameterizedTest
    @MethodSource("large")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void largeOnesAgreeWithPlainLoops(Topology topology) {
        Random random = new Random(41);
        double[] parameters = random.doubles(topology.parameters(), -0.2, 0.2).toArray();
        PlainNetwork network = new PlainNetwork(topology, parameters);
        Compiled compiled = Compiled.frozenOnly(new NetworkProcessor(), List.of(network), folder, FLOAT);
        for (int i = 0; i < 3; i++) {
            agree(
                    compiled,
                    network,
                    rounded(random.doubles(topology.inputs(), -1, 1).toArray()));
        }
    }

    @Test
    void theCodeIsInFloatThroughout() throws Exception {
        List<Topology> topologies = FrozenCodeTest.topologies().toList();
        Compiled compiled = compiled(topologies);
        Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
                .style(JavaFormatterOptions.Style.PALANTIR)
                .formatJavadoc(false)
                .build());
        for (Topology topology : topologies) {
            String source = compiled.source(topology.frozenName());
            assertThat(source).doesNotContainIgnoringCase("double").doesNotContain(".Kernels");
            assertThat(formatter.formatSource(source)).isEqualTo(source);
            assertThat(source.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
            assertThat(ClassFiles.codeBytes(compiled.bytes(topology.frozenName())))
                    .containsKeys("forward", "checkLength")
                    .allSatisfy((method, bytes) -> assertThat(bytes).as(method).isLessThanOrEqualTo(7000));
        }
    }

    @Test
    void nothingIsAllocated() throws Exception {
        FrozenRunsTest.assertNothingIsAllocated(compiled(FrozenRunsTest.topologies()), folder, List.of(), 12_000);
    }

    @Test
    void manyThreadsGiveTheResultsOfOne() {
        List<Topology> topologies = FrozenRunsTest.topologies();
        Compiled compiled = compiled(topologies);
        for (Topology topology : topologies) {
            FrozenNetwork frozen = compiled.frozen(topology);
            int[] serial = hashes(frozen);
            List<CompletableFuture<int[]>> results = Stream.generate(
                            () -> CompletableFuture.supplyAsync(() -> hashes(frozen), task -> new Thread(task).start()))
                    .limit(8)
                    .toList();
            for (CompletableFuture<int[]> result : results) {
                assertThat(result.orTimeout(10, TimeUnit.MINUTES).join())
                        .as(topology.toString())
                        .isEqualTo(serial);
            }
        }
    }

    /** What a network computes for two thousand records, a number for each. */
    private static int[] hashes(FrozenNetwork network) {
        Random random = new Random(61);
        float[] input = new float[network.constant("INPUTS")];
        float[] output = new float[network.constant("OUTPUTS")];
        int[] hashes = new int[2000];
        for (int record = 0; record < hashes.length; record++) {
            for (int i = 0; i < input.length; i++) {
                input[i] = 4 * random.nextFloat() - 2;
            }
            network.forward(input, output);
            hashes[record] = Arrays.hashCode(output);
        }
        return hashes;
    }

    private Compiled compiled(List<Topology> topologies) {
        Random random = new Random(62);
        List<PlainNetwork> networks = topologies.stream()
                .map(topology -> new PlainNetwork(
                        topology, random.doubles(topology.parameters(), -1, 1).toArray()))
                .toList();
        return Compiled.frozenOnly(new NetworkProcessor(), networks, folder, FLOAT);
    }

    /** Frozen and plain; forward and predict; to another array and to the same. */
    private static void agree(Compiled compiled, PlainNetwork network, float[] input) {
        Topology topology = network.declared();
        double[] expected = widened(PlainFloatNetwork.forward(network, input));

        FrozenNetwork frozen = compiled.frozen(topology);
        float[] output = new float[topology.outputs()];
        frozen.forward(input, output);
        assertSameBits(topology + ", frozen", widened(output), expected);

        int records = 65;
        float[] outputs = new float[records * output.length];
        frozen.forward(repeated(input, records), 0, records, outputs);
        assertSameBits(topology + ", range", widened(outputs), widened(repeated(output, records)));

        assertThat(frozen.canPredict()).isEqualTo(topology.inputs() <= 8 && topology.outputs() == 1);
        if (frozen.canPredict()) {
            assertSameBits(topology + ", predict", frozen.predict(input), expected[0]);
        }
        if (topology.inputs() == topology.outputs()) {
            float[] both = input.clone();
            frozen.forward(both, both);
            assertSameBits(topology + ", in place", widened(both), expected);
        }
    }

    private static float[] repeated(float[] record, int times) {
        float[] all = new float[times * record.length];
        for (int i = 0; i < times; i++) {
            System.arraycopy(record, 0, all, i * record.length, record.length);
        }
        return all;
    }
}
