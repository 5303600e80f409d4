package dev.chainrule.samples.benchmarks.speed;

import dev.chainrule.samples.benchmarks.contenders.FixedNetwork;
import dev.chainrule.samples.benchmarks.contenders.Operation;
import dev.chainrule.samples.benchmarks.speed.FrozenWorker.Form;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The five networks frozen, against the same live, and in float against C in float. */
@Command(
        name = "frozen",
        mixinStandardHelpOptions = true,
        description = "Forward pass of five frozen networks, in double against live ones, in float against C in float.")
final class FrozenTable implements Callable<Integer> {
    @Mixin
    private Runs runs = new Runs();

    private Path classes;
    private Path vectorClasses;
    private Optional<CPrograms> c;

    /** Who is measured. */
    private enum Contender {
        C(Form.FLOAT, false),
        LIVE(Form.LIVE, false),
        LIVE_VECTORS(Form.LIVE, true),
        FROZEN(Form.FROZEN, false),
        FROZEN_VECTORS(Form.FROZEN, true),
        FLOAT(Form.FLOAT, false),
        FLOAT_VECTORS(Form.FLOAT, true);

        private final Form form;
        private final boolean hasVectors;

        Contender(Form form, boolean hasVectors) {
            this.form = form;
            this.hasVectors = hasVectors;
        }
    }

    /** What is measured in a process of its own. */
    private record Subject(FixedNetwork network, Contender contender) {
        @Override
        public String toString() {
            return network.shape().name() + ", " + contender;
        }
    }

    @Override
    public Integer call() throws IOException {
        c = CPrograms.build(Files.createDirectories(runs.out().resolve("c-float")), "float");
        classes = FrozenClasses.build(runs.out().resolve("frozen"));
        vectorClasses = FrozenClasses.build(
                runs.out().resolve("frozen-vectors"),
                "-Achainrule.vector=true",
                "--add-modules",
                "jdk.incubator.vector");
        List<Subject> subjects = new ArrayList<>();
        for (FixedNetwork network : FixedNetwork.values()) {
            for (Contender contender : Contender.values()) {
                if (contender != Contender.C || c.isPresent()) {
                    subjects.add(new Subject(network, contender));
                }
            }
        }
        subjects.forEach(this::check);
        int rounds = runs.rounds(Layout.ROUNDS);
        Rounds<Subject> times = Rounds.measure(rounds, subjects, this::time);
        new Report("frozen", "Frozen networks", table(times), notes(rounds)).publish(runs.out(), List.of());
        return 0;
    }

    /** Whoever computes something else is not worth timing: the same bits in double, nearly the same in float. */
    private void check(Subject subject) {
        double tolerance = subject.contender().form == Form.FLOAT ? 1e-5 : 0;
        double[] expected = fork(new Subject(subject.network(), Contender.LIVE), 0, List.of("values"))
                .numbers();
        double[] actual = fork(subject, 0, List.of("values")).numbers();
        Agreement.compare(subject, tolerance, expected, actual);
    }

    private double time(Subject subject, int round) {
        return fork(subject, round, runs.timing().arguments()).number();
    }

    private Fork fork(Subject subject, int round, List<String> how) {
        Contender contender = subject.contender();
        if (contender == Contender.C) {
            return c.orElseThrow().fork(subject.network(), Operation.FORWARD, how);
        }
        List<String> arguments =
                new ArrayList<>(List.of(contender.form.name(), subject.network().name()));
        arguments.addAll(how);
        return contender.hasVectors
                ? Fork.measuring(
                        round,
                        List.of("--add-modules", "jdk.incubator.vector"),
                        List.of(vectorClasses),
                        FrozenWorker.class,
                        arguments)
                : Fork.measuring(round, List.of(), List.of(classes), FrozenWorker.class, arguments);
    }

    private static Table table(Rounds<Subject> times) {
        Table table = new Table(
                "network",
                "live, ns",
                "frozen / live",
                "vectors: live, ns",
                "frozen / live",
                "float: C, ns",
                "frozen / C",
                "vectors / C");
        for (FixedNetwork network : FixedNetwork.values()) {
            Subject live = new Subject(network, Contender.LIVE);
            Subject vectors = new Subject(network, Contender.LIVE_VECTORS);
            Subject inC = new Subject(network, Contender.C);
            table.add(
                    network.shape().name(),
                    times.of(live).brief(),
                    times.ratioByRank(new Subject(network, Contender.FROZEN), live),
                    times.of(vectors).brief(),
                    times.ratioByRank(new Subject(network, Contender.FROZEN_VECTORS), vectors),
                    times.has(inC) ? times.of(inC).brief() : "",
                    times.has(inC) ? times.ratio(new Subject(network, Contender.FLOAT), inC) : "",
                    times.has(inC) ? times.ratio(new Subject(network, Contender.FLOAT_VECTORS), inC) : "");
        }
        return table;
    }

    private List<String> notes(int rounds) {
        return List.of(
                "Nanoseconds a record, one record a call, and ratios: the median (least..most). Ratios to C are within a"
                        + " round; live and frozen are compared fastest round with fastest, and so on. Rounds: "
                        + rounds + "; a number in a round is the median of a process of its own, " + Layout.NOTE + ".",
                Report.machine()
                        + c.map(programs -> " C: " + programs.compiler() + ".").orElse(" No C compiler."));
    }
}
