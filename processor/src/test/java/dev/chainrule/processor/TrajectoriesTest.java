package dev.chainrule.processor;

import static dev.chainrule.processor.testing.Vectors.assertWithin;

import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.Golden;
import dev.chainrule.processor.testing.Golden.Trajectory;
import dev.chainrule.processor.testing.RequiresGolden;
import dev.chainrule.runtime.FullGradientNetwork;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents' identity runs: gradient descent on the sum of all records' gradients, by both analytic gradients. */
@RequiresGolden
class TrajectoriesTest {
    private static List<Trajectory> runs;
    private static Compiled compiled;

    /** The error of all records, its gradient added to the array. */
    private interface ErrorAndGradient {
        double add(double[] gradient);
    }

    @BeforeAll
    static void compile() {
        runs = Golden.identityRuns();
        compiled = Compiled.of(new NetworkProcessor(), List.of(Golden.identity()));
    }

    static List<Trajectory> runs() {
        return runs;
    }

    @ParameterizedTest
    @MethodSource("runs")
    void byBackpropagation(Trajectory run) {
        double[] parameters = run.initialParameters().clone();
        FullGradientNetwork network = network(parameters);
        double[] inputs = flat(run.inputs());
        double[] targets = flat(run.targets());
        descend(run, parameters, gradient -> network.backprop(inputs, targets, 0, run.inputs().length, gradient));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void byFullGradient(Trajectory run) {
        double[] parameters = run.initialParameters().clone();
        FullGradientNetwork network = network(parameters);
        descend(run, parameters, gradient -> {
            double error = 0;
            for (int record = 0; record < run.inputs().length; record++) {
                error += network.fullGradient(run.inputs()[record], run.targets()[record], gradient);
            }
            return error;
        });
    }

    private static void descend(Trajectory run, double[] parameters, ErrorAndGradient method) {
        Map<Integer, Double> expectedErrors = new HashMap<>();
        for (double[] epochAndError : run.errorBeforeEpoch()) {
            expectedErrors.put((int) epochAndError[0], epochAndError[1]);
        }
        double[] gradient = new double[parameters.length];
        for (int epoch = 0; epoch < run.epochs(); epoch++) {
            Arrays.fill(gradient, 0);
            double error = method.add(gradient);
            if (expectedErrors.containsKey(epoch)) {
                assertWithin("error before epoch " + epoch, error, expectedErrors.remove(epoch), 1e-9);
            }
            for (int i = 0; i < parameters.length; i++) {
                parameters[i] -= run.learningRate() * gradient[i];
            }
        }
        assertWithin("final parameters", parameters, run.finalParameters(), 1e-9);
    }

    private static FullGradientNetwork network(double[] parameters) {
        return (FullGradientNetwork) compiled.instance(Golden.identity(), parameters);
    }

    private static double[] flat(double[][] records) {
        return Arrays.stream(records).flatMapToDouble(Arrays::stream).toArray();
    }
}
