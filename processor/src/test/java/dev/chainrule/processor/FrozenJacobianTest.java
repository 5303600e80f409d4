package dev.chainrule.processor;

import static dev.chainrule.processor.testing.Vectors.assertSameBits;
import static dev.chainrule.processor.testing.Vectors.assertWithin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.palantir.javaformat.java.FormatterException;
import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.testing.ClassFiles;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.Formatting;
import dev.chainrule.processor.testing.FrozenNetwork;
import dev.chainrule.processor.testing.PlainNetwork;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import dev.chainrule.runtime.JacobianNetwork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Jacobian of frozen classes has the bits of the live ones', in code and as loops, and in float those of each other. */
class FrozenJacobianTest {
    private static final String ALSO = ", also = dev.chainrule.annotations.Derivative.JACOBIAN";

    private static final String IN_FLOAT = ", precision = dev.chainrule.annotations.Precision.FLOAT";

    @TempDir
    Path folder;

    /** By shape: in code and as loops; the forward pass in code, but not the derivatives; rows that are filled up. */
    private static final Map<String, List<Unroll>> SHAPES = Map.of(
            "2-2-2-2", List.of(Unroll.AUTO, Unroll.NONE),
            "6-14-8-3", List.of(Unroll.AUTO, Unroll.FULL),
            "3-20-10-9-4", List.of(Unroll.AUTO, Unroll.NONE));

    private static List<PlainNetwork> networks(String shape) {
        List<PlainNetwork> networks = new ArrayList<>();
        for (Unroll unroll : SHAPES.get(shape)) {
            Topology topology = Topologies.of(
                    "Sensitive" + shape.replace('-', '_') + unroll,
                    shape,
                    Activation.SILU,
                    Activation.SOFTMAX,
                    Loss.SUM_OF_SQUARES,
                    unroll);
            double[] parameters = new Random(topology.parameters())
                    .doubles(topology.parameters(), -1, 1)
                    .map(value -> (float) value)
                    .toArray();
            networks.add(new PlainNetwork(topology, parameters));
        }
        return networks;
    }

    private static List<PlainNetwork> networks() {
        return SHAPES.keySet().stream()
                .flatMap(shape -> networks(shape).stream())
                .toList();
    }

    @Test
    void hasTheBitsOfTheLiveClass() throws FormatterException {
        List<PlainNetwork> networks = networks();
        Compiled compiled = Compiled.frozen(new NetworkProcessor(), networks, folder, ALSO);
        for (PlainNetwork network : networks) {
            Topology topology = network.declared();
            double[] input = input(topology);
            double[] live = new double[topology.outputs() * topology.inputs()];
            ((JacobianNetwork) compiled.instance(topology, network.parameters())).jacobian(input, live);
            FrozenNetwork frozen = compiled.frozen(topology);
            double[] jacobian = filled(live.length);
            frozen.call("jacobian", input, jacobian);
            assertSameBits(topology.name(), jacobian, live);
            for (int output = 0; output < topology.outputs(); output++) {
                double[] dx = filled(topology.inputs());
                frozen.call("inputGradient", input, output, dx);
                int from = output * topology.inputs();
                assertSameBits(topology.name(), dx, Arrays.copyOfRange(live, from, from + topology.inputs()));
            }
            Formatting.assertFormatted(compiled.source(topology.frozenName()));
            assertThat(ClassFiles.codeBytes(compiled.bytes(topology.frozenName())))
                    .allSatisfy((method, bytes) -> assertThat(bytes).as(method).isLessThanOrEqualTo(7000));
        }
    }

    @Test
    void isTheSameInFloatHoweverItIsWritten() {
        List<PlainNetwork> networks = networks();
        Compiled compiled = Compiled.frozenOnly(new NetworkProcessor(), networks, folder, ALSO + IN_FLOAT);
        Compiled inDouble = Compiled.frozenOnly(new NetworkProcessor(), networks, folder, ALSO);
        for (String shape : SHAPES.keySet()) {
            List<PlainNetwork> same = networks(shape);
            Topology first = same.get(0).declared();
            double[] input = input(first);
            double[] expected = new double[first.outputs() * first.inputs()];
            inDouble.frozen(first).call("jacobian", input, expected);
            double[] ofFirst = inFloat(compiled, first, input);
            assertWithin(first.name(), ofFirst, expected, 1e-5);
            for (PlainNetwork other : same) {
                assertSameBits(first.name(), inFloat(compiled, other.declared(), input), ofFirst);
            }
        }
    }

    private static double[] inFloat(Compiled compiled, Topology topology, double[] input) {
        float[] numbers = new float[input.length];
        float[] jacobian = new float[topology.outputs() * topology.inputs()];
        IntStream.range(0, input.length).forEach(k -> numbers[k] = (float) input[k]);
        compiled.frozen(topology).call("jacobian", numbers, jacobian);
        return IntStream.range(0, jacobian.length).mapToDouble(i -> jacobian[i]).toArray();
    }

    @Test
    void checksWhatItIsGiven() {
        PlainNetwork network = networks("2-2-2-2").get(0);
        FrozenNetwork frozen = Compiled.frozenOnly(new NetworkProcessor(), List.of(network), folder, ALSO)
                .frozen(network.declared());
        double[] input = new double[2];
        assertThatIllegalArgumentException()
                .isThrownBy(() -> frozen.call("jacobian", input, new double[3]))
                .withMessage("jacobian has 3 values; expected 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> frozen.call("inputGradient", input, 2, new double[2]))
                .withMessage("2 is no output; expected 0 to 1");
    }

    private static double[] input(Topology topology) {
        return new Random(topology.inputs())
                .doubles(topology.inputs(), -1, 1)
                .map(value -> (float) value)
                .toArray();
    }

    private static double[] filled(int length) {
        double[] array = new double[length];
        Arrays.fill(array, 7);
        return array;
    }
}
