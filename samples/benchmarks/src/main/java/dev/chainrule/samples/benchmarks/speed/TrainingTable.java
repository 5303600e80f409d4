package dev.chainrule.samples.benchmarks.speed;

import dev.chainrule.samples.benchmarks.contenders.TrainedNetwork;
import dev.chainrule.samples.benchmarks.contenders.TrainingTask;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** An epoch of everyone. */
@Command(
        name = "training",
        mixinStandardHelpOptions = true,
        description =
                "CPU and wall time of an epoch of 784-30-10 and 784-128-10, by batch and threads: C with OpenBLAS,"
                        + " Chainrule without and with vectors, DL4J where this was built with -Pdl4j, Encog.")
final class TrainingTable implements Callable<Integer> {
    /** As many as make a full run of some eleven minutes, on two cores. */
    private static final int ROUNDS = 3;

    private static final int RECORDS = 10_000;
    private static final int WARM_UP = 500;
    private static final int MEASURE = 600;

    /** Compiled only with the profile of that name. */
    private static final String DL4J_WORKER = "dev.chainrule.samples.benchmarks.speed.Dl4jWorker";

    @Mixin
    private Runs runs = new Runs();

    @Option(names = "--network", split = ",", description = "Which networks: ${COMPLETION-CANDIDATES}; all by default.")
    private List<TrainedNetwork> networks = List.of(TrainedNetwork.values());

    @Option(names = "--batch", split = ",", description = "Records of a batch; ${DEFAULT-VALUE} by default.")
    private List<Integer> batches = List.of(32, 64, 256);

    @Option(names = "--threads", split = ",", description = "Numbers of threads; ${DEFAULT-VALUE} by default.")
    private List<Integer> threads = List.of(1, 2);

    @Option(
            names = "--contender",
            split = ",",
            description = "Whom to measure: ${COMPLETION-CANDIDATES}; all by default.")
    private List<TrainingContender> contenders = List.of(TrainingContender.values());

    private Optional<BlasPrograms> blas;

    /** What is measured in a process of its own. */
    record Subject(TrainingTask task, TrainingContender contender) {
        Subject of(TrainingContender other) {
            return new Subject(task, other);
        }

        Subject of(int threads) {
            return new Subject(new TrainingTask(task.network(), task.batch(), threads, task.records()), contender);
        }

        @Override
        public String toString() {
            return "%s in batches of %d, threads: %d, %s"
                    .formatted(task.network().shape().name(), task.batch(), task.threads(), contender);
        }
    }

    @Override
    public Integer call() throws IOException {
        blas = BlasPrograms.build(Files.createDirectories(runs.out().resolve("c")));
        List<Subject> subjects = subjects();
        check(subjects);
        int rounds = runs.rounds(ROUNDS);
        Rounds<Subject> wall = new Rounds<>();
        Rounds<Subject> cpu = Rounds.measure(rounds, subjects, (subject, round) -> {
            double[] times = fork(subject, round, how()).numbers();
            wall.add(subject, times[1]);
            return times[0];
        });
        new Report("training", "Training", table(cpu, wall), notes(rounds)).publish(runs.out(), List.of());
        return 0;
    }

    private List<Subject> subjects() {
        List<Subject> subjects = new ArrayList<>();
        for (TrainedNetwork network : networks) {
            for (int batch : batches) {
                for (int count : threads) {
                    for (TrainingContender contender : contenders) {
                        if (contender.does(count) && isHere(contender)) {
                            subjects.add(new Subject(new TrainingTask(network, batch, count, RECORDS), contender));
                        }
                    }
                }
            }
        }
        return subjects;
    }

    private boolean isHere(TrainingContender contender) {
        return switch (contender) {
            case OPENBLAS -> blas.isPresent();
            case DL4J -> dl4jWorker().isPresent();
            default -> true;
        };
    }

    /** None unless the program was built with DL4J. */
    static Optional<Class<?>> dl4jWorker() {
        try {
            return Optional.of(Class.forName(DL4J_WORKER, false, TrainingTable.class.getClassLoader()));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Throws where anyone ends an epoch with other parameters than this project, or with another loss. */
    private void check(List<Subject> subjects) {
        Subject ours = null;
        double[] expected = {};
        for (Subject subject : subjects) {
            if (!subject.of(TrainingContender.CHAINRULE).of(1).equals(ours)) {
                ours = subject.of(TrainingContender.CHAINRULE).of(1);
                expected = values(ours);
            }
            if (!subject.equals(ours)) {
                check(subject, expected, values(subject));
            }
        }
    }

    static void check(Subject subject, double[] expected, double[] actual) {
        TrainingContender contender = subject.contender();
        int values = contender.tellsLoss() ? expected.length : expected.length - 1;
        Agreement.compare(subject, contender.tolerance(), Arrays.copyOf(expected, values), actual);
    }

    private double[] values(Subject subject) {
        System.err.printf("\r\033[Kcheck: %s", subject);
        double[] values = fork(subject, 0, List.of(TrainingWorker.VALUES)).numbers();
        System.err.print("\r\033[K");
        return values;
    }

    private Fork fork(Subject subject, int round, List<String> how) {
        return switch (subject.contender()) {
            case OPENBLAS -> blas.orElseThrow().fork(subject.task(), how);
            case DL4J -> dl4j(subject.task(), round, how);
            default -> java(subject, round, how);
        };
    }

    private static Fork java(Subject subject, int round, List<String> how) {
        List<String> arguments = new ArrayList<>(List.of(subject.contender().name()));
        arguments.addAll(arguments(subject.task(), how));
        return Fork.measuring(round, subject.contender().options(), List.of(), TrainingWorker.class, arguments);
    }

    /** DL4J's own code is of several threads, and so is the OpenBLAS that it brings. */
    static Fork dl4j(TrainingTask task, int round, List<String> how) {
        String threads = Integer.toString(task.threads());
        return Fork.measuring(round, List.of(), List.of(), dl4jWorker().orElseThrow(), arguments(task, how))
                .with(Map.of("OMP_NUM_THREADS", threads, "OPENBLAS_NUM_THREADS", threads));
    }

    private static List<String> arguments(TrainingTask task, List<String> how) {
        List<String> arguments = new ArrayList<>(List.of(
                task.network().name(),
                Integer.toString(task.batch()),
                Integer.toString(task.threads()),
                Integer.toString(task.records())));
        arguments.addAll(how);
        return arguments;
    }

    private List<String> how() {
        int part = runs.isQuick() ? 3 : 1;
        return List.of(Integer.toString(WARM_UP / part), Integer.toString(MEASURE / part));
    }

    private Table table(Rounds<Subject> cpu, Rounds<Subject> wall) {
        Table table = new Table(
                "network",
                "batch",
                "threads",
                "C: CPU, ms",
                "wall, ms",
                "ours / C: CPU",
                "wall",
                "vectors / C: CPU",
                "wall",
                "DL4J / vectors: CPU",
                "wall",
                "Encog / vectors: CPU",
                "gain by threads: C",
                "ours",
                "vectors");
        for (TrainedNetwork network : networks) {
            for (int batch : batches) {
                for (int count : threads) {
                    TrainingTask task = new TrainingTask(network, batch, count, RECORDS);
                    Subject c = new Subject(task, TrainingContender.OPENBLAS);
                    Subject ours = c.of(TrainingContender.CHAINRULE);
                    Subject vectors = c.of(TrainingContender.VECTORS);
                    Subject dl4j = c.of(TrainingContender.DL4J);
                    table.add(
                            network.shape().name(),
                            batch,
                            count,
                            cpu.has(c) ? cpu.of(c) : "",
                            wall.has(c) ? wall.of(c) : "",
                            ratio(cpu, ours, c),
                            ratio(wall, ours, c),
                            ratio(cpu, vectors, c),
                            ratio(wall, vectors, c),
                            ratio(cpu, dl4j, vectors),
                            ratio(wall, dl4j, vectors),
                            ratio(cpu, c.of(TrainingContender.ENCOG), vectors),
                            gain(wall, c),
                            gain(wall, ours),
                            gain(wall, vectors));
                }
            }
        }
        return table;
    }

    private static Object ratio(Rounds<Subject> times, Subject above, Subject below) {
        return times.has(above) && times.has(below) ? times.ratio(above, below) : "";
    }

    /** By how much it is faster than with one thread. */
    private static Object gain(Rounds<Subject> wall, Subject subject) {
        return subject.task().threads() == 1 ? "" : ratio(wall, subject.of(1), subject);
    }

    private List<String> notes(int rounds) {
        return List.of(
                ("An epoch of %,d records of 784 inputs, in double: sigmoid units, binary cross-entropy, plain gradient descent, the"
                                + " batches in the records' order. Whoever is measured first shows that an epoch ends in the same"
                                + " parameters, and with the same loss (Encog has no loss to tell), but for 1e-9.")
                        .formatted(RECORDS),
                "CPU time is that of all threads of the process, the mean of its epochs; wall time their median. Ratios are within a"
                        + " round: the median (least..most). Rounds: " + rounds + ", each in a process of its own, "
                        + Layout.NOTE
                        + ". \"Gain by threads\": the wall time with one thread by that with more. Encog trains in"
                        + " batches by one thread only.",
                Report.machine()
                        + blas.map(programs -> " C: " + programs.description() + ".")
                                .orElse(" No C with OpenBLAS.")
                        + (dl4jWorker().isPresent() ? "" : " Built without DL4J."));
    }
}
