package dev.chainrule.samples.benchmarks.speed;

import dev.chainrule.runtime.weights.WeightFile;
import dev.chainrule.samples.benchmarks.contenders.Evaluator;
import dev.chainrule.samples.benchmarks.contenders.FixedNetwork;
import dev.chainrule.samples.benchmarks.contenders.Numbers;
import dev.chainrule.samples.benchmarks.contenders.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A frozen network with more and more weights of 0, without those terms against the same as loops over all. */
@Command(
        name = "pruned",
        mixinStandardHelpOptions = true,
        description = "Forward pass of a frozen network with weights of 0, dense and without them.")
final class PrunedTable implements Callable<Integer> {
    @Mixin
    private Runs runs = new Runs();

    @Option(names = "--network", description = "Which one: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} by default.")
    private FixedNetwork network = FixedNetwork.SIXTY_FOUR;

    @Option(names = "--zeros", split = ",", description = "Percent of zeros; 50,80,90,95,99 by default.")
    private List<Integer> percentZeros = List.of(50, 80, 90, 95, 99);

    private Path classes;
    private Path vectorClasses;

    /** What is measured in a process of its own. */
    private record Subject(int zeros, boolean isDense, boolean hasVectors) {
        String className() {
            return (isDense ? "Dense" : "Pruned") + zeros;
        }

        @Override
        public String toString() {
            return zeros + " % zeros, " + (isDense ? "dense" : "pruned") + (hasVectors ? ", vectors" : "");
        }
    }

    @Override
    public Integer call() throws IOException {
        classes = build(runs.out().resolve("pruned"));
        vectorClasses = build(
                runs.out().resolve("pruned-vectors"),
                "-Achainrule.vector=true",
                "--add-modules",
                "jdk.incubator.vector");
        List<Subject> subjects = new ArrayList<>();
        for (int zeros : percentZeros) {
            for (boolean hasVectors : new boolean[] {false, true}) {
                subjects.add(new Subject(zeros, true, hasVectors));
                subjects.add(new Subject(zeros, false, hasVectors));
            }
        }
        subjects.forEach(this::check);
        int rounds = runs.rounds(Layout.ROUNDS);
        Rounds<Subject> times = Rounds.measure(rounds, subjects, this::time);
        new Report("pruned", "A pruned network", table(times), notes(rounds)).publish(runs.out(), List.of());
        return 0;
    }

    /** Compiles the networks below a directory, with options of the compiler; returns where the classes are. */
    private Path build(Path directory, String... options) throws IOException {
        List<Declaration> declarations = new ArrayList<>();
        for (int zeros : percentZeros) {
            double[] parameters = Numbers.of(network.shape()).parameters();
            prune(network.shape(), parameters, zeros);
            Path file = Files.createDirectories(directory).resolve(zeros + ".safetensors");
            WeightFile.save(network.generated(parameters), file);
            declarations.add(declaration("Dense" + zeros, "NONE", zeros));
            declarations.add(declaration("Pruned" + zeros, "AUTO", zeros));
        }
        Compilation compilation = Compilation.of(directory, declarations);
        List<String> all = new ArrayList<>(List.of(options));
        all.add("-Achainrule.resources=" + directory.toAbsolutePath());
        compilation.run(all.toArray(String[]::new));
        return compilation.classes();
    }

    /** Makes the smallest weights of each layer 0. */
    private static void prune(Shape shape, double[] parameters, int percentZeros) {
        for (Shape.Dense layer : shape.layers()) {
            double[] sizes = Arrays.stream(parameters, layer.weights(), layer.biases())
                    .map(Math::abs)
                    .sorted()
                    .toArray();
            double least = sizes[Math.round(sizes.length * percentZeros / 100f)];
            for (int i = layer.weights(); i < layer.biases(); i++) {
                parameters[i] = Math.abs(parameters[i]) < least ? 0 : parameters[i];
            }
        }
    }

    private Declaration declaration(String name, String unroll, int zeros) {
        String members = """

                    final class Run implements %s {
                        @Override
                        public void forward(double[] input, double[] output) {
                            %sFrozen.forward(input, output);
                        }
                    }
                """.formatted(Evaluator.class.getName(), name);
        return new Declaration(name, network.shape(), unroll, ", weights = \"" + zeros + ".safetensors\"", members);
    }

    /** What is left out changes no value: zeros of another sign are equal. */
    private void check(Subject subject) {
        double[] dense = fork(new Subject(subject.zeros(), true, false), 0, List.of("values"))
                .numbers();
        double[] values = fork(subject, 0, List.of("values")).numbers();
        for (int i = 0; i < dense.length; i++) {
            if (values[i] != dense[i]) {
                throw new IllegalStateException(
                        "%s: value %d is %s instead of %s".formatted(subject, i, values[i], dense[i]));
            }
        }
    }

    private double time(Subject subject, int round) {
        return fork(subject, round, runs.timing().arguments()).number();
    }

    private Fork fork(Subject subject, int round, List<String> how) {
        List<String> arguments = new ArrayList<>(List.of(network.name(), subject.className()));
        arguments.addAll(how);
        return subject.hasVectors()
                ? Fork.measuring(
                        round,
                        List.of("--add-modules", "jdk.incubator.vector"),
                        List.of(vectorClasses),
                        PrunedWorker.class,
                        arguments)
                : Fork.measuring(round, List.of(), List.of(classes), PrunedWorker.class, arguments);
    }

    private Table table(Rounds<Subject> times) {
        Table table = new Table(
                "zeros",
                "dense, ns",
                "pruned, ns",
                "dense / pruned",
                "vectors: dense, ns",
                "pruned, ns",
                "dense / pruned");
        for (int zeros : percentZeros) {
            List<Object> cells = new ArrayList<>(List.of(zeros + " %"));
            for (boolean hasVectors : new boolean[] {false, true}) {
                Subject dense = new Subject(zeros, true, hasVectors);
                Subject pruned = new Subject(zeros, false, hasVectors);
                cells.add(times.of(dense).brief());
                cells.add(times.of(pruned).brief());
                cells.add(times.ratio(dense, pruned));
            }
            table.add(cells.toArray());
        }
        return table;
    }

    private List<String> notes(int rounds) {
        return List.of(
                "Network " + network.shape().name()
                        + " with the smallest weights of each layer made 0, as loops over all of"
                        + " them (unroll = NONE) and as the processor writes it by itself. Nanoseconds a record, one record a"
                        + " call, and ratios within a round: the median (least..most). Rounds: " + rounds
                        + "; a number in a round is the median of a process of its own, " + Layout.NOTE + ".",
                Report.machine());
    }
}
