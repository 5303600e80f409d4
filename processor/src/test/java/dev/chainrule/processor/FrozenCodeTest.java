package dev.chainrule.processor;

import static dev.chainrule.processor.testing.Formatting.assertFormatted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.testing.ClassFiles;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.PlainNetwork;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The code of frozen classes meets the bar of ours, and asks nothing of the platforms that it may be shipped to. */
class FrozenCodeTest {
    private static final int LIMIT = 7000;

    /** All that frozen code calls besides itself, {@code java.lang.Math} and the kernels. */
    private static final Set<String> CALLS = Set.of(
            "java/lang/Object.<init>",
            "java/lang/IllegalArgumentException.<init>",
            "java/lang/invoke/StringConcatFactory.makeConcatWithConstants",
            "java/lang/ThreadLocal.<init>",
            "java/lang/ThreadLocal.get",
            "java/lang/ThreadLocal.set",
            "java/lang/System.arraycopy",
            "java/util/Arrays.fill",
            "java/util/Base64.getMimeDecoder",
            "java/util/Base64$Decoder.decode",
            "java/nio/ByteBuffer.wrap",
            "java/nio/ByteBuffer.hasRemaining",
            "java/nio/ByteBuffer.getDouble",
            "java/nio/ByteBuffer.getFloat");

    private static Compiled compiled;

    static Stream<Topology> topologies() {
        return Stream.of(
                // Arguments and literals
                named("Xor", "2-3-1", Activation.GELU_TANH, Activation.SIGMOID, Unroll.AUTO),
                named("Eight", "8-2-1", Activation.SELU, Activation.SOFTPLUS, Unroll.AUTO),
                // As many literals as one method takes
                named("Largest", "12-14-4", Activation.TANH, Activation.SOFTMAX, Unroll.FULL),
                named("Parts", "300-1", Activation.ELU, Activation.ELU, Unroll.FULL),
                named("Loops", "2-3-1", Activation.SILU, Activation.SOFTSIGN, Unroll.NONE),
                named("Mixed", "60-40-5-2", Activation.RELU, Activation.SOFTMAX, Unroll.AUTO),
                named("Digits", "784-30-10", Activation.SIGMOID, Activation.SIGMOID, Unroll.AUTO),
                named("One", "1-1", Activation.TANH, Activation.LEAKY_RELU, Unroll.AUTO),
                named("Deep", "2" + "-2".repeat(64), Activation.TANH, Activation.TANH, Unroll.NONE),
                named(
                        "ANetworkWhoseNameIsAboutAsLongAsNamesAreInTheCodeOfEnterprises",
                        "2-40-1",
                        Activation.TANH,
                        Activation.TANH,
                        Unroll.AUTO));
    }

    private static Topology named(String name, String sizes, Activation hidden, Activation output, Unroll unroll) {
        return Topologies.of(name, sizes, hidden, output, Loss.HUBER, unroll);
    }

    @BeforeAll
    static void compile(@TempDir Path folder) {
        Random random = new Random(41);
        List<PlainNetwork> networks = topologies()
                .map(topology -> new PlainNetwork(
                        topology,
                        random.doubles(topology.parameters())
                                .map(x -> (x - 0.5) * Math.pow(10, -300 * x))
                                .toArray()))
                .toList();
        compiled = Compiled.frozenOnly(new NetworkProcessor(), networks, folder, "");
    }

    @Test
    void everyFormIsAmongThem() {
        assertThat(compiled.source("nets.LargestFrozen"))
                .doesNotContain("PARAMETERS")
                .doesNotContain("predict");
        assertThat(compiled.source("nets.PartsFrozen")).contains("part1(");
        assertThat(compiled.source("nets.MixedFrozen"))
                .contains("final double w3_")
                .contains("for (int k");
        assertThat(compiled.source("nets.LoopsFrozen")).contains("predict(");
        assertThat(compiled.source("nets.DigitsFrozen").split("decode\\(\\d")).hasSizeGreaterThan(3);
    }

    @ParameterizedTest
    @MethodSource("topologies")
    void theFormatterWouldChangeNothing(Topology topology) throws Exception {
        String source = compiled.source(topology.frozenName());
        assertFormatted(source);
        assertThat(source.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
    }

    @ParameterizedTest
    @MethodSource("topologies")
    void noMethodIsTooLargeToBeCompiled(Topology topology) {
        assertThat(ClassFiles.codeBytes(compiled.bytes(topology.frozenName())))
                .containsKeys("forward", "checkLength")
                .allSatisfy((method, bytes) -> assertThat(bytes).as(method).isLessThanOrEqualTo(LIMIT));
    }

    /** No reflection, no resources, no services, no lambdas: nothing to configure for a native image or to desugar. */
    @ParameterizedTest
    @MethodSource("topologies")
    void nothingIsCalledThatSomePlatformLacks(Topology topology) {
        String self = topology.frozenName().replace('.', '/');
        Set<String> calls = new TreeSet<>(ClassFiles.calls(compiled.bytes(topology.frozenName())));
        assertThat(calls).isNotEmpty();
        calls.removeIf(call -> Stream.of(self, "java/lang/Math", "dev/chainrule/runtime/Kernels")
                .anyMatch(owner -> call.startsWith(owner + ".")));
        assertThat(CALLS).containsAll(calls);
    }

    /** No nested class, which would have a file of its own. */
    @Test
    void thereIsOneClassFileEach() {
        assertThat(compiled.classNames())
                .containsExactlyInAnyOrderElementsOf(topologies()
                        .flatMap(topology -> Stream.of(topology.declarationName(), topology.frozenName()))
                        .toList());
    }
}
