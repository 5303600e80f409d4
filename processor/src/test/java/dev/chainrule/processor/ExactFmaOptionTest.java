package dev.chainrule.processor;

import static dev.chainrule.processor.testing.Formatting.assertFormatted;
import static dev.chainrule.processor.testing.PlainFloatNetwork.rounded;
import static dev.chainrule.processor.testing.PlainFloatNetwork.widened;
import static dev.chainrule.processor.testing.Vectors.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.testing.compile.Compilation;
import dev.chainrule.processor.testing.ClassFiles;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.FrozenNetwork;
import dev.chainrule.processor.testing.PlainFloatNetwork;
import dev.chainrule.processor.testing.PlainNetwork;
import dev.chainrule.processor.testing.RandomNetwork;
import dev.chainrule.processor.testing.Topology;
import dev.chainrule.runtime.TrainableNetwork;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** With {@code -Achainrule.fma=exact} no class calls Math.fma, and all compute the same bits. */
class ExactFmaOptionTest {
    private static final String EXACT = "-Achainrule.fma=exact";

    /** More than a block. */
    private static final int RECORDS = 70;

    private static Compiled compiled;
    private static Compiled inFloat;

    static Stream<Topology> topologies() {
        return StandaloneTest.topologies();
    }

    @BeforeAll
    static void compile(@TempDir Path folder) {
        List<PlainNetwork> networks = topologies().map(StandaloneTest::plain).toList();
        compiled = Compiled.frozenOnly(new NetworkProcessor(), networks, folder, "", EXACT);
        inFloat = Compiled.frozenOnly(new NetworkProcessor(), networks, folder, FloatNetworksTest.FLOAT, EXACT);
    }

    @ParameterizedTest
    @MethodSource("topologies")
    void frozenClassesNeedNothingElse(Topology topology) throws Exception {
        FrozenNetwork frozen = StandaloneTest.alone(topology.frozenName(), compiled.bytes(topology.frozenName()));
        FrozenNetwork floats = StandaloneTest.alone(topology.frozenName(), inFloat.bytes(topology.frozenName()));
        PlainNetwork plain = StandaloneTest.plain(topology);
        Random random = new Random(64);
        for (double scale : new double[] {1e-300, 1e-9, 0.1, 1, 10, 1000, 1e300}) {
            double[] input = random.doubles(topology.inputs(), -scale, scale).toArray();
            double[] expected = new double[topology.outputs()];
            double[] output = new double[topology.outputs()];
            plain.forward(input, expected);
            frozen.forward(input, output);
            assertSameBits(topology + ", output", output, expected);

            float[] floatOutput = new float[topology.outputs()];
            floats.forward(rounded(input), floatOutput);
            assertSameBits(
                    topology + ", output in float",
                    widened(floatOutput),
                    widened(PlainFloatNetwork.forward(plain, rounded(input))));
        }
    }

    @ParameterizedTest
    @MethodSource("topologies")
    void theCodeOfFrozenClassesMeetsTheBar(Topology topology) throws Exception {
        for (Compiled classes : List.of(compiled, inFloat)) {
            StandaloneTest.meetsTheBar(classes, topology);
            assertThat(ClassFiles.calls(classes.bytes(topology.frozenName()))).doesNotContain("java/lang/Math.fma");
        }
    }

    @Test
    void trainableClassesHaveTheSameBits() throws Exception {
        List<RandomNetwork> randoms =
                LongStream.range(500, 510).mapToObj(RandomNetwork::of).toList();
        List<Topology> topologies =
                randoms.stream().map(RandomNetwork::topology).toList();
        Compiled plain = Compiled.of(new NetworkProcessor(), topologies);
        Compiled exact = Compiled.of(new NetworkProcessor(), topologies, Topology::declaration, EXACT);
        for (RandomNetwork random : randoms) {
            Topology topology = random.topology();
            assertThat(ClassFiles.calls(plain.bytes(topology.networkName()))).contains("java/lang/Math.fma");
            for (String name : List.of(topology.networkName(), topology.networkName() + "Blocks")) {
                assertThat(ClassFiles.calls(exact.bytes(name)))
                        .doesNotContain("java/lang/Math.fma")
                        .noneMatch(call -> call.contains("Kernels"));
                assertFormatted(exact.source(name));
            }
            RandomNetwork many = random.withRecords(RECORDS);
            assertSameBits(
                    random.toString(),
                    numbers(exact.instance(topology, random.parameters()), many),
                    numbers(plain.instance(topology, random.parameters()), many));
        }
    }

    /** The error of many records, and the gradient. */
    private static double[] numbers(TrainableNetwork network, RandomNetwork records) {
        double[] gradient = new double[network.parameters().length];
        double error = network.backprop(records.inputs(), records.targets(), 0, RECORDS, gradient);
        return DoubleStream.concat(DoubleStream.of(error), Arrays.stream(gradient))
                .toArray();
    }

    @Test
    void pagesShowTheClass() throws Exception {
        Compilation compilation = UserCode.javac()
                .withOptions("-Xlint:all", "-Werror", EXACT)
                .compile(UserCode.source("nets.Shown", UserCode.NETWORK + " final class Shown {}"));
        assertThat(compilation.diagnostics()).isEmpty();
        assertThat(compilation.generatedFiles().stream()
                        .filter(file -> file.getName().endsWith("ShownNetwork.html"))
                        .map(UserCode::text))
                .singleElement()
                .asString()
                .contains("private static double fma(");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "-Achainrule.fma=own; '[FmaOption] -Achainrule.fma=own is neither math, for Math.fma, nor exact, for an fma of each class''s own.'",
                "-Achainrule.fma=EXACT; '[FmaOption] -Achainrule.fma=EXACT is neither math, for Math.fma, nor exact, for an fma of each class''s own.'",
                "-Achainrule.fma=exact -Achainrule.vector=true; '[FmaOption] -Achainrule.fma=exact is for where there is no"
                        + " fast Math.fma, and vector instructions need one; leave out -Achainrule.vector=true, or this.'"
            })
    void otherValuesAreErrors(String options, String message) {
        Compilation compilation = UserCode.javac()
                .withOptions((Object[]) options.split(" "))
                .compile(UserCode.source("nets.Wrong", UserCode.NETWORK + " final class Wrong {}"));
        assertThat(compilation.errors())
                .extracting(error -> error.getMessage(null), Diagnostic::getLineNumber)
                .containsExactly(tuple(message, 2L));
    }

    @Test
    void mathIsWhatThereIsWithout() throws Exception {
        Compilation compilation = UserCode.javac()
                .withOptions("-Xlint:all", "-Werror", "-Achainrule.fma=math")
                .compile(UserCode.source("nets.Plain", UserCode.NETWORK + " final class Plain {}"));
        assertThat(ClassFiles.calls(UserCode.classes(compilation).get("nets.PlainNetwork")))
                .contains("java/lang/Math.fma");
    }
}
