package dev.chainrule.samples.benchmarks.speed;

import dev.chainrule.samples.benchmarks.contenders.FixedNetwork;
import dev.chainrule.samples.benchmarks.contenders.Operation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Whether vectors are as fast in every process: what the compiler makes of a method differs from one to the next. */
@Command(
        name = "cliffs",
        mixinStandardHelpOptions = true,
        description = "The slowest of many processes that use vectors, and the bytes that they allocate.")
final class Cliffs implements Callable<Integer> {
    private static final int ROUNDS = 17;

    @Mixin
    private Runs runs = new Runs();

    /** What processes of their own do, where the JVM waits for its compiler or runs on meanwhile. */
    private record Subject(FixedNetwork network, Operation operation, boolean waits) {
        Fork cost(Timing timing, int round) {
            List<String> arguments = new ArrayList<>(List.of(network.name(), operation.name()));
            arguments.addAll(timing.arguments());
            List<String> options = new ArrayList<>(Contender.VECTORS.options());
            options.addAll(Layout.options(round));
            options.addAll(waits ? List.of("-Xbatch") : List.of());
            return Fork.java(options, CliffWorker.class, arguments);
        }
    }

    @Override
    public Integer call() throws IOException {
        int rounds = runs.rounds(ROUNDS);
        List<Subject> subjects = Arrays.stream(FixedNetwork.values())
                .flatMap(network -> Arrays.stream(Operation.values())
                        .flatMap(operation ->
                                List.of(true, false).stream().map(waits -> new Subject(network, operation, waits))))
                .toList();
        Rounds<Subject> bytes = new Rounds<>();
        Rounds<Subject> times = Rounds.measure(rounds, subjects, (subject, round) -> {
            double[] cost = subject.cost(runs.timing(), round).numbers();
            bytes.add(subject, cost[1]);
            return cost[0];
        });
        Table table = new Table("network", "operation", "-Xbatch", "ns", "slowest / median", "bytes, most");
        for (Subject subject : subjects) {
            Spread time = times.of(subject);
            table.add(
                    subject.network().shape().name(),
                    subject.operation(),
                    subject.waits() ? "yes" : "no",
                    time,
                    Spread.number(time.most() / time.median()),
                    Spread.number(bytes.of(subject).most()));
        }
        String processes =
                "Processes: " + rounds * subjects.size() + ". CPU time of the thread: nanoseconds a record, the"
                        + " median (least..most) of the processes, and bytes allocated a call.";
        new Report("cliffs", "Vectors in many processes", table, List.of(processes, Report.machine()))
                .publish(runs.out(), List.of());
        return 0;
    }
}
