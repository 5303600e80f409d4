package dev.chainrule.processor;

import static dev.chainrule.processor.testing.Formatting.assertFormatted;
import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.FormatterException;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.FormulaNetwork;
import dev.chainrule.processor.testing.FormulaNetwork.Layer;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Generated sources of the formulas that people use are laid out as the project's formatter lays out ours. */
class FormulaCodeTest {
    private static final List<String> FORMULAS = List.of(
            "z * tanh(softplus(z))",
            "0.5 * z * (1 + erf(z / sqrt(2)))",
            "z * sigmoid(beta * z); beta = 1",
            "max(0, z) + p * min(0, z); p = 0.25",
            "z / (1 + z^2)",
            "sin(z) + 0.1 * z",
            "log1p(exp(-abs(z))) + max(z, 0)",
            "z > 0 ? z : alpha * expm1(z); alpha = 1",
            "exp(-z^2 / (2 * s^2)); s = 1",
            "min(1, max(0, z / 6 + 0.5))",
            "z < -1 ? -1 : z > 1 ? 1 : (3 * z - z^3) / 2");

    private static final List<String> LOSSES = List.of(
            "mean(y > t ? 0.1 * (y - t) : 0.9 * (t - y))",
            "sum(log(1 + (y - t)^2))",
            "mean(abs(y - t) < 0.5 ? (y - t)^2 : abs(y - t) - 0.25)",
            "mean(sqrt(1 + (y - t)^2) - 1)",
            "sqrt(mean((y - t)^2))",
            "-sum(t * (1 - y)^2 * log(y))",
            "sum((y - t)^2) / 2 + 0.01 * sum(abs(y))");

    private static Compiled compiled;

    static Stream<FormulaNetwork> networks() {
        return IntStream.range(0, FORMULAS.size())
                .mapToObj(i -> FormulaNetwork.of(
                        "Used" + i,
                        2,
                        List.of(Layer.of(3, FORMULAS.get(i)), Layer.named(2, "SIGMOID")),
                        LOSSES.get(i % LOSSES.size())))
                .flatMap(network -> Stream.of(network, network.with("Loops", ", unroll = Unroll.NONE")));
    }

    @BeforeAll
    static void compile() {
        compiled = Compiled.ofFormulas(new NetworkProcessor(), networks().toList());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void theFormatterWouldChangeNothing(FormulaNetwork network) throws FormatterException {
        String source = compiled.source(network.declarationName() + "Network");
        assertFormatted(source);
        assertThat(source.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
    }
}
