package dev.chainrule.samples.benchmarks.speed;

import ai.onnxruntime.OrtSession;
import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.samples.benchmarks.contenders.FixedNetwork;
import dev.chainrule.samples.benchmarks.contenders.PlainLoops;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.encog.neural.flat.FlatNetwork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What there is before the first output, and before the first class. */
@Command(
        name = "start-up",
        mixinStandardHelpOptions = true,
        description = "Time to the first output of a process, sizes, and what the annotation processor costs a build.")
final class StartUp implements Callable<Integer> {
    private static final int ROUNDS = 15;
    private static final List<String> EMPTY_JVM = List.of();
    private static final List<Contender> CONTENDERS =
            List.of(Contender.CHAINRULE, Contender.PLAIN_LOOPS, Contender.ENCOG, Contender.ONNX_RUNTIME);
    private static final List<FixedNetwork> NETWORKS = List.of(FixedNetwork.TWO, FixedNetwork.DIGITS);

    @Mixin
    private Runs runs = new Runs();

    @Override
    public Integer call() throws IOException, URISyntaxException {
        int rounds = runs.rounds(ROUNDS);
        Table starts = starts(rounds);
        Table sizes = sizes();
        Table builds = new BuildCost(runs.out().resolve("build")).table(rounds);
        new Report(
                        "start-up",
                        "Start-up and build",
                        starts,
                        List.of(
                                "From the start of the JVM to its end, after one output: milliseconds, the median"
                                        + " (least..most). Processes each: " + rounds + ".",
                                sizes.toString(),
                                "Kilobytes: the jar that each needs, and the class of 784-30-10.",
                                builds.toString(),
                                "One compilation in a new JVM: milliseconds without the processor (`-proc:none`), with it"
                                        + " (`-proc:only`), and with the generated classes compiled, too; then the"
                                        + " megabytes allocated and the most that the heap held, each without the"
                                        + " processor and with all.",
                                Report.machine()))
                .publish(runs.out(), List.of());
        return 0;
    }

    private static Table starts(int rounds) {
        List<List<String>> subjects = new ArrayList<>(List.of(EMPTY_JVM));
        CONTENDERS.forEach(contender -> NETWORKS.forEach(network -> subjects.add(subject(contender, network))));
        // The first of all would wait for the disk.
        subjects.forEach(StartUp::milliseconds);
        Rounds<List<String>> times = Rounds.measure(rounds, subjects, (subject, round) -> milliseconds(subject));
        Table table = new Table("first output", "2-2-2-2, ms", "784-30-10, ms");
        table.add("empty JVM", times.of(EMPTY_JVM), times.of(EMPTY_JVM));
        for (Contender contender : CONTENDERS) {
            table.add(
                    contender,
                    times.of(subject(contender, FixedNetwork.TWO)),
                    times.of(subject(contender, FixedNetwork.DIGITS)));
        }
        return table;
    }

    private static List<String> subject(Contender contender, FixedNetwork network) {
        return List.of(contender.name(), network.name());
    }

    private static double milliseconds(List<String> arguments) {
        long start = System.nanoTime();
        Fork.java(FirstOutput.class, arguments).run();
        return (System.nanoTime() - start) / 1e6;
    }

    private static Table sizes() throws IOException, URISyntaxException {
        String generated = FixedNetwork.DIGITS
                .generated(new double[FixedNetwork.DIGITS.shape().parameters()])
                .getClass()
                .getSimpleName();
        Table table = new Table("size", "jar, kB", "classes, kB");
        table.add(Contender.CHAINRULE, jar(TrainableNetwork.class), classes(FixedNetwork.class, generated));
        table.add(Contender.PLAIN_LOOPS, 0, classes(PlainLoops.class, "PlainLoops"));
        table.add(Contender.ENCOG, jar(FlatNetwork.class), "");
        table.add(Contender.ONNX_RUNTIME + " (libraries for five systems)", jar(OrtSession.class), "");
        return table;
    }

    /** The jar that a class came from. */
    private static long jar(Class<?> type) throws URISyntaxException, IOException {
        return Files.size(Path.of(
                        type.getProtectionDomain().getCodeSource().getLocation().toURI()))
                / 1000;
    }

    private static String classes(Class<?> neighbour, String name) throws IOException {
        try (InputStream bytes = neighbour.getResourceAsStream(name + ".class")) {
            return Spread.number(bytes.readAllBytes().length / 1e3);
        }
    }
}
