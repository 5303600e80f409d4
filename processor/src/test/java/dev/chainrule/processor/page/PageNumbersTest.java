package dev.chainrule.processor.page;

import dev.chainrule.annotations.Loss;
import dev.chainrule.processor.NetworkProcessor;
import dev.chainrule.processor.testing.ActivationTruth;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.LossTruth;
import dev.chainrule.processor.testing.Sweep;
import dev.chainrule.processor.testing.Topology;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The arithmetic of pages against 50 digits, over all that a double can be. */
@Tag("slow")
@RequiresChromium
class PageNumbersTest {
    /** A browser's functions may err by a few roundings more than ours. */
    private static final double MORE = 4;

    /** As text, for JSON has no infinities: E, the outputs, and the derivatives by the biases, for each record. */
    private static final String COMPUTE = """
            const [numbers, inputs, targets] = arguments;
            p.set(numbers);
            return inputs.map((record, at) => {
              input.set(record.map(Number));
              target.set(targets[at].map(Number));
              compute();
              const units = NETWORK.layers[0].units;
              return [E, ...net.values.a1, ...net.values.gradient.slice(-units)].map(String);
            });""";

    private static Compiled compiled;
    private static Browser browser;

    static Stream<ActivationTruth> activations() {
        return ActivationTruth.all();
    }

    @BeforeAll
    static void start() {
        compiled = Compiled.pagesOf(
                new NetworkProcessor(),
                Stream.concat(
                                activations().map(ActivationTruth::unit),
                                Stream.of(Loss.values()).map(LossTruth::network))
                        .toList());
        browser = Browser.shared();
    }

    @ParameterizedTest
    @MethodSource("activations")
    void activationsAndSlopes(ActivationTruth truth) throws IOException {
        double[] arguments = Sweep.arguments(75, 100);
        List<double[]> inputs =
                Arrays.stream(arguments).mapToObj(z -> new double[] {z}).toList();
        List<double[]> targets = Arrays.stream(arguments)
                .mapToObj(z -> new double[] {Double.NEGATIVE_INFINITY})
                .toList();
        double[][] computed = computed(truth.unit(), ActivationTruth.PARAMETERS, inputs, targets);
        for (int i = 0; i < arguments.length; i++) {
            truth.value(arguments[i]).loosened(MORE).assertIsNear(computed[i][1]);
            truth.slope(arguments[i]).loosened(MORE).assertIsNear(computed[i][2]);
        }
    }

    @ParameterizedTest
    @EnumSource
    void lossesAndDerivatives(Loss loss) throws IOException {
        List<LossTruth> records = LossTruth.sweep(loss, 30);
        double[][] computed = computed(
                LossTruth.network(loss),
                LossTruth.parameters(loss),
                records.stream().map(LossTruth::sums).toList(),
                records.stream().map(LossTruth::targets).toList());
        int units = LossTruth.network(loss).outputs();
        for (int i = 0; i < computed.length; i++) {
            LossTruth truth = records.get(i);
            truth.value(computed[i][0]).loosened(MORE).assertIsNear(computed[i][0]);
            for (int unit = 0; unit < units; unit++) {
                truth.slope(unit).loosened(MORE).assertIsNear(computed[i][1 + units + unit]);
            }
        }
    }

    private static double[][] computed(
            Topology topology, double[] parameters, List<double[]> inputs, List<double[]> targets) throws IOException {
        browser.open(topology.name(), compiled.page(topology.networkName()));
        List<?> records = (List<?>) browser.run(COMPUTE, text(parameters), texts(inputs), texts(targets));
        return records.stream()
                .map(record -> ((List<?>) record)
                        .stream()
                                .mapToDouble(number -> Double.parseDouble(number.toString()))
                                .toArray())
                .toArray(double[][]::new);
    }

    private static List<List<String>> texts(List<double[]> records) {
        return records.stream().map(PageNumbersTest::text).toList();
    }

    private static List<String> text(double[] numbers) {
        return Arrays.stream(numbers).mapToObj(Double::toString).toList();
    }
}
