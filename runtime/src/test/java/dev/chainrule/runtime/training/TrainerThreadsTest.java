package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chainrule.runtime.ParameterLayout;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch on several threads. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TrainerThreadsTest {
    private static final int WIDTH = 3;

    private final Scaling network = new Scaling(0.5, -0.25, 2);

    private static Records records(int count) {
        Random random = new Random(count);
        return Records.wrap(
                random.doubles((long) count * WIDTH, -1, 1).toArray(),
                WIDTH,
                random.doubles((long) count * WIDTH, -1, 1).toArray(),
                WIDTH);
    }

    /** As many targets as inputs, of little memory. */
    private static RecordStore bytes(int count, int width) {
        byte[] numbers = new byte[count * width];
        new Random(width).nextBytes(numbers);
        return RecordStore.of(Rows.of(numbers, width), Rows.of(numbers, width));
    }

    /** Batches below, at and above one block, and a last block that is not full. */
    @ParameterizedTest
    @CsvSource({
        "1000, 31",
        "1000, 32",
        "1000, 33",
        "1000, 64",
        "1000, 65",
        "1000, 128",
        "1000, 129",
        "1000, 700",
        "1000, 1000",
        "513, 513"
    })
    void anyNumberOfThreadsGivesTheSameBits(int count, int batchSize) {
        Records records = records(count);
        double[] expected = null;
        for (int threads : new int[] {1, 2, 3, 8}) {
            Scaling trained = new Scaling(0.5, -0.25, 2);
            History history = Trainer.builder()
                    .optimizer(Optimizers.adam(0.01))
                    .batchSize(batchSize)
                    .shuffled(3)
                    .epochs(4)
                    .threads(threads, Scaling::new)
                    .build()
                    .train(trained, records);
            double[] bits = {trained.parameters()[0], trained.parameters()[1], trained.parameters()[2], history.loss(3)
            };
            expected = expected == null ? bits : expected;
            assertThat(bits).as("%s threads", threads).containsExactly(expected);
        }
    }

    /** Pinned: the same on every JVM. */
    @Test
    void bitsOfASeed() {
        Trainer.builder()
                .optimizer(Optimizers.adam(0.01))
                .schedule(Schedules.cosine(50, 1e-4).withWarmUp(5))
                .batchSize(150)
                .shuffled(42)
                .l2(1e-3)
                .clipNorm(0.2)
                .epochs(10)
                .threads(2, Scaling::new)
                .build()
                .train(network, records(700));
        assertThat(network.parameters()).containsExactly(0.2313620519341306, -0.01821324617597962, 1.7127134677065396);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void aBatchIsATreeOfBlocks(int threads) {
        for (int count : new int[] {1, 31, 32, 33, 64, 65, 96, 97, 128, 300, 1000}) {
            Records records = records(count);
            TreeOfBlocks expected = TreeOfBlocks.of(network, records);
            Scaling trained = new Scaling(0.5, -0.25, 2);
            History history = Trainer.builder()
                    .optimizer(Optimizers.gradientDescent(0.125))
                    .summed()
                    .epochs(1)
                    .threads(threads, Scaling::new)
                    .build()
                    .train(trained, records);
            for (int i = 0; i < WIDTH; i++) {
                assertThat(trained.parameters()[i])
                        .as("parameter %s of %s records", i, count)
                        .isEqualTo(network.parameters()[i] - 0.125 * expected.sums()[i]);
            }
            assertThat(history.loss(0)).as("%s records", count).isEqualTo(expected.error());
        }
    }

    /** Parameters enough for three threads to change them, whose shares are of different lengths. */
    @ParameterizedTest
    @MethodSource("dev.chainrule.runtime.training.OptimizersContractTest#optimizers")
    void threadsChangeParametersToTheSameBits(Optimizer optimizer) {
        int width = 25_000;
        RecordStore records = bytes(96, width);
        double[] expected = null;
        for (int threads : new int[] {1, 2, 3}) {
            Scaling trained = new Scaling(new double[width]);
            Trainer.builder()
                    .optimizer(optimizer)
                    .epochs(3)
                    .threads(threads, Scaling::new)
                    .build()
                    .train(trained, records);
            expected = expected == null ? trained.parameters() : expected;
            assertThat(trained.parameters()).as("%s threads", threads).containsExactly(expected);
        }
    }

    /** Each parameter once, by as many threads as have 8192 of them or more, and a block of the batch. */
    @ParameterizedTest
    @CsvSource({
        "16383, 96, 3, 1",
        "16384, 96, 3, 2",
        "25000, 96, 2, 2",
        "25000, 96, 3, 3",
        "25000, 64, 3, 2",
        "25000, 32, 3, 1"
    })
    void aShareOfTheParametersForEachThread(int width, int count, int threads, int shares) {
        Map<Integer, Integer> ranges = new ConcurrentSkipListMap<>();
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        class Watching extends AbstractOptimizerState {
            Watching(int parameters) {
                super(parameters);
            }

            @Override
            public void update(double[] parameters, double[] gradient, int from, int to) {
                ranges.put(from, to);
                seen.add(Thread.currentThread());
            }
        }
        Optimizer watching = new Optimizer() {
            @Override
            public double learningRate() {
                return 1;
            }

            @Override
            public OptimizerState start(int parameters) {
                return new Watching(parameters);
            }
        };
        Trainer.builder()
                .optimizer(watching)
                .epochs(1)
                .threads(threads, Scaling::new)
                .build()
                .train(new Scaling(new double[width]), bytes(count, width));
        int end = 0;
        for (Map.Entry<Integer, Integer> range : ranges.entrySet()) {
            assertThat(range.getKey()).as("%s", ranges).isEqualTo(end);
            end = range.getValue();
        }
        assertThat(end).isEqualTo(width);
        assertThat(ranges).hasSize(shares);
        assertThat(seen).hasSize(shares);
    }

    @Test
    void everyThreadTakesAShareByANetworkOfItsOwn() {
        Set<Object> seen = ConcurrentHashMap.newKeySet();
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        class Watched extends Scaling {
            Watched(double[] parameters) {
                super(parameters);
            }

            @Override
            public double backprop(double[] inputs, double[] targets, int from, int to, double[] gradient) {
                seen.add(this);
                threads.add(Thread.currentThread());
                return super.backprop(inputs, targets, from, to, gradient);
            }
        }
        Watched first = new Watched(new double[WIDTH]);
        Trainer.builder().threads(3, Watched::new).epochs(2).build().train(first, records(3 * 64));
        assertThat(seen).hasSize(3).contains(first);
        assertThat(threads).hasSize(3).contains(Thread.currentThread());
    }

    @Test
    void anExceptionOfAThreadArrivesAndTheNetworkStaysAsItWas() {
        ArithmeticException thrown = new ArithmeticException("in a thread");
        Trainer trainer = Trainer.builder()
                .threads(3, parameters -> new Scaling(parameters) {
                    @Override
                    public double backprop(double[] inputs, double[] targets, int from, int to, double[] gradient) {
                        throw thrown;
                    }
                })
                .build();
        assertThatThrownBy(() -> trainer.train(network, records(200))).isSameAs(thrown);
        assertThat(network.parameters()).containsExactly(0.5, -0.25, 2);
        assertThreadsEnd();
    }

    @Test
    void threadsEndWithTheTraining() {
        assertThreadsEnd();
        Trainer.builder()
                .threads(8, Scaling::new)
                .epochs(2)
                .listener(training -> assertThat(trainingThreads()).isEqualTo(7))
                .build()
                .train(network, records(200));
        assertThreadsEnd();
    }

    @Test
    void threadsEndWhenAListenerThrows() {
        Trainer trainer = Trainer.builder()
                .threads(2, Scaling::new)
                .listener(training -> {
                    throw new IllegalStateException();
                })
                .build();
        assertThatThrownBy(() -> trainer.train(network, records(200))).isInstanceOf(IllegalStateException.class);
        assertThreadsEnd();
    }

    @Test
    void noThreadsWithoutARun() {
        assertThreadsEnd();
        Trainer.builder().threads(4, Scaling::new).build().on(network, records(1));
        assertThat(trainingThreads()).isZero();
    }

    @Test
    void instancesOnOtherParametersAreRefused() {
        Trainer trainer = Trainer.builder()
                .threads(2, parameters -> new Scaling(parameters.clone()))
                .build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.on(network, records(1)))
                .withMessage("the instances for threads must work on the parameters that they are given; "
                        + Scaling.class.getName() + " has others");
    }

    /** Two networks of ten parameters each. */
    @Test
    void instancesOfAnotherNetworkAreRefused() {
        ParameterLayout layout = ParameterLayout.of(2, new int[] {3, 1}, new boolean[] {false, true});
        ParameterLayout other = ParameterLayout.of(4, new int[] {2}, new boolean[] {true});
        assertThat(other.size()).isEqualTo(layout.size()).isEqualTo(10);
        TanhNetwork trained = new TanhNetwork(layout);
        Trainer trainer = Trainer.builder()
                .threads(2, parameters -> new TanhNetwork(other, parameters))
                .build();
        Records ofTwo = Records.wrap(new double[] {1, 2}, 2, new double[] {0.5}, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.train(trained, ofTwo))
                .withMessage(
                        "the instances for threads must be of the network that is trained, %s, which is "
                                + "2-3(TANH, no bias)-1(TANH) HALF_SUM_OF_SQUARES; %s is 4-2(TANH) HALF_SUM_OF_SQUARES",
                        TanhNetwork.class.getName(), TanhNetwork.class.getName());
        assertThat(trained.parameters()).containsOnly(0);
    }

    /** One tells of itself, the other does not: they cannot be the same. */
    @Test
    void instancesOfAnotherNetworkAreRefusedWhereTheyDoNotTellWhatTheyAre() {
        TanhNetwork trained = new TanhNetwork(ParameterLayout.of(3, new int[] {1}, new boolean[] {false}));
        Records ofThree = Records.wrap(new double[] {1, 2, 3}, 3, new double[] {0.5}, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Trainer.builder().threads(2, Scaling::new).build().on(trained, ofThree))
                .withMessageEndingWith("which is 3-1(TANH, no bias) HALF_SUM_OF_SQUARES; " + Scaling.class.getName()
                        + " is of 3 inputs and 3 outputs");
    }

    /** In a moment, as those of a test before may need, too. */
    private static void assertThreadsEnd() {
        while (trainingThreads() > 0) {
            Thread.onSpinWait();
        }
    }

    private static long trainingThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("chainrule-training-"))
                .count();
    }
}
