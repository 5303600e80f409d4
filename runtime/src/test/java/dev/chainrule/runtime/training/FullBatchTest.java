package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.chainrule.runtime.training.Curve.Model;
import dev.chainrule.runtime.training.LevenbergMarquardt.Damping;
import dev.chainrule.runtime.training.Training.End;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for both methods that see all records at once. */
class FullBatchTest {
    private static final int COUNT = 150;
    private static final double[] X = new Random(1).doubles(COUNT, -3, 3).toArray();
    private static final Records SINE = records(StrictMath::sin);

    @TempDir
    Path directory;

    private static Records records(DoubleUnaryOperator function) {
        double[] y = new double[COUNT];
        for (int i = 0; i < COUNT; i++) {
            y[i] = function.applyAsDouble(X[i]);
        }
        return Records.wrap(X, 1, y, 1);
    }

    static Stream<FullBatchMethod> methods() {
        return Stream.of(
                LevenbergMarquardt.forCurves(),
                new LevenbergMarquardt(1, Damping.IDENTITY, 0),
                new Lbfgs(),
                new Lbfgs(3, 0));
    }

    private static SmallMlp network() {
        return new SmallMlp(1, 10, 1, "HALF_SUM_OF_SQUARES", 7);
    }

    private static Trainer.Builder trainer(FullBatchMethod method, int epochs) {
        return Trainer.builder().fullBatch(method).epochs(epochs);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void lossNeverRises(FullBatchMethod method) {
        History history = trainer(method, 60).build().train(network(), SINE);
        for (int epoch = 1; epoch < history.epochs(); epoch++) {
            assertThat(history.loss(epoch)).as("epoch %d", epoch).isLessThanOrEqualTo(history.loss(epoch - 1));
        }
        assertThat(history.loss(history.epochs() - 1)).isLessThan(history.loss(0) / 50);
    }

    @Test
    void levenbergMarquardtLearnsTheSine() {
        History history = trainer(LevenbergMarquardt.forNetworks(), 200).build().train(network(), SINE);
        assertThat(history.loss(history.epochs() - 1)).isLessThan(1e-8);
    }

    /** The strong conditions of Wolfe hold between one step and the next, by the gradients there. */
    @Test
    void lbfgsStepsSatisfyTheConditionsOfWolfe() {
        SmallMlp network = network();
        int n = network.parameters().length;
        double[] before = network.parameters().clone();
        double[] gradientBefore = new double[n];
        double[] lossBefore = {network.backprop(X, SINE.targets(), 0, COUNT, gradientBefore)};
        int[] steps = new int[1];
        trainer(new Lbfgs(), 100)
                .summed()
                .listener(training -> {
                    double[] gradient = new double[n];
                    double loss = network.backprop(X, SINE.targets(), 0, COUNT, gradient);
                    double slopeBefore = 0;
                    double slope = 0;
                    for (int i = 0; i < n; i++) {
                        double change = network.parameters()[i] - before[i];
                        slopeBefore += gradientBefore[i] * change;
                        slope += gradient[i] * change;
                    }
                    steps[0]++;
                    assertThat(slopeBefore).as("step %d", steps[0]).isNegative();
                    assertThat(loss).isLessThanOrEqualTo(lossBefore[0] + 1e-4 * slopeBefore + 1e-13);
                    assertThat(Math.abs(slope)).isLessThanOrEqualTo(-0.9 * slopeBefore + 1e-13);
                    System.arraycopy(network.parameters(), 0, before, 0, n);
                    System.arraycopy(gradient, 0, gradientBefore, 0, n);
                    lossBefore[0] = loss;
                })
                .build()
                .train(network, SINE);
        assertThat(steps[0]).isEqualTo(100);
    }

    /** Of a quadratic function whose curvatures differ by a factor of a thousand. */
    @Test
    void lbfgsNeedsFewStepsForWhatTakesDescentThousands() {
        Model stretched = (x, b) -> b[0].times(x[0]).plus(b[1].times(30 * x[1])).plus(b[2].times(x[0] * x[1]));
        double[] inputs = new Random(5).doubles(200, -1, 1).toArray();
        double[] targets = new Random(6).doubles(100, -1, 1).toArray();
        Curve curve = new Curve(2, stretched, "SUM_OF_SQUARES", new double[] {1, 1, 1});
        Records records = Records.wrap(inputs, 2, targets, 1);
        Training training = trainer(new Lbfgs(), 100).build().on(curve, records);
        assertThat(training.run().epochs()).isLessThan(40);
        Curve expected = new Curve(2, stretched, "SUM_OF_SQUARES", new double[3]);
        trainer(LevenbergMarquardt.forCurves(), 100).build().train(expected, records);
        for (int i = 0; i < 3; i++) {
            assertThat(curve.parameters()[i]).isCloseTo(expected.parameters()[i], within(1e-6));
        }
    }

    /** The bits are the same on every JVM, which only such numbers can tell: made by JDK 17. */
    @Test
    void sameBitsEverywhere() {
        int[] hashes = methods()
                .mapToInt(method -> {
                    SmallMlp network = network();
                    trainer(method, 25).threads(2).l2(1e-5).build().train(network, SINE);
                    return Arrays.hashCode(network.parameters());
                })
                .toArray();
        assertThat(hashes).containsExactly(865561354, 2116916267, 1013474892, 1287704593);
    }

    /** Of a loss that is linear in its residuals, the minimum is where the gradient is 0. */
    @ParameterizedTest
    @MethodSource("methods")
    void endsAtTheMinimum(FullBatchMethod method) {
        Model parabola = (x, b) -> b[0].plus(b[1].times(x[0])).plus(b[2].times(100 * x[0] * x[0]));
        Curve curve = new Curve(1, parabola, "SUM_OF_SQUARES", new double[3]);
        Training training = trainer(method, 200).build().on(curve, records(StrictMath::exp));
        History history = training.run();
        assertThat(training.end()).isEqualTo(End.CONVERGED);
        assertThat(history.epochs()).isLessThan(60);
        double[] gradient = new double[3];
        curve.backprop(X, records(StrictMath::exp).targets(), 0, COUNT, gradient);
        assertThat(gradient[0]).isCloseTo(0, within(1e-4));
        assertThat(gradient[2] / 100).isCloseTo(0, within(1e-4));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void threadsAndMachinesChangeNoBit(FullBatchMethod method) {
        double[] weights = new Random(4).doubles(COUNT).toArray();
        SmallMlp expected = network();
        History history = trainer(method, 15).build().train(expected, SINE);
        for (int threads : new int[] {2, 3, 8}) {
            SmallMlp network = network();
            History other = trainer(method, 15).threads(threads).build().train(network, SINE);
            assertThat(network.parameters()).as("%d threads", threads).isEqualTo(expected.parameters());
            assertThat(other.loss(14)).isEqualTo(history.loss(14));
            assertThat(other.gradientNorm(14)).isEqualTo(history.gradientNorm(14));
        }
        SmallMlp network = network();
        ScatteredSource source =
                new ScatteredSource(SINE, parameters -> new SmallMlp(1, 10, 1, "HALF_SUM_OF_SQUARES", parameters), 3);
        trainer(method, 15).build().train(network, source);
        assertThat(network.parameters()).isEqualTo(expected.parameters());
        assertThat(source.isClosed).isTrue();

        SmallMlp one = network();
        SmallMlp two = network();
        trainer(method, 5).build().train(one, SINE.weighted(weights));
        trainer(method, 5).threads(2).build().train(two, SINE.weighted(weights));
        assertThat(two.parameters()).isEqualTo(one.parameters());
    }

    @ParameterizedTest
    @MethodSource("methods")
    void resumedTrainingsEndInTheSameBits(FullBatchMethod method) throws IOException {
        Path file = directory.resolve("checkpoint");
        Consumer<Trainer.Builder> settings =
                trainer -> trainer.l2(1e-6).validation(SINE).earlyStopping(50, 0);
        SmallMlp expected = network();
        Trainer.Builder whole = trainer(method, 24);
        settings.accept(whole);
        History history = whole.build().train(expected, SINE);
        for (int stop = 0; stop < 24; stop += 5) {
            Trainer.Builder first = trainer(method, 24);
            settings.accept(first);
            int last = stop;
            first.listener(training -> {
                if (training.history().epochs() == last) {
                    training.stop();
                }
            });
            Training stopped = first.build().on(network(), SINE);
            if (stop == 0) {
                stopped.stop();
            }
            stopped.run();
            stopped.checkpoint(file);
            SmallMlp resumed = network();
            History whatHappened = whole.build().resume(resumed, SINE, file).run();
            assertThat(resumed.parameters()).as("stopped after %d", stop).isEqualTo(expected.parameters());
            assertThat(whatHappened.epochs()).isEqualTo(history.epochs());
            assertThat(whatHappened.loss(23)).isEqualTo(history.loss(23));
            assertThat(whatHappened.rate(23)).isEqualTo(history.rate(23));
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void convergedTrainingsStayThere(FullBatchMethod method) throws IOException {
        Path file = directory.resolve("checkpoint");
        Curve curve = new Curve(1, (x, b) -> b[0].times(x[0]), "SUM_OF_SQUARES", new double[] {5});
        Training training = trainer(method, 100).build().on(curve, SINE);
        History history = training.run();
        assertThat(training.end()).isEqualTo(End.CONVERGED);
        training.checkpoint(file);
        Training resumed = trainer(method, 300).build().resume(curve, SINE, file);
        assertThat(resumed.run().epochs()).isEqualTo(history.epochs());
        assertThat(resumed.end()).isEqualTo(End.CONVERGED);
    }

    /** The penalty l2 p^2 / 2 adds to the mean loss; its minimum for one parameter is known. */
    @ParameterizedTest
    @MethodSource("methods")
    void penaltyOfSquares(FullBatchMethod method) {
        double squares = 0;
        double products = 0;
        for (int i = 0; i < COUNT; i++) {
            squares += X[i] * X[i];
            products += X[i] * StrictMath.sin(X[i]);
        }
        Curve curve = new Curve(1, (x, b) -> b[0].times(x[0]), "HALF_SUM_OF_SQUARES", new double[] {5});
        trainer(method, 100).l2(0.5).build().train(curve, SINE);
        assertThat(curve.parameters()[0]).isCloseTo(products / (squares + 0.5 * COUNT), within(1e-7));
        curve.parameters()[0] = 5;
        trainer(method, 100).l2(0.5).summed().build().train(curve, SINE);
        assertThat(curve.parameters()[0]).isCloseTo(products / (squares + 0.5), within(1e-7));
    }

    /** Where nothing falls any more, the gradient of the loss and that of the penalty cancel; biases have none. */
    @ParameterizedTest
    @MethodSource("methods")
    void penaltySparesBiases(FullBatchMethod method) {
        SmallMlp network = new SmallMlp(1, 2, 1, "HALF_SUM_OF_SQUARES", 7);
        Training training =
                trainer(method, 2000).l2(0.03).sparingBiases().build().on(network, SINE);
        training.run();
        assertThat(training.end()).isEqualTo(End.CONVERGED);
        double[] gradient = new double[7];
        network.backprop(X, SINE.targets(), 0, COUNT, gradient);
        boolean[] isBias = {false, false, true, true, false, false, true};
        for (int i = 0; i < 7; i++) {
            double penalty = isBias[i] ? 0 : 0.03 * network.parameters()[i];
            assertThat(gradient[i] / COUNT).as("parameter %d", i).isCloseTo(-penalty, within(1e-7));
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void divergesWithAName(FullBatchMethod method) {
        Curve curve =
                new Curve(1, (x, b) -> b[0].times(b[1].times(x[0]).exp()), "SUM_OF_SQUARES", new double[] {1, 400});
        assertThatThrownBy(() -> trainer(method, 9).build().train(curve, SINE))
                .isInstanceOf(DivergenceException.class)
                .hasMessageMatching("Training diverged at epoch 0, step 1, parameter p1_b[12]_0: .* Try other first"
                        + " parameters\\.");
        assertThat(curve.parameters()).containsExactly(1, 400);
    }

    /** One parameter changes nothing, and two others only together: that is where the steps of least squares are undefined. */
    @ParameterizedTest
    @MethodSource("methods")
    void singularSystemsConverge(FullBatchMethod method) {
        Model model = (x, b) -> b[0].plus(b[1]).times(x[0]).plus(b[2].times(0));
        Curve curve = new Curve(1, model, "SUM_OF_SQUARES", new double[] {1, 2, 3});
        Training training = trainer(method, 500).build().on(curve, records(x -> 2 * x));
        training.run();
        assertThat(training.end()).isEqualTo(End.CONVERGED);
        assertThat(curve.parameters()[0] + curve.parameters()[1]).isCloseTo(2, within(1e-7));
        assertThat(curve.parameters()[2]).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void stepsAllocateNothing(FullBatchMethod method) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] before = new long[1];
        long[] least = {Long.MAX_VALUE};
        trainer(method, 400)
                .l2(1e-9)
                .listener(training -> {
                    long allocated = threads.getThreadAllocatedBytes(
                            Thread.currentThread().getId());
                    int epoch = training.history().epochs();
                    if (epoch % 5 == 0) {
                        if (epoch > 5) {
                            least[0] = Math.min(least[0], allocated - before[0]);
                        }
                        before[0] = threads.getThreadAllocatedBytes(
                                Thread.currentThread().getId());
                    }
                })
                .build()
                .train(network(), SINE);
        assertThat(least[0]).isZero();
    }

    @Test
    void refusesWhatItDoesNotTake() {
        FullBatchMethod method = new Lbfgs();
        String name = "Lbfgs[memory=10, tolerance=1.0E-15] does not take ";
        assertRefused(trainer(method, 1).batchSize(3), name + "batches: use fullBatch()");
        assertRefused(trainer(method, 1).shuffled(3), name + "an order of records: use inOrder()");
        assertRefused(
                trainer(method, 1).augmented(3, (input, target, random) -> {}),
                name + "records that change: leave augmented away");
        assertRefused(
                trainer(method, 1).schedule(Schedules.exponential(0.5)),
                name + "a schedule, as it has no learning rate: leave it away");
        assertRefused(
                trainer(method, 1).optimizer(Optimizers.adam(0.1)), name + "an optimizer beside it: leave it away");
        assertRefused(trainer(method, 1).l1(0.1), name + "l1, which has a kink: use l2");
        assertRefused(
                trainer(method, 1).clipValue(1), name + "clipping, as it has no learning rate: leave clipValue away");
        assertRefused(
                trainer(method, 1).clipNorm(1), name + "clipping, as it has no learning rate: leave clipNorm away");
        assertRefused(
                trainer(LevenbergMarquardt.forCurves(), 1).gradient(GradientMethod.fullGradient()),
                "LevenbergMarquardt[firstDamping=0.001, damping=DIAGONAL, tolerance=1.0E-15] does not take another"
                        + " gradient, as it has the network's parameterJacobian: leave gradient away");
    }

    private static void assertRefused(Trainer.Builder trainer, String message) {
        assertThatThrownBy(trainer::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void settingsHaveRanges() {
        assertThatThrownBy(() -> new LevenbergMarquardt(0, Damping.DIAGONAL, 0))
                .hasMessage("firstDamping is 0.0; expected a positive, finite number");
        assertThatThrownBy(() -> new LevenbergMarquardt(1, Damping.DIAGONAL, 1))
                .hasMessage("tolerance is 1.0; expected at least 0 and less than 1");
        assertThatThrownBy(() -> new Lbfgs(0, 0)).hasMessage("memory is 0; expected at least 1");
        assertThatThrownBy(() -> new Lbfgs(1, -1)).hasMessage("tolerance is -1.0; expected at least 0 and less than 1");
        assertThat(Trainer.builder().fullBatch(new Lbfgs(5, 0)).build())
                .hasToString("fullBatch(Lbfgs[memory=5, tolerance=0.0]), averaged(), inOrder(), epochs(100)");
    }
}
