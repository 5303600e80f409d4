package dev.chainrule.samples.benchmarks.speed;

import dev.chainrule.samples.benchmarks.contenders.FixedNetwork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What derivatives cost besides the gradient, by what the gradient costs. */
@Command(
        name = "second",
        mixinStandardHelpOptions = true,
        description = "Hessian times a vector, and Jacobian by the parameters, against backpropagation.")
final class SecondOrderTable implements Callable<Integer> {
    private static final int ROUNDS = 9;

    private static final String ALSO =
            ", also = {Derivative.HESSIAN_VECTOR, Derivative.PARAMETER_JACOBIAN, Derivative.JACOBIAN}";

    @Mixin
    private Runs runs = new Runs();

    /** What a process measures by turns. */
    enum Part {
        BACKPROP,
        HESSIAN_VECTOR,
        PARAMETER_JACOBIAN
    }

    private record Subject(FixedNetwork network, Part part) {}

    @Override
    public Integer call() throws IOException {
        Compilation compilation = Compilation.of(
                runs.out().resolve("second"),
                Arrays.stream(FixedNetwork.values())
                        .map(SecondOrderTable::declaration)
                        .toList());
        compilation.run();
        int rounds = runs.rounds(ROUNDS);
        Rounds<Subject> bytes = new Rounds<>();
        Rounds<Subject> times = new Rounds<>();
        Rounds.measure(rounds, List.of(FixedNetwork.values()), (network, round) -> {
            double[] costs = fork(network, compilation, round).numbers();
            for (Part part : Part.values()) {
                times.add(new Subject(network, part), costs[2 * part.ordinal()]);
                bytes.add(new Subject(network, part), costs[2 * part.ordinal() + 1]);
            }
            return costs[0];
        });
        new Report("second", "Derivatives besides the gradient", table(times, bytes), notes(rounds))
                .publish(runs.out(), List.of());
        return 0;
    }

    private static Declaration declaration(FixedNetwork network) {
        return new Declaration("N" + network.shape().name().replace('-', '_'), network.shape(), "AUTO", ALSO, "");
    }

    private Fork fork(FixedNetwork network, Compilation compilation, int round) {
        List<String> arguments = new ArrayList<>(List.of(declaration(network).generatedName(), network.name()));
        arguments.addAll(runs.timing().arguments());
        return Fork.measuring(round, List.of(), List.of(compilation.classes()), SecondOrderWorker.class, arguments);
    }

    private static Table table(Rounds<Subject> times, Rounds<Subject> bytes) {
        Table table = new Table(
                "network",
                "backprop, ns",
                "hessianVector, ns",
                "by backprop",
                "at most",
                "parameterJacobian, ns",
                "by backprop",
                "at most",
                "bytes");
        for (FixedNetwork network : FixedNetwork.values()) {
            Subject backprop = new Subject(network, Part.BACKPROP);
            Subject product = new Subject(network, Part.HESSIAN_VECTOR);
            Subject jacobian = new Subject(network, Part.PARAMETER_JACOBIAN);
            table.add(
                    network.shape().name(),
                    times.of(backprop).brief(),
                    times.of(product).brief(),
                    times.ratio(product, backprop),
                    4,
                    times.of(jacobian).brief(),
                    times.ratio(jacobian, backprop),
                    network.shape().outputs() + 1,
                    Spread.number(bytes.of(product).most() + bytes.of(jacobian).most()));
        }
        return table;
    }

    private static List<String> notes(int rounds) {
        return List.of(
                ("One record a call, in double, without vectors: CPU time of the thread, the three measured by turns in one"
                                + " process. The median, and (least..most) of ratios. Rounds, each in new processes: %d.")
                        .formatted(rounds),
                Report.machine());
    }
}
