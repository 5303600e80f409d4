package dev.chainrule.samples.benchmarks.speed;

import dev.chainrule.samples.benchmarks.contenders.FixedNetwork;
import dev.chainrule.samples.benchmarks.contenders.Numbers;
import dev.chainrule.samples.benchmarks.contenders.Operation;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that measures one operation of one contender, with nothing else in its profile: {@code CONTENDER NETWORK OPERATION
 * values}, or {@code WARM-UP SAMPLES} instead of the last.
 */
final class Worker {
    private Worker() {}

    static Fork values(Contender contender, FixedNetwork network, Operation operation) {
        return fork(contender, network, operation, 0, List.of("values"));
    }

    static Fork time(Contender contender, FixedNetwork network, Operation operation, int round, Timing timing) {
        return fork(contender, network, operation, round, timing.arguments());
    }

    private static Fork fork(
            Contender contender, FixedNetwork network, Operation operation, int round, List<String> how) {
        List<String> arguments = new ArrayList<>(List.of(contender.name(), network.name(), operation.name()));
        arguments.addAll(how);
        return Fork.measuring(round, contender.options(), List.of(), Worker.class, arguments);
    }

    public static void main(String[] arguments) {
        Layout.shift();
        FixedNetwork network = FixedNetwork.valueOf(arguments[1]);
        Numbers numbers = Numbers.of(network.shape());
        Layout.shift();
        Work work = new Work(
                Operation.valueOf(arguments[2]),
                Contender.valueOf(arguments[0]).on(network, numbers.parameters()),
                network.shape(),
                numbers);
        if (arguments[3].equals("values")) {
            for (double value : work.values()) {
                System.out.println(value);
            }
        } else {
            System.out.println(work.time(Timing.parse(arguments[3], arguments[4])));
        }
    }
}
