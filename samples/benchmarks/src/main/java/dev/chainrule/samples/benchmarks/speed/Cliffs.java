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

    private record Cell(FixedNetwork network, Operation operation) {}

    /**
     * What is measured.
     *
     * @param cells one, in a process of its own; or all, one after the other in the same, where the JVM's profiles are of all
     * @param waits whether the JVM waits for its compiler, or runs on meanwhile
     */
    private record Subject(List<Cell> cells, boolean waits) {
        double[] costs(Timing timing, int round) {
            List<String> arguments = new ArrayList<>(timing.arguments());
            cells.forEach(cell -> arguments.addAll(
                    List.of(cell.network().name(), cell.operation().name())));
            List<String> options = new ArrayList<>(Contender.VECTORS.options());
            options.addAll(Layout.options(round));
            options.addAll(waits ? List.of("-Xbatch") : List.of());
            return Fork.java(options, CliffWorker.class, arguments).numbers();
        }
    }

    /** What one cell came to. */
    private record Result(Cell cell, boolean isAlone, boolean waits) {}

    @Override
    public Integer call() throws IOException {
        int rounds = runs.rounds(ROUNDS);
        List<Cell> cells = Arrays.stream(FixedNetwork.values())
                .flatMap(network -> Arrays.stream(Operation.values()).map(operation -> new Cell(network, operation)))
                .toList();
        List<Boolean> both = List.of(true, false);
        List<Subject> subjects = new ArrayList<>();
        both.forEach(waits -> cells.forEach(cell -> subjects.add(new Subject(List.of(cell), waits))));
        both.forEach(waits -> subjects.add(new Subject(cells, waits)));
        Rounds<Result> times = new Rounds<>();
        Rounds<Result> bytes = new Rounds<>();
        Rounds.measure(rounds, subjects, (subject, round) -> {
            double[] costs = subject.costs(runs.timing(), round);
            for (int i = 0; i < subject.cells().size(); i++) {
                Result result =
                        new Result(subject.cells().get(i), subject.cells().size() == 1, subject.waits());
                times.add(result, costs[2 * i]);
                bytes.add(result, costs[2 * i + 1]);
            }
            return costs[0];
        });
        Table table = new Table("network", "operation", "process", "-Xbatch", "ns", "slowest / median", "bytes, most");
        for (boolean isAlone : both) {
            for (Cell cell : cells) {
                for (boolean waits : both) {
                    Result result = new Result(cell, isAlone, waits);
                    Spread time = times.of(result);
                    table.add(
                            cell.network().shape().name(),
                            cell.operation(),
                            isAlone ? "its own" : "of all",
                            waits ? "yes" : "no",
                            time,
                            Spread.number(time.most() / time.median()),
                            Spread.number(bytes.of(result).most()));
                }
            }
        }
        String processes =
                "Processes: " + rounds * subjects.size() + ". CPU time of the thread: nanoseconds a record, the"
                        + " median (least..most) of the processes, and bytes allocated a call.";
        new Report("cliffs", "Vectors in many processes", table, List.of(processes, Report.machine()))
                .publish(runs.out(), List.of());
        return 0;
    }
}
