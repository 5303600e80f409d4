package dev.chainrule.samples.benchmarks.speed;

import dev.chainrule.samples.benchmarks.contenders.Operation;
import dev.chainrule.samples.benchmarks.contenders.Shape;
import dev.chainrule.samples.benchmarks.contenders.Unit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Time a weight at every size: there is no cliff. */
@Command(
        name = "sweep",
        mixinStandardHelpOptions = true,
        description = "Time a weight, from about 10 parameters to about 1,000,000: AUTO, FULL, NONE and plain loops.")
final class Sweep implements Callable<Integer> {
    private static final int ROUNDS = 3;
    private static final List<Operation> OPERATIONS = List.of(Operation.FORWARD, Operation.BACKPROP);

    @Spec
    private CommandSpec spec;

    @Mixin
    private Runs runs = new Runs();

    @Option(names = "--pattern", description = "The sizes, n the one that grows; ${DEFAULT-VALUE} by default.")
    private String pattern = "n-n-n";

    @Option(names = "--unit", description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} by default.")
    private Unit unit = Unit.TANH;

    @Option(names = "--from", description = "About how many parameters to begin with; ${DEFAULT-VALUE} by default.")
    private int from = 10;

    @Option(names = "--to", description = "About how many parameters to end with; ${DEFAULT-VALUE} by default.")
    private int to = 1_000_000;

    /** What is measured in a process of its own. */
    record Subject(Shape shape, Operation operation, Unrolled unrolled) {
        Subject of(Unrolled other) {
            return new Subject(shape, operation, other);
        }

        Declaration declaration() {
            return new Declaration(
                    "N" + shape.name().replace('-', '_') + "_" + unrolled.name(), shape, unrolled.name());
        }

        @Override
        public String toString() {
            return shape.name() + " " + operation + ", " + unrolled;
        }
    }

    @Override
    public Integer call() throws IOException {
        List<Shape> shapes = shapes();
        List<Subject> subjects = subjects(shapes);
        Compilation compilation = Compilation.of(
                runs.out().resolve("sweep"),
                subjects.stream()
                        .filter(subject -> subject.unrolled() != Unrolled.PLAIN_LOOPS)
                        .map(Subject::declaration)
                        .distinct()
                        .toList());
        compilation.run();
        int rounds = runs.rounds(ROUNDS);
        Rounds<Subject> times = Rounds.measure(
                rounds,
                subjects,
                (subject, round) -> fork(subject, compilation, round).number());
        String name = "sweep-" + pattern + "-" + unit.name().toLowerCase();
        new Report(name, "Time a weight, " + pattern + " " + unit, table(shapes, times), notes(rounds))
                .publish(runs.out(), SweepChart.of(shapes, times));
        return 0;
    }

    /** Each with at least twice as many parameters as the one before, up to the last. */
    private List<Shape> shapes() {
        if (!pattern.contains("n")) {
            throw new ParameterException(spec.commandLine(), "--pattern " + pattern + " has no n that could grow");
        }
        List<Shape> shapes = new ArrayList<>();
        int parameters = 0;
        int least = from;
        for (int n = 1; parameters < to; n++) {
            parameters = shape(n).parameters();
            if (parameters >= least) {
                shapes.add(shape(n));
                least = Math.min(2 * parameters, to);
            }
        }
        return shapes;
    }

    private Shape shape(int n) {
        return Shape.of(pattern.replace("n", Integer.toString(n)), unit);
    }

    private static List<Subject> subjects(List<Shape> shapes) {
        List<Subject> subjects = new ArrayList<>();
        for (Shape shape : shapes) {
            for (Operation operation : OPERATIONS) {
                for (Unrolled unrolled : Unrolled.values()) {
                    if (unrolled.does(shape.parameters())) {
                        subjects.add(new Subject(shape, operation, unrolled));
                    }
                }
            }
        }
        return subjects;
    }

    private Fork fork(Subject subject, Compilation compilation, int round) {
        boolean loops = subject.unrolled() == Unrolled.PLAIN_LOOPS;
        List<String> arguments = new ArrayList<>(List.of(
                loops ? "" : subject.declaration().generatedName(),
                subject.shape().name(),
                unit.name(),
                subject.operation().name()));
        arguments.addAll(runs.timing().arguments());
        return Fork.measuring(round, List.of(), List.of(compilation.classes()), SweepWorker.class, arguments);
    }

    private static Table table(List<Shape> shapes, Rounds<Subject> times) {
        Table table = new Table(
                "network",
                "parameters",
                "operation",
                "AUTO, ns a parameter",
                "FULL",
                "NONE",
                "plain loops",
                "AUTO / better of FULL and NONE",
                "95 % interval of its median",
                "plain loops / AUTO");
        for (Operation operation : OPERATIONS) {
            for (Shape shape : shapes) {
                Subject auto = new Subject(shape, operation, Unrolled.AUTO);
                List<Object> cells = new ArrayList<>(List.of(shape.name(), shape.parameters(), operation));
                for (Unrolled unrolled : Unrolled.values()) {
                    Subject subject = auto.of(unrolled);
                    cells.add(times.has(subject) ? timeAParameter(times, subject) : "");
                }
                Spread toBetter = times.ratio(auto, better(times, auto));
                cells.add(toBetter);
                cells.add(toBetter.interval());
                cells.add(times.ratio(auto.of(Unrolled.PLAIN_LOOPS), auto));
                table.add(cells.toArray());
            }
        }
        return table;
    }

    private static Subject better(Rounds<Subject> times, Subject auto) {
        Subject full = auto.of(Unrolled.FULL);
        Subject none = auto.of(Unrolled.NONE);
        return times.has(full) && times.of(full).median() < times.of(none).median() ? full : none;
    }

    private static String timeAParameter(Rounds<Subject> times, Subject subject) {
        return Spread.number(times.of(subject).median() / subject.shape().parameters());
    }

    private static List<String> notes(int rounds) {
        return List.of(
                "One record a call, in double: the median, and (least..most) of ratios. Rounds, each in new processes: %d."
                        .formatted(rounds),
                Report.machine());
    }
}
