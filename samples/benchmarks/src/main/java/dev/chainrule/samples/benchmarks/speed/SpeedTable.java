package dev.chainrule.samples.benchmarks.speed;

import dev.chainrule.samples.benchmarks.contenders.FixedNetwork;
import dev.chainrule.samples.benchmarks.contenders.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Everyone on the five networks, as ratios. */
@Command(
        name = "table",
        mixinStandardHelpOptions = true,
        description =
                "Forward pass and backpropagation of five networks: C, Chainrule without and with vectors, plain loops,"
                        + " Encog, ONNX Runtime.")
final class SpeedTable implements Callable<Integer> {
    @Mixin
    private Runs runs = new Runs();

    /** What is measured in a process of its own. */
    record Subject(FixedNetwork network, Operation operation, Contender contender) {
        Subject of(Contender other) {
            return new Subject(network, operation, other);
        }

        Subject of(Operation other) {
            return new Subject(network, other, contender);
        }

        @Override
        public String toString() {
            return network.shape().name() + " " + operation + ", " + contender;
        }
    }

    @Override
    public Integer call() throws IOException {
        Optional<CPrograms> c =
                CPrograms.build(Files.createDirectories(runs.out().resolve("c")), "double");
        if (c.isEmpty()) {
            System.err.println("There is no C compiler here (cc, gcc or clang), so C is left out.");
        }
        List<Subject> subjects = subjects(c.isPresent());
        Agreement.check(subjects, subject -> values(c, subject));
        int rounds = runs.rounds(Layout.ROUNDS);
        Rounds<Subject> times = Rounds.measure(rounds, subjects, (subject, round) -> time(c, subject, round));
        new Report("table", "Speed", table(times), notes(c, rounds)).publish(runs.out(), SpeedChart.of(times));
        return 0;
    }

    private static List<Subject> subjects(boolean withC) {
        List<Subject> subjects = new ArrayList<>();
        for (FixedNetwork network : FixedNetwork.values()) {
            for (Operation operation : Operation.values()) {
                for (Contender contender : Contender.values()) {
                    if (contender.does(operation) && (withC || contender != Contender.C)) {
                        subjects.add(new Subject(network, operation, contender));
                    }
                }
            }
        }
        return subjects;
    }

    private static double[] values(Optional<CPrograms> c, Subject subject) {
        Fork fork = subject.contender() == Contender.C
                ? c.orElseThrow().values(subject.network(), subject.operation())
                : Worker.values(subject.contender(), subject.network(), subject.operation());
        return fork.numbers();
    }

    private double time(Optional<CPrograms> c, Subject subject, int round) {
        Fork fork = subject.contender() == Contender.C
                ? c.orElseThrow().time(subject.network(), subject.operation(), runs.timing())
                : Worker.time(subject.contender(), subject.network(), subject.operation(), round, runs.timing());
        return fork.number();
    }

    private static Table table(Rounds<Subject> times) {
        Table table = new Table(
                "network",
                "operation",
                "C, ns",
                "ours, ns",
                "ours / C",
                "vectors / C",
                "plain loops / ours",
                "Encog / ours",
                "Encog / vectors",
                "ONNX / ours",
                "backprop / forward");
        for (FixedNetwork network : FixedNetwork.values()) {
            for (Operation operation : Operation.values()) {
                Subject ours = new Subject(network, operation, Contender.CHAINRULE);
                Subject c = ours.of(Contender.C);
                table.add(
                        network.shape().name(),
                        operation,
                        times.has(c) ? times.of(c).brief() : "",
                        times.of(ours).brief(),
                        times.has(c) ? times.ratio(ours, c) : "",
                        times.has(c) ? times.ratio(ours.of(Contender.VECTORS), c) : "",
                        times.ratio(ours.of(Contender.PLAIN_LOOPS), ours),
                        slower(times, Contender.ENCOG, ours),
                        slower(times, Contender.ENCOG, ours.of(Contender.VECTORS)),
                        slower(times, Contender.ONNX_RUNTIME, ours),
                        operation == Operation.BACKPROP ? times.ratio(ours, ours.of(Operation.FORWARD)) : "");
            }
        }
        return table;
    }

    private static Object slower(Rounds<Subject> times, Contender contender, Subject ours) {
        Subject theirs = ours.of(contender);
        return times.has(theirs) ? times.ratio(theirs, ours) : "";
    }

    private static List<String> notes(Optional<CPrograms> c, int rounds) {
        return List.of(
                "Nanoseconds a record, and ratios within a round: the median (least..most). Rounds: "
                        + rounds
                        + "; a number in a round is the median of a process of its own, " + Layout.NOTE
                        + ". All in double, but ONNX Runtime in"
                        + " float. `forward` and `backprop` take one record a call, `backprop64` 64.",
                Report.machine()
                        + c.map(programs -> " C: " + programs.compiler() + ".").orElse(" No C compiler."));
    }
}
