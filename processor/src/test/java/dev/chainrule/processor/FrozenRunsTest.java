package dev.chainrule.processor;

import static dev.chainrule.processor.testing.Vectors.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.testing.AllocatedBytes;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.FrozenNetwork;
import dev.chainrule.processor.testing.PlainNetwork;
import dev.chainrule.processor.testing.Program;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Frozen classes at run time: called by many threads at once, and allocating nothing. */
class FrozenRunsTest {
    private static final int THREADS = 8;
    private static final int RECORDS = 2000;
    private static final int CALLS = 100;

    private static Compiled compiled;

    /** With literals and by arguments, as loops and by arguments, and as both. */
    static List<Topology> topologies() {
        return List.of(
                Topologies.of("Small", "2-4-1", Activation.TANH, Activation.SIGMOID, Loss.HUBER, Unroll.AUTO),
                Topologies.of("Classes", "3-4-3", Activation.SILU, Activation.SOFTMAX, Loss.HUBER, Unroll.AUTO),
                Topologies.of("Loops", "2-20-20-1", Activation.TANH, Activation.SIGMOID, Loss.HUBER, Unroll.NONE),
                Topologies.of("Mixed", "60-5-2", Activation.ELU, Activation.SOFTMAX, Loss.HUBER, Unroll.AUTO));
    }

    @BeforeAll
    static void compile(@TempDir Path folder) {
        Random random = new Random(51);
        List<PlainNetwork> networks = topologies().stream()
                .map(topology -> new PlainNetwork(
                        topology, random.doubles(topology.parameters(), -1, 1).toArray()))
                .toList();
        compiled = Compiled.frozenOnly(new NetworkProcessor(), networks, folder, "");
    }

    @ParameterizedTest
    @MethodSource("topologies")
    void manyThreadsGiveTheResultsOfOne(Topology topology) throws Exception {
        FrozenNetwork frozen = compiled.frozen(topology);
        Random random = new Random(52);
        double[][] inputs = Stream.generate(
                        () -> random.doubles(topology.inputs(), -2, 2).toArray())
                .limit(RECORDS)
                .toArray(double[][]::new);
        double[][] serial = new double[RECORDS][topology.outputs()];
        for (int record = 0; record < RECORDS; record++) {
            frozen.forward(inputs[record], serial[record]);
        }
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<double[][]>> results = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread * (RECORDS / THREADS);
                Callable<double[][]> work = () -> {
                    double[][] outputs = new double[RECORDS][topology.outputs()];
                    start.await();
                    for (int i = 0; i < RECORDS; i++) {
                        int record = (first + i) % RECORDS;
                        frozen.forward(inputs[record], outputs[record]);
                        if (frozen.canPredict()) {
                            assertSameBits("predict", frozen.predict(inputs[record]), outputs[record][0]);
                        }
                    }
                    return outputs;
                };
                results.add(threads.submit(work));
            }
            for (Future<double[][]> result : results) {
                double[][] outputs = result.get(10, TimeUnit.MINUTES);
                for (int record = 0; record < RECORDS; record++) {
                    assertSameBits("outputs of record " + record, outputs[record], serial[record]);
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void nothingIsAllocatedInCompiledCode(@TempDir Path directory) throws Exception {
        // Enough for HotSpot's second compiler, and some to spare
        assertNothingIsAllocated(compiled, directory, List.of(), 12_000);
    }

    @Test
    void nothingIsAllocatedInInterpretedCode(@TempDir Path directory) throws Exception {
        assertNothingIsAllocated(compiled, directory, List.of("-Xint"), 3);
    }

    /** In a JVM of their own, after some calls to warm up. */
    static void assertNothingIsAllocated(Compiled compiled, Path directory, List<String> options, int warmUp)
            throws Exception {
        List<String> arguments = new ArrayList<>(List.of("" + warmUp));
        for (Topology topology : topologies()) {
            compiled.write(topology.frozenName(), directory);
            arguments.add(topology.frozenName());
        }
        assertThat(Program.java(directory, options, Meter.class, arguments).lines())
                .containsExactlyElementsOf(
                        topologies().stream().map(FrozenRunsTest::frees).toList());
    }

    private static String frees(Topology topology) {
        return topology.outputs() == 1 ? "forward 0 range 0 predict 0" : "forward 0 range 0";
    }

    /** Counts what calls allocate. */
    static final class Meter {
        private Meter() {}

        /** Takes how often to call before it counts, and names of classes; prints methods and bytes, one class a line. */
        public static void main(String[] arguments) throws ReflectiveOperationException {
            int warmUp = Integer.parseInt(arguments[0]);
            for (String className : List.of(arguments).subList(1, arguments.length)) {
                FrozenNetwork network = new FrozenNetwork(Class.forName(className));
                System.out.println("forward " + bytes(forward(network, 1), warmUp) + " range "
                        + bytes(forward(network, 10), warmUp / 10 + 1)
                        + (network.canPredict() ? " predict " + bytes(() -> predict(network), warmUp) : ""));
            }
        }

        private static Runnable forward(FrozenNetwork network, int records) {
            int inputs = records * network.constant("INPUTS");
            int outputs = records * network.constant("OUTPUTS");
            if (network.isInFloat()) {
                float[] input = new float[inputs];
                float[] output = new float[outputs];
                return records == 1
                        ? () -> network.forward(input, output)
                        : () -> network.forward(input, 0, records, output);
            }
            double[] input = new double[inputs];
            double[] output = new double[outputs];
            return records == 1
                    ? () -> network.forward(input, output)
                    : () -> network.forward(input, 0, records, output);
        }

        private static void predict(FrozenNetwork network) {
            try {
                double result = network.isInFloat()
                        ? (float) network.predict().invokeExact(0.3f, -0.7f)
                        : (double) network.predict().invokeExact(0.3, -0.7);
                if (Double.isNaN(result)) {
                    throw new AssertionError("NaN");
                }
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        }

        private static long bytes(Runnable call, int warmUp) {
            for (int i = 0; i < warmUp; i++) {
                call.run();
            }
            return AllocatedBytes.of(CALLS, call);
        }
    }
}
