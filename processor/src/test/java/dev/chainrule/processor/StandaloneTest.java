package dev.chainrule.processor;

import static dev.chainrule.processor.testing.Formatting.assertFormatted;
import static dev.chainrule.processor.testing.PlainFloatNetwork.rounded;
import static dev.chainrule.processor.testing.PlainFloatNetwork.widened;
import static dev.chainrule.processor.testing.Vectors.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.testing.ClassFiles;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.FrozenNetwork;
import dev.chainrule.processor.testing.PlainFloatNetwork;
import dev.chainrule.processor.testing.PlainNetwork;
import dev.chainrule.processor.testing.TensorFiles;
import dev.chainrule.processor.testing.TensorFiles.Part;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With {@code standalone = true} one class file is all that is needed, and computes the same bits. */
class StandaloneTest {
    private static final double[] PARAMETERS =
            new Random(61).doubles(2000, -2, 2).toArray();

    private static Compiled compiled;
    private static Compiled inFloat;

    /** Every activation at the output and within, written out and as loops. */
    static Stream<Topology> topologies() {
        Stream<Topology> activations = Stream.of(Activation.values())
                .map(activation -> Topologies.of(
                        "Of" + activation,
                        "3-4-2",
                        activation == Activation.SOFTMAX ? Activation.TANH : activation,
                        activation,
                        Loss.HUBER,
                        activation.ordinal() % 2 == 0 ? Unroll.FULL : Unroll.NONE));
        return Stream.concat(
                activations,
                Stream.of(
                        Topologies.of(
                                "Most", "8-20-9-1", Activation.GELU_TANH, Activation.SOFTPLUS, Loss.HUBER, Unroll.AUTO),
                        Topologies.of("Both", "2-3-2", Activation.SILU, Activation.SOFTMAX, Loss.HUBER, Unroll.AUTO)));
    }

    static PlainNetwork plain(Topology topology) {
        return new PlainNetwork(topology, Arrays.copyOf(PARAMETERS, topology.parameters()));
    }

    @BeforeAll
    static void compile(@TempDir Path folder) {
        List<PlainNetwork> networks = topologies().map(StandaloneTest::plain).toList();
        compiled = Compiled.frozenOnly(new NetworkProcessor(), networks, folder, ", standalone = true");
        inFloat = Compiled.frozenOnly(
                new NetworkProcessor(), networks, folder, ", standalone = true" + FloatNetworksTest.FLOAT);
    }

    @Test
    void isTheSameInEveryLocale(@TempDir Path folder) {
        PlainNetwork network =
                plain(Topologies.of("Word", "2-3-1", Activation.TANH, Activation.SOFTPLUS, Loss.HUBER, Unroll.AUTO));
        String name = network.declared().frozenName();
        Locale before = Locale.getDefault();
        String expected = source(network, name, folder);
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(source(network, name, folder)).isEqualTo(expected);
        } finally {
            Locale.setDefault(before);
        }
    }

    private static String source(PlainNetwork network, String name, Path folder) {
        return Compiled.frozenOnly(new NetworkProcessor(), List.of(network), folder, ", standalone = true")
                .source(name);
    }

    /** A class loader that has the JDK and this one class file. */
    static FrozenNetwork alone(String name, byte[] classFile) throws ClassNotFoundException {
        ClassLoader loader = new ClassLoader(ClassLoader.getPlatformClassLoader()) {
            @Override
            protected Class<?> findClass(String wanted) throws ClassNotFoundException {
                if (!wanted.equals(name)) {
                    throw new ClassNotFoundException(wanted);
                }
                return defineClass(name, classFile, 0, classFile.length);
            }
        };
        return new FrozenNetwork(loader.loadClass(name));
    }

    @ParameterizedTest
    @MethodSource("topologies")
    void theClassFileAloneHasTheBitsOfPlainLoops(Topology topology) throws Exception {
        FrozenNetwork frozen = alone(topology.frozenName(), compiled.bytes(topology.frozenName()));
        Random random = new Random(62);
        for (double scale : new double[] {1e-9, 0.1, 1, 10, 1000}) {
            double[] input = random.doubles(topology.inputs(), -scale, scale).toArray();
            double[] expected = new double[topology.outputs()];
            double[] output = new double[topology.outputs()];
            plain(topology).forward(input, expected);
            frozen.forward(input, output);
            assertSameBits("output", output, expected);
            if (frozen.canPredict()) {
                assertSameBits("predict", frozen.predict(input), expected[0]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("topologies")
    void theClassFileAloneHasTheBitsOfPlainLoopsInFloat(Topology topology) throws Exception {
        FrozenNetwork frozen = alone(topology.frozenName(), inFloat.bytes(topology.frozenName()));
        Random random = new Random(63);
        for (double scale : new double[] {1e-9, 0.1, 1, 10, 1000}) {
            float[] input =
                    rounded(random.doubles(topology.inputs(), -scale, scale).toArray());
            float[] output = new float[topology.outputs()];
            frozen.forward(input, output);
            assertSameBits("output", widened(output), widened(PlainFloatNetwork.forward(plain(topology), input)));
        }
    }

    @ParameterizedTest
    @MethodSource("topologies")
    void theCodeMeetsTheBar(Topology topology) throws Exception {
        meetsTheBar(compiled, topology);
        meetsTheBar(inFloat, topology);
        assertThat(inFloat.source(topology.frozenName())).doesNotContainIgnoringCase("double");
    }

    static void meetsTheBar(Compiled compiled, Topology topology) throws Exception {
        String source = compiled.source(topology.frozenName());
        assertFormatted(source);
        assertThat(source.lines())
                .filteredOn(
                        line -> !line.strip().startsWith("*") && !line.strip().startsWith("/**"))
                .allMatch(line -> line.length() <= 120);
        assertThat(source).doesNotContain("dev.chainrule.runtime");

        byte[] classFile = compiled.bytes(topology.frozenName());
        assertThat(ClassFiles.calls(classFile)).noneMatch(call -> call.startsWith("dev/chainrule"));
        assertThat(ClassFiles.codeBytes(classFile))
                .allSatisfy((method, bytes) -> assertThat(bytes).as(method).isLessThanOrEqualTo(7000));
    }

    /** Neither the runtime nor, at run time, the annotations; and no class for vectors, were they asked for. */
    @Test
    void nothingElseIsNeeded(@TempDir Path folder) throws Exception {
        TensorFiles.write(
                folder.resolve("w"), Part.counting("0.weight", "F32", 20, 2), Part.counting("0.bias", "F32", 20));
        Compilation compilation = UserCode.javac()
                .withClasspath(List.of(UserCode.ANNOTATIONS))
                .withOptions("-Xlint:all", "-Werror", "-Achainrule.resources=" + folder, "-Achainrule.vector=true")
                .compile(UserCode.source(
                        "nets.Alone",
                        "@Network(inputs = 2, layers = @Layer(units = 20, activation = Activation.TANH), weights = \"w\","
                                + " standalone = true) class Alone {}"));
        assertThat(compilation.diagnostics()).isEmpty();
        assertThat(UserCode.classes(compilation)).containsOnlyKeys("nets.Alone", "nets.AloneFrozen");
    }
}
