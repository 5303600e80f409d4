package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chainrule.runtime.ParameterLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.assertj.core.api.Assertions;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIf;

/** 100 steps of every optimiser and every schedule beside those that PyTorch made, on a 3-4-2 tanh network. */
@EnabledIf(value = "isThere", disabledReason = "there is no shared/golden/optimizers.json beside the checkout")
class OptimizersGoldenTest {
    private static final double TOLERANCE = 1e-10;

    private JsonNode golden;

    static boolean isThere() {
        return find() != null;
    }

    @BeforeEach
    void read() throws IOException {
        golden = new ObjectMapper().readTree(find().toFile());
    }

    private static Path find() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path file = folder.resolve("shared/golden/optimizers.json");
            if (Files.exists(file)) {
                return file;
            }
        }
        return null;
    }

    @TestFactory
    List<DynamicTest> optimizersAgree() {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode expected : golden.get("optimizers")) {
            String name = expected.get("name").textValue();
            JsonNode settings = expected.get("settings");
            tests.add(DynamicTest.dynamicTest(
                    name,
                    () -> checkTraining(
                            optimizer(name, settings),
                            Schedules.constant(),
                            settings.path("l2").asDouble(0),
                            expected.get("after"))));
        }
        assertThat(tests).hasSize(12);
        return tests;
    }

    @TestFactory
    List<DynamicTest> schedulesAgree() {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode expected : golden.get("schedules")) {
            String name = expected.get("name").textValue();
            assertThat(expected.get("optimizer").textValue()).isEqualTo("sgd");
            double learningRate = expected.get("learningRate").doubleValue();
            Schedule schedule = schedule(name, expected.get("settings"));
            tests.add(DynamicTest.dynamicTest(name, () -> {
                expected.get("rateAtStep")
                        .properties()
                        .forEach(rate -> assertThat(schedule.rate(learningRate, Long.parseLong(rate.getKey())))
                                .isCloseTo(rate.getValue().doubleValue(), within(rate.getValue())));
                checkTraining(Optimizers.gradientDescent(learningRate), schedule, 0, expected.get("after"));
            }));
        }
        assertThat(tests).hasSize(5);
        return tests;
    }

    private static Optimizer optimizer(String name, JsonNode settings) {
        double rate = settings.get("learningRate").doubleValue();
        return switch (name) {
            case "sgd", "sgd+l2" -> Optimizers.gradientDescent(rate);
            case "momentum" -> Optimizers.momentum(rate, number(settings, "momentum"));
            case "nesterov" -> Optimizers.nesterov(rate, number(settings, "momentum"));
            case "adagrad" -> Optimizers.adaGrad(rate, number(settings, "epsilon"));
            case "adadelta" -> Optimizers.adaDelta(rate, number(settings, "rho"), number(settings, "epsilon"));
            case "rmsprop" -> Optimizers.rmsProp(rate, number(settings, "decay"), number(settings, "epsilon"));
            case "adam" ->
                Optimizers.adam(
                        rate, number(settings, "beta1"), number(settings, "beta2"), number(settings, "epsilon"));
            case "amsgrad" ->
                Optimizers.amsGrad(
                        rate, number(settings, "beta1"), number(settings, "beta2"), number(settings, "epsilon"));
            case "adamw" ->
                Optimizers.adamW(
                        rate,
                        number(settings, "beta1"),
                        number(settings, "beta2"),
                        number(settings, "epsilon"),
                        number(settings, "weightDecay"));
            case "nadam" ->
                Optimizers.nAdam(
                        rate,
                        number(settings, "beta1"),
                        number(settings, "beta2"),
                        number(settings, "epsilon"),
                        number(settings, "momentumDecay"));
            case "rprop" ->
                Optimizers.rprop(
                        rate,
                        number(settings, "etaMinus"),
                        number(settings, "etaPlus"),
                        number(settings, "stepMin"),
                        number(settings, "stepMax"));
            default -> throw new AssertionError(name);
        };
    }

    private static Schedule schedule(String name, JsonNode settings) {
        return switch (name) {
            case "constant" -> Schedules.constant();
            case "step" -> Schedules.step(settings.get("every").longValue(), number(settings, "factor"));
            case "exponential" -> Schedules.exponential(number(settings, "factor"));
            case "cosine" -> Schedules.cosine(settings.get("period").longValue(), number(settings, "minimum"));
            case "inverse-time" -> Schedules.inverseTime(number(settings, "decay"));
            default -> throw new AssertionError(name);
        };
    }

    private static double number(JsonNode settings, String name) {
        return settings.get(name).doubleValue();
    }

    private void checkTraining(Optimizer optimizer, Schedule schedule, double l2, JsonNode expectedAfter) {
        ParameterLayout layout = ParameterLayout.of(3, new int[] {4, 2}, new boolean[] {true, true});
        double[] parameters = numbers(golden.get("initialParameters"));
        TanhNetwork network = new TanhNetwork(layout, parameters);
        OptimizerState state = optimizer.start(parameters.length);
        double[] gradient = new double[parameters.length];
        int step = 0;
        double worst = 0;
        for (JsonNode expected : expectedAfter) {
            double loss = Double.NaN;
            while (step < expected.get("step").intValue()) {
                step++;
                loss = gradient(network, l2, gradient);
                state.step(parameters, gradient, schedule.rate(optimizer.learningRate(), step));
            }
            double[] expectedParameters = numbers(expected.get("parameters"));
            for (int i = 0; i < parameters.length; i++) {
                worst = Math.max(worst, Math.abs(parameters[i] / expectedParameters[i] - 1));
            }
            worst = Math.max(
                    worst, Math.abs(loss / expected.get("lossBeforeStep").doubleValue() - 1));
            assertThat(worst).as("largest relative difference, step %s", step).isLessThan(TOLERANCE);
        }
        assertThat(step).isEqualTo(100);
    }

    /** The mean of the errors; overwrites {@code gradient} with the gradient of this and of the L2 term. */
    private double gradient(TanhNetwork network, double l2, double[] gradient) {
        JsonNode inputs = golden.get("inputs");
        Arrays.fill(gradient, 0);
        double sum = 0;
        for (int record = 0; record < inputs.size(); record++) {
            sum += network.backprop(
                    numbers(inputs.get(record)), numbers(golden.get("targets").get(record)), gradient);
        }
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = gradient[i] / inputs.size() + l2 * network.parameters()[i];
        }
        return sum / inputs.size();
    }

    private static Offset<Double> within(JsonNode value) {
        return Assertions.within(TOLERANCE * value.doubleValue());
    }

    private static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::doubleValue)
                .toArray();
    }
}
