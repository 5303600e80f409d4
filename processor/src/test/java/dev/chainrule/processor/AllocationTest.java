package dev.chainrule.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.testing.AllocatedBytes;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.Program;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import dev.chainrule.runtime.FullGradientNetwork;
import dev.chainrule.runtime.HessianVectorNetwork;
import dev.chainrule.runtime.JacobianNetwork;
import dev.chainrule.runtime.ParameterJacobianNetwork;
import dev.chainrule.runtime.ParameterLayout;
import dev.chainrule.runtime.TrainableNetwork;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No method that runs per record allocates, be it interpreted or compiled by HotSpot. */
class AllocationTest {
    /** Written out in a method each, split into parts, as loops, and as both. */
    private static final List<Topology> TOPOLOGIES = List.of(
            Topologies.of(
                    "Small", "3-4-2", Activation.TANH, Activation.SIGMOID, Loss.BINARY_CROSS_ENTROPY, Unroll.AUTO),
            Topologies.of("Other", "2-3-2", Activation.SOFTPLUS, Activation.SOFTSIGN, Loss.LOG_COSH, Unroll.AUTO),
            Topologies.of("Split", "22-22-1", Activation.GELU_TANH, Activation.SELU, Loss.HUBER, Unroll.FULL),
            Topologies.of("Looped", "5-6-4", Activation.SILU, Activation.SOFTMAX, Loss.MEAN_SQUARED_ERROR, Unroll.NONE),
            Topologies.of(
                    "Mixed",
                    "60-5-2",
                    Activation.ELU,
                    Activation.SOFTMAX,
                    Loss.CATEGORICAL_CROSS_ENTROPY,
                    Unroll.AUTO));

    private static final String ALSO = Stream.of("HESSIAN_VECTOR", "JACOBIAN", "PARAMETER_JACOBIAN")
            .map(derivative -> "dev.chainrule.annotations.Derivative." + derivative)
            .collect(Collectors.joining(", ", ", also = {", "}"));

    private static Compiled compiled;

    @BeforeAll
    static void compile() {
        compiled = Compiled.of(
                new NetworkProcessor(),
                TOPOLOGIES,
                topology -> topology.declarationWith(hasDerivatives(topology) ? ALSO : ""));
        assertThat(compiled.source("nets.SmallNetwork"))
                .doesNotContain("for (int k")
                .doesNotContain("forward1(input");
        assertThat(compiled.source("nets.SplitNetwork")).contains("part1(");
        assertThat(compiled.source("nets.LoopedNetwork")).contains("for (int k");
        assertThat(compiled.source("nets.MixedNetwork")).contains("for (int k").contains("final double w2_4_1 ");
    }

    @Test
    void isNoneInCompiledCode(@TempDir Path directory) throws Exception {
        // Enough for HotSpot's second compiler, and some to spare
        assertNothing(allocated(directory, List.of(), 12_000, 100));
    }

    @Test
    void isNoneInInterpretedCode(@TempDir Path directory) throws Exception {
        assertNothing(allocated(directory, List.of("-Xint"), 3, 20));
    }

    /** All but the one whose code is the longest. */
    private static boolean hasDerivatives(Topology topology) {
        return !topology.name().equals("Split");
    }

    /** The bytes that some calls of each method allocate, after others to warm up, in a JVM of their own. */
    private static Map<String, Long> allocated(Path directory, List<String> options, int warmUp, int counted)
            throws Exception {
        List<String> arguments = new ArrayList<>(List.of("" + warmUp, "" + counted));
        for (Topology topology : TOPOLOGIES) {
            compiled.write(topology.networkName(), directory);
            compiled.write(topology.networkName() + "Blocks", directory);
            if (hasDerivatives(topology)) {
                compiled.write(topology.networkName() + "Derivatives", directory);
            }
            arguments.add(topology.networkName());
        }
        return Program.java(directory, options, Meter.class, arguments)
                .lines()
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.lastIndexOf(' ')),
                        line -> Long.valueOf(line.substring(line.lastIndexOf(' ') + 1))));
    }

    /** Every method of every network has been called and allocated nothing; one that does allocate was seen to. */
    private static void assertNothing(Map<String, Long> allocated) {
        assertThat(allocated.keySet())
                .contains("SmallNetwork.fullGradient", "SplitNetwork.fullGradient", "LoopedNetwork.fullGradient");
        for (Topology topology : TOPOLOGIES) {
            for (String method : List.of(
                    "forward",
                    "activations",
                    "loss",
                    "backprop",
                    "backprop of a range",
                    "forward of a range",
                    "inputGradient")) {
                assertThat(allocated).containsKey(topology.name() + "Network." + method);
            }
            for (String method : List.of("hessianVector", "jacobian", "parameterJacobian")) {
                assertThat(allocated.containsKey(topology.name() + "Network." + method))
                        .isEqualTo(hasDerivatives(topology));
            }
            String name = topology.name() + "Network.toString";
            assertThat(allocated.remove(name))
                    .as(name + ", which returns a new String")
                    .isPositive();
        }
        assertThat(allocated)
                .allSatisfy((method, bytes) -> assertThat(bytes)
                        .as("bytes allocated by calls of %s", method)
                        .isZero());
    }

    /** Counts what the methods of networks allocate. */
    static final class Meter {
        private Meter() {}

        /** Takes how often to call before and while it counts, and names of classes; prints method and bytes, one a line. */
        public static void main(String[] arguments) throws ReflectiveOperationException {
            int warmUp = Integer.parseInt(arguments[0]);
            int counted = Integer.parseInt(arguments[1]);
            for (String className : List.of(arguments).subList(2, arguments.length)) {
                Constructor<?> constructor = Class.forName(className).getDeclaredConstructor();
                constructor.setAccessible(true);
                allocated((TrainableNetwork) constructor.newInstance(), warmUp, counted)
                        .forEach((method, bytes) -> System.out.println(method + " " + bytes));
            }
        }

        private static Map<String, Long> allocated(TrainableNetwork network, int warmUp, int counted) {
            double[] input = filled(network.inputs(), 0.3);
            double[] target = filled(network.outputs(), 1.0 / network.outputs());
            double[] output = new double[network.outputs()];
            double[] activations = new double[units(network.description().layout())];
            double[] gradient = new double[network.parameters().length];
            double[] outputs = new double[70 * network.outputs()];
            double[] inputGradient = new double[network.inputs()];
            double[] inputs = filled(70 * network.inputs(), 0.2);
            double[] targets = filled(70 * network.outputs(), 1.0 / network.outputs());
            Arrays.setAll(network.parameters(), i -> Math.sin(i));

            Map<String, Runnable> calls = new LinkedHashMap<>();
            calls.put("forward", () -> network.forward(input, output));
            calls.put("forward of a range", () -> network.forward(inputs, 1, 70, outputs));
            calls.put("activations", () -> network.activations(input, activations));
            calls.put("loss", () -> network.loss(input, target));
            calls.put("backprop", () -> network.backprop(input, target, gradient));
            calls.put("backprop of a range", () -> network.backprop(inputs, targets, 1, 70, gradient));
            calls.put("inputGradient", () -> network.inputGradient(input, target, inputGradient));
            if (network instanceof FullGradientNetwork full) {
                calls.put("fullGradient", () -> full.fullGradient(input, target, gradient));
            }
            if (network instanceof HessianVectorNetwork second) {
                double[] v = filled(gradient.length, 0.1);
                calls.put("hessianVector", () -> second.hessianVector(input, target, v, gradient));
            }
            if (network instanceof JacobianNetwork first) {
                double[] jacobian = new double[output.length * input.length];
                calls.put("jacobian", () -> first.jacobian(input, jacobian));
            }
            if (network instanceof ParameterJacobianNetwork first) {
                double[] jacobian = new double[output.length * gradient.length];
                calls.put("parameterJacobian", () -> first.parameterJacobian(input, jacobian));
            }
            String[] text = new String[1];
            calls.put("toString", () -> text[0] = network.toString());

            Map<String, Long> allocated = new LinkedHashMap<>();
            calls.forEach((method, call) -> {
                // A range is many records
                int times = method.endsWith("of a range") ? warmUp / 10 + 1 : warmUp;
                for (int i = 0; i < times; i++) {
                    call.run();
                }
                allocated.put(network.getClass().getSimpleName() + "." + method, AllocatedBytes.of(counted, call));
            });
            return allocated;
        }

        private static int units(ParameterLayout layout) {
            return IntStream.rangeClosed(1, layout.layers()).map(layout::units).sum();
        }

        private static double[] filled(int length, double value) {
            double[] array = new double[length];
            Arrays.fill(array, value);
            return array;
        }
    }
}
