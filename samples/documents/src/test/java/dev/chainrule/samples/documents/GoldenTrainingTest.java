package dev.chainrule.samples.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Layer;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;
import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.training.GradientMethod;
import dev.chainrule.runtime.training.History;
import dev.chainrule.runtime.training.Metrics;
import dev.chainrule.runtime.training.Optimizer;
import dev.chainrule.runtime.training.Optimizers;
import dev.chainrule.runtime.training.Records;
import dev.chainrule.runtime.training.Schedule;
import dev.chainrule.runtime.training.Schedules;
import dev.chainrule.runtime.training.Trainer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The trainer against the golden trainings: the documents' own runs, and PyTorch's optimisers and schedules. */
@EnabledIf(value = "isGoldenThere", disabledReason = "there is no shared/golden beside the checkout")
class GoldenTrainingTest {
    /** The network of the golden optimisers. */
    @Network(
            inputs = 3,
            layers = {@Layer(units = 4, activation = Activation.TANH), @Layer(units = 2, activation = Activation.TANH)},
            loss = Loss.HALF_SUM_OF_SQUARES)
    interface Tanh {}

    static Stream<Arguments> trajectories() throws IOException {
        List<Arguments> cases = new ArrayList<>();
        for (JsonNode run : golden("trajectories.json")) {
            String name = run.get("name").asText();
            if (name.startsWith("identity") || name.startsWith("mlp")) {
                cases.add(Arguments.of(Named.of(name + " by backpropagation", run), GradientMethod.backpropagation()));
                cases.add(Arguments.of(Named.of(name + " by full gradient", run), GradientMethod.fullGradient()));
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("trajectories")
    void documentsRun(JsonNode run, GradientMethod method) {
        double[] parameters = numbers(run.get("initialParameters"));
        TrainableNetwork network = run.get("name").asText().startsWith("mlp")
                ? new MlpNetwork(parameters)
                : new IdentityNetwork(parameters);
        History history = Trainer.builder()
                .gradient(method)
                .summed()
                .optimizer(Optimizers.gradientDescent(run.get("learningRate").asDouble()))
                .epochs(run.get("epochs").asInt())
                .build()
                .train(network, Records.copyOf(rows(run.get("inputs")), rows(run.get("targets"))));

        for (JsonNode error : run.get("errorBeforeEpoch")) {
            int epoch = error.get(0).asInt();
            assertThat(history.loss(epoch))
                    .as("error before epoch %d", epoch)
                    .isCloseTo(error.get(1).asDouble(), within(1e-9));
        }
        assertThat(parameters).containsExactly(numbers(run.get("finalParameters")), within(1e-9));
    }

    static Stream<Arguments> admissions() throws IOException {
        List<Arguments> cases = new ArrayList<>();
        for (JsonNode run : golden("trajectories.json")) {
            if (run.get("name").asText().startsWith("admissions")) {
                cases.add(Arguments.of(Named.of(run.get("name").asText(), run)));
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("admissions")
    void admissionsRun(JsonNode run) throws IOException {
        String data = SharedFiles.find("data/admissions.csv").orElseThrow().toString();
        Records records = Admissions.standardised(new AdmissionsFile(data).read());
        Records train = records.select(integers(run.get("trainRows")));
        Records test = records.select(integers(run.get("testRows")));
        double[] parameters = numbers(run.get("initialParameters"));
        String name = run.get("name").asText();
        TrainableNetwork network = name.contains("6-2-1")
                ? new Perceptrons_Hidden2Network(parameters)
                : new Admissions_UnitNetwork(parameters);
        History history = Trainer.builder()
                .batchSize(name.endsWith("sgd") ? 1 : train.count())
                .optimizer(Optimizers.gradientDescent(run.get("learningRate").asDouble()))
                .epochs(run.get("epochs").asInt())
                .build()
                .train(network, train);

        for (JsonNode error : run.get("errorBeforeEpoch")) {
            int epoch = error.get(0).asInt();
            double sum = history.loss(epoch) * train.count();
            assertThat(sum)
                    .as("error of epoch %d", epoch)
                    .isCloseTo(error.get(1).asDouble(), within(1e-9));
        }
        assertThat(parameters).containsExactly(numbers(run.get("finalParameters")), within(1e-9));
        assertThat(Metrics.of(network, train).meanSquaredError())
                .isCloseTo(run.get("finalTrainMse").asDouble(), within(1e-9));
        assertThat(Metrics.of(network, test).accuracy())
                .isEqualTo(run.get("finalTestAccuracy").asDouble());
    }

    static Stream<Arguments> optimizers() throws IOException {
        JsonNode golden = golden("optimizers.json");
        List<Arguments> cases = new ArrayList<>();
        for (JsonNode optimizer : golden.get("optimizers")) {
            cases.add(Arguments.of(Named.of(optimizer.get("name").asText(), optimizer), golden));
        }
        for (JsonNode schedule : golden.get("schedules")) {
            cases.add(Arguments.of(Named.of("schedule " + schedule.get("name").asText(), schedule), golden));
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void pyTorchsSteps(JsonNode run, JsonNode golden) {
        double[] parameters = numbers(golden.get("initialParameters"));
        TrainableNetwork network = new GoldenTrainingTest_TanhNetwork(parameters);
        JsonNode settings = run.get("settings");
        List<double[]> after = new ArrayList<>();
        History history = Trainer.builder()
                .optimizer(optimizer(run))
                .schedule(schedule(run))
                .l2(settings.path("l2").asDouble(0))
                .epochs(100)
                .listener(training -> after.add(network.parameters().clone()))
                .build()
                .train(network, Records.copyOf(rows(golden.get("inputs")), rows(golden.get("targets"))));

        run.path("rateAtStep")
                .properties()
                .forEach(rate -> assertThat(history.rate(Integer.parseInt(rate.getKey()) - 1))
                        .as("rate at step %s", rate.getKey())
                        .isCloseTo(rate.getValue().asDouble(), within(1e-10)));
        List<Integer> steps = new ArrayList<>();
        for (JsonNode state : run.get("after")) {
            int step = state.get("step").asInt();
            steps.add(step);
            double loss = state.get("lossBeforeStep").asDouble();
            assertThat(history.loss(step - 1)).as("loss before step %d", step).isCloseTo(loss, within(1e-10 * loss));
            double[] expected = numbers(state.get("parameters"));
            for (int i = 0; i < expected.length; i++) {
                assertThat(after.get(step - 1)[i])
                        .as("%s after step %d", network.description().layout().name(i), step)
                        .isCloseTo(expected[i], within(1e-10 * Math.abs(expected[i])));
            }
        }
        assertThat(steps).contains(1, 2, 10, 100);
    }

    private static Optimizer optimizer(JsonNode run) {
        JsonNode s = run.get("settings");
        double rate = run.has("learningRate")
                ? run.get("learningRate").asDouble()
                : s.get("learningRate").asDouble();
        return switch (run.has("optimizer")
                ? run.get("optimizer").asText()
                : run.get("name").asText()) {
            case "sgd", "sgd+l2" -> Optimizers.gradientDescent(rate);
            case "momentum" -> Optimizers.momentum(rate, s.get("momentum").asDouble());
            case "nesterov" -> Optimizers.nesterov(rate, s.get("momentum").asDouble());
            case "adagrad" -> Optimizers.adaGrad(rate, s.get("epsilon").asDouble());
            case "adadelta" ->
                Optimizers.adaDelta(
                        rate, s.get("rho").asDouble(), s.get("epsilon").asDouble());
            case "rmsprop" ->
                Optimizers.rmsProp(
                        rate, s.get("decay").asDouble(), s.get("epsilon").asDouble());
            case "adam" ->
                Optimizers.adam(
                        rate,
                        s.get("beta1").asDouble(),
                        s.get("beta2").asDouble(),
                        s.get("epsilon").asDouble());
            case "amsgrad" ->
                Optimizers.amsGrad(
                        rate,
                        s.get("beta1").asDouble(),
                        s.get("beta2").asDouble(),
                        s.get("epsilon").asDouble());
            case "adamw" ->
                Optimizers.adamW(
                        rate,
                        s.get("beta1").asDouble(),
                        s.get("beta2").asDouble(),
                        s.get("epsilon").asDouble(),
                        s.get("weightDecay").asDouble());
            case "nadam" ->
                Optimizers.nAdam(
                        rate,
                        s.get("beta1").asDouble(),
                        s.get("beta2").asDouble(),
                        s.get("epsilon").asDouble(),
                        s.get("momentumDecay").asDouble());
            case "rprop" ->
                Optimizers.rprop(
                        rate,
                        s.get("etaMinus").asDouble(),
                        s.get("etaPlus").asDouble(),
                        s.get("stepMin").asDouble(),
                        s.get("stepMax").asDouble());
            default -> throw new IllegalArgumentException(run.get("name").asText());
        };
    }

    private static Schedule schedule(JsonNode run) {
        JsonNode s = run.get("settings");
        return switch (run.get("name").asText()) {
            case "step" ->
                Schedules.step(s.get("every").asInt(), s.get("factor").asDouble());
            case "exponential" -> Schedules.exponential(s.get("factor").asDouble());
            case "cosine" ->
                Schedules.cosine(s.get("period").asInt(), s.get("minimum").asDouble());
            case "inverse-time" -> Schedules.inverseTime(s.get("decay").asDouble());
            default -> Schedules.constant();
        };
    }

    private static JsonNode golden(String name) throws IOException {
        return new ObjectMapper()
                .readTree(SharedFiles.find("golden/" + name).orElseThrow().toFile());
    }

    static boolean isGoldenThere() {
        return SharedFiles.find("golden").isPresent();
    }

    private static int[] integers(JsonNode array) {
        return IntStream.range(0, array.size()).map(i -> array.get(i).asInt()).toArray();
    }

    private static double[] numbers(JsonNode array) {
        return IntStream.range(0, array.size())
                .mapToDouble(i -> array.get(i).asDouble())
                .toArray();
    }

    private static double[][] rows(JsonNode array) {
        double[][] rows = new double[array.size()][];
        Arrays.setAll(rows, i -> numbers(array.get(i)));
        return rows;
    }
}
