package dev.chainrule.processor;

import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.RandomNetwork;
import dev.chainrule.processor.testing.Topology;
import dev.chainrule.runtime.TrainableNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random networks against plain loops and difference quotients, a thousand with those of the long tests: each as its declaration
 * says, and every tenth by every {@link Unroll}.
 */
@Execution(ExecutionMode.CONCURRENT)
class RandomNetworksTest {
    private static final int NETWORKS = 50;
    private static final int MORE_NETWORKS = 250;
    private static final int MANY_NETWORKS = 1000;

    private static final int ALL_VARIANTS_EVERY = 10;

    /** Networks compiled by one javac, whose start costs more than a network. */
    private static final int BATCH = 50;

    static LongStream batches() {
        return firstSeeds(0, NETWORKS);
    }

    static LongStream moreBatches() {
        return firstSeeds(NETWORKS, MORE_NETWORKS);
    }

    static LongStream manyBatches() {
        return firstSeeds(MORE_NETWORKS, MANY_NETWORKS);
    }

    private static LongStream firstSeeds(int from, int to) {
        return LongStream.range(from / BATCH, to / BATCH).map(batch -> batch * BATCH);
    }

    @ParameterizedTest(name = "seeds from {0}")
    @MethodSource("batches")
    void agree(long firstSeed) {
        check(firstSeed);
    }

    @ParameterizedTest(name = "seeds from {0}")
    @MethodSource("moreBatches")
    @Tag("slow")
    void agreeToo(long firstSeed) {
        check(firstSeed);
    }

    @ParameterizedTest(name = "seeds from {0}")
    @MethodSource("manyBatches")
    @Tag("long")
    void manyAgree(long firstSeed) {
        check(firstSeed);
    }

    private static void check(long firstSeed) {
        List<RandomNetwork> networks = LongStream.range(firstSeed, firstSeed + BATCH)
                .mapToObj(RandomNetwork::of)
                .toList();
        Compiled compiled = Compiled.of(
                new NetworkProcessor(),
                networks.stream().flatMap(RandomNetworksTest::variants).toList());
        for (RandomNetwork random : networks) {
            List<TrainableNetwork> variants = variants(random)
                    .map(topology ->
                            compiled.instance(topology, random.parameters().clone()))
                    .toList();
            try {
                new RandomNetworkChecks(random, variants).run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(random + "\n" + e.getMessage(), e);
            }
        }
    }

    private static Stream<Topology> variants(RandomNetwork random) {
        if (random.seed() % ALL_VARIANTS_EVERY != 0) {
            return Stream.of(random.topology());
        }
        return Arrays.stream(Unroll.values()).map(unroll -> random.topology().with(unroll));
    }
}
