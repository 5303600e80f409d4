package dev.chainrule.processor.code;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.NetworkProcessor;
import dev.chainrule.processor.derivation.Derivation;
import dev.chainrule.processor.loops.Lowering;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.schedule.Limits;
import dev.chainrule.processor.schedule.Schedule;
import dev.chainrule.processor.testing.ClassFiles;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.objectweb.asm.ClassReader;

/** The methods of real class files, as javac makes them: none is too large, and each is as large as was estimated. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Execution(ExecutionMode.CONCURRENT)
class BytecodeSizeTest {
    /** The contract's number, not the generator's constant: HotSpot compiles methods of up to 8000 bytes. */
    private static final int LIMIT = 7000;

    /** An estimate takes every array to be in a slot past the third, which costs a byte at each use, of some ten. */
    private static final double MOST_OVERESTIMATED = 1.25;

    /** What the estimate allows for in every method: checks of array lengths, the parameters, the return. */
    private static final int FRAME = 50;

    private static final int MOST_CONSTANTS = 65_535;

    /** An index past 32,767 is a constant by itself. */
    private static final int LARGE_INDICES = Math.max(0, Limits.FULL_SCALARS - Short.MAX_VALUE);

    /** The factors of a full gradient that a random network may have: others are {@link #largeFullGradients}. */
    private static final int MOST_FACTORS = 3_000;

    static Stream<Topology> named() {
        return Stream.of(
                sizes("784-30-10", Activation.SIGMOID, Unroll.AUTO),
                sizes("784-30-10", Activation.SIGMOID, Unroll.NONE),
                sizes("64-64-64-10", Activation.RELU, Unroll.AUTO),
                sizes("32-64-64-8", Activation.RELU, Unroll.AUTO),
                sizes("2000-500-10", Activation.SIGMOID, Unroll.AUTO));
    }

    @ParameterizedTest
    @MethodSource("named")
    void namedNetworksStayWithinTheLimit(Topology topology) {
        assertWithinLimit(topology, codeBytes(Compiled.of(new NetworkProcessor(), List.of(topology)), topology));
    }

    /** A full gradient of some 10,000 factors, and single derivatives with hundreds of paths. */
    @Test
    void aLargeFullGradientStaysWithinTheLimit() {
        assertFullGradientIsAsEstimated(softmax("2-3-3-4", Activation.GELU_TANH, Unroll.FULL));
    }

    static Stream<Topology> largeFullGradients() {
        return Stream.of(
                sizes("1-6-6-6-1", Activation.TANH, Unroll.FULL), sizes("9-16-16", Activation.SELU, Unroll.FULL));
    }

    @ParameterizedTest
    @MethodSource("largeFullGradients")
    @Tag("slow")
    void largeFullGradientsStayWithinTheLimit(Topology topology) {
        assertFullGradientIsAsEstimated(topology);
    }

    /** Of some 50,000 factors. */
    static Stream<Topology> largestFullGradients() {
        return Stream.of(
                sizes("1-9-9-9-1", Activation.TANH, Unroll.FULL), sizes("9-30-30", Activation.SELU, Unroll.FULL));
    }

    @ParameterizedTest
    @MethodSource("largestFullGradients")
    @Tag("long")
    void largestFullGradientsStayWithinTheLimit(Topology topology) {
        assertFullGradientIsAsEstimated(topology);
    }

    private static void assertFullGradientIsAsEstimated(Topology topology) {
        assertThat(Schedule.hasFullGradient(Derivation.of(Topologies.model(topology))))
                .isTrue();
        assertAsEstimated(List.of(topology));
    }

    /** As many layers as a network can have, or as many as one with a full gradient, and one unit each. */
    static Stream<Topology> deepNetworks() {
        return Stream.of(
                sizes("1" + "-1".repeat(256), Activation.SIGMOID, Unroll.AUTO),
                sizes("1" + "-1".repeat(32), Activation.GELU_TANH, Unroll.FULL),
                sizes("1" + "-1".repeat(32), Activation.GELU_TANH, Unroll.NONE));
    }

    @Test
    @Tag("slow")
    void aDeepNetworkOfSoftmaxStaysWithinTheLimit() {
        deepNetworksStayWithinTheLimit(softmax("2" + "-2".repeat(64), Activation.GELU_TANH, Unroll.FULL));
    }

    @ParameterizedTest
    @MethodSource("deepNetworks")
    void deepNetworksStayWithinTheLimit(Topology topology) {
        assertWithinLimit(topology, codeBytes(Compiled.of(new NetworkProcessor(), List.of(topology)), topology));
    }

    @Test
    @Tag("long")
    void theDeepestLoopsStayWithinTheLimit() {
        deepNetworksStayWithinTheLimit(sizes("1" + "-1".repeat(256), Activation.GELU_TANH, Unroll.NONE));
    }

    @Test
    @Tag("long")
    void theLargestThatIsWrittenOutStaysWithinTheLimit() {
        namedNetworksStayWithinTheLimit(sizes("784-30-10", Activation.SIGMOID, Unroll.FULL));
        deepNetworksStayWithinTheLimit(softmax("2" + "-2".repeat(256), Activation.GELU_TANH, Unroll.FULL));
    }

    /**
     * All are written out, at about a twentieth of the limit and more. No full gradient has sums: their names are constants too, but larger
     * networks do not have more of them.
     */
    static Stream<Topology> writtenOut() {
        return Stream.of(
                sizes("749-1", Activation.GELU_TANH, Unroll.FULL),
                softmax("1-200", Activation.SOFTMAX, Unroll.FULL),
                sizes("42-42", Activation.GELU_TANH, Unroll.FULL));
    }

    @ParameterizedTest
    @MethodSource("writtenOut")
    void constantsAreFewEnough(Topology topology) throws IOException {
        assertConstantsAreFewEnough(topology);
    }

    static Stream<Topology> deepWrittenOut() {
        return Stream.of(
                sizes("36-36-20", Activation.SELU, Unroll.FULL),
                sizes("8" + "-8".repeat(15), Activation.SILU, Unroll.FULL));
    }

    @ParameterizedTest
    @MethodSource("deepWrittenOut")
    @Tag("slow")
    void constantsOfDeepOnesAreFewEnough(Topology topology) throws IOException {
        assertConstantsAreFewEnough(topology);
    }

    /** At a tenth of the limit, and at the limit. */
    static Stream<Topology> moreWrittenOut() {
        return Stream.of(
                softmax("1-400", Activation.SOFTMAX, Unroll.FULL),
                sizes("59-59", Activation.GELU_TANH, Unroll.FULL),
                sizes("50-50-30", Activation.SELU, Unroll.FULL),
                sizes("8" + "-8".repeat(30), Activation.SILU, Unroll.FULL),
                sizes("14990-1", Activation.GELU_TANH, Unroll.FULL));
    }

    @ParameterizedTest
    @MethodSource("moreWrittenOut")
    @Tag("long")
    void constantsOfMoreAreFewEnough(Topology topology) throws IOException {
        assertConstantsAreFewEnough(topology);
    }

    /** Compiled with {@code -g}, which makes a constant of every local variable's name. */
    private static void assertConstantsAreFewEnough(Topology topology) throws IOException {
        long scalars = Schedule.scalars(Topologies.model(topology));
        assertThat(scalars).isBetween(Limits.FULL_SCALARS / 20L, (long) Limits.FULL_SCALARS);
        Compilation compilation = Compiler.javac()
                .withProcessors(new NetworkProcessor())
                .withOptions("--release", "17", "-g", "-Xlint:all", "-Werror", "-Achainrule.page=false")
                .compile(JavaFileObjects.forSourceString(topology.declarationName(), topology.declaration()));
        assertThat(compilation.diagnostics()).isEmpty();
        JavaFileObject file = compilation
                .generatedFile(
                        StandardLocation.CLASS_OUTPUT, topology.networkName().replace('.', '/') + ".class")
                .orElseThrow();
        try (InputStream bytes = file.openInputStream()) {
            byte[] classFile = bytes.readAllBytes();
            assertWithinLimit(topology, ClassFiles.codeBytes(classFile));
            int constants = new ClassReader(classFile).getItemCount();
            double atTheLimit = (double) constants / scalars * Limits.FULL_SCALARS + LARGE_INDICES;
            assertThat(atTheLimit)
                    .as("%d constants for %d scalars, as many at the limit", constants, scalars)
                    .isLessThan(MOST_CONSTANTS);
        }
    }

    @Test
    @Tag("slow")
    void randomNetworksAreAsEstimated() {
        List<Topology> topologies = IntStream.range(0, 18)
                .mapToObj(seed -> random(seed, new Random(seed * 0x9E3779B97F4A7C15L)))
                .toList();
        assertAsEstimated(topologies);
    }

    /** Deep, narrow, wide and ordinary ones, by turns, and in every {@link Unroll}. */
    private static Topology random(int seed, Random random) {
        Unroll unroll = Unroll.values()[seed / 6 % 3];
        Topology topology;
        do {
            int[] sizes = switch (seed % 6) {
                case 0 -> sizes(random, 60 + random.nextInt(60), 3);
                case 1 -> sizes(random, 20 + random.nextInt(20), 6);
                case 2 -> sizes(random, 3 + random.nextInt(2), 30);
                case 3 -> new int[] {200 + random.nextInt(300), 1 + random.nextInt(2)};
                case 4 -> new int[] {1 + random.nextInt(3), 1 + random.nextInt(3), 50 + random.nextInt(100)};
                default -> sizes(random, 2 + random.nextInt(5), 6);
            };
            topology = Topologies.random("Random" + seed, sizes, unroll, random);
        } while (Schedule.hasFullGradient(Derivation.of(Topologies.model(topology)))
                && Derivation.of(Topologies.model(topology)).factors() > MOST_FACTORS);
        return topology;
    }

    private static int[] sizes(Random random, int layers, int most) {
        return IntStream.range(0, layers).map(layer -> 1 + random.nextInt(most)).toArray();
    }

    private static Topology sizes(String sizes, Activation activation, Unroll unroll) {
        return Topologies.of("Sizes", sizes, activation, activation, Loss.HUBER, unroll);
    }

    /** With softmax outputs and a loss that is not taken together with it. */
    private static Topology softmax(String sizes, Activation hidden, Unroll unroll) {
        return Topologies.of("Softmax", sizes, hidden, Activation.SOFTMAX, Loss.LOG_COSH, unroll);
    }

    /** Asserts that no method passes the limit, and that the estimate of each that is written out is near the truth. */
    private static void assertAsEstimated(List<Topology> topologies) {
        Compiled compiled = Compiled.of(new NetworkProcessor(), topologies);
        int writtenOut = 0;
        for (Topology topology : topologies) {
            Map<String, Integer> truth = codeBytes(compiled, topology);
            assertWithinLimit(topology, truth);
            Network network = Topologies.model(topology);
            SoftAssertions softly = new SoftAssertions();
            for (Routine routine : writtenOut(Lowering.of(Derivation.of(network), false))) {
                int bytes = truth.get(routine.name());
                softly.assertThat(BytecodeSize.of(routine, network).orElse(-1))
                        .as("estimated bytes of %s, which has %s, in %s", routine.name(), bytes, topology)
                        .isBetween(bytes, (int) (MOST_OVERESTIMATED * bytes) + FRAME);
                writtenOut++;
            }
            softly.assertAll();
        }
        assertThat(writtenOut).as("methods compared").isPositive();
    }

    private static List<Routine> writtenOut(Program program) {
        return Stream.concat(program.operations().values().stream(), program.steps().stream())
                .filter(routine -> routine.body().stream()
                        .noneMatch(statement ->
                                statement instanceof Statement.Loop || statement instanceof Statement.Invoke))
                .toList();
    }

    /** Constructors do not run per record, and those of deep networks make hundreds of arrays. */
    private static void assertWithinLimit(Topology topology, Map<String, Integer> bytes) {
        assertThat(bytes).containsKeys("forward", "loss", "backprop", "backpropRecord", "inputGradient");
        List<String> tooLarge = new ArrayList<>();
        bytes.forEach((method, size) -> {
            if (size > LIMIT && !method.endsWith("<init>")) {
                tooLarge.add(method + " has " + size);
            }
        });
        assertThat(tooLarge)
                .as("methods of more than %d bytes, in %s", LIMIT, topology)
                .isEmpty();
    }

    private static Map<String, Integer> codeBytes(Compiled compiled, Topology topology) {
        Map<String, Integer> bytes = new HashMap<>(ClassFiles.codeBytes(compiled.bytes(topology.networkName())));
        if (Schedule.of(Topologies.model(topology)).hasBlocks()) {
            ClassFiles.codeBytes(compiled.bytes(topology.networkName() + "Blocks"))
                    .forEach((method, size) -> bytes.put("Blocks." + method, size));
        }
        return bytes;
    }
}
