package dev.chainrule.samples.benchmarks.speed;

import dev.chainrule.samples.benchmarks.contenders.FixedNetwork;
import dev.chainrule.samples.benchmarks.contenders.Numbers;
import dev.chainrule.samples.benchmarks.contenders.Operation;

/** A process that prints what operations cost, one after the other: {@code WARM-UP SAMPLES NETWORK OPERATION NETWORK OPERATION ...}. */
final class CliffWorker {
    private CliffWorker() {}

    public static void main(String[] arguments) {
        Layout.shift();
        Timing timing = Timing.parse(arguments[0], arguments[1]);
        for (int i = 2; i < arguments.length; i += 2) {
            FixedNetwork network = FixedNetwork.valueOf(arguments[i]);
            Numbers numbers = Numbers.of(network.shape());
            Work work = new Work(
                    Operation.valueOf(arguments[i + 1]),
                    Contender.VECTORS.on(network, numbers.parameters()),
                    network.shape(),
                    numbers);
            for (double cost : work.cost(timing)) {
                System.out.println(cost);
            }
        }
    }
}
