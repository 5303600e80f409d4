package dev.chainrule.samples.benchmarks.speed;

import dev.chainrule.samples.benchmarks.contenders.FixedNetwork;
import dev.chainrule.samples.benchmarks.contenders.Numbers;
import dev.chainrule.samples.benchmarks.contenders.Operation;

/** A process that prints what an operation costs: {@code NETWORK OPERATION WARM-UP SAMPLES}. */
final class CliffWorker {
    private CliffWorker() {}

    public static void main(String[] arguments) {
        Layout.shift();
        FixedNetwork network = FixedNetwork.valueOf(arguments[0]);
        Numbers numbers = Numbers.of(network.shape());
        Work work = new Work(
                Operation.valueOf(arguments[1]),
                Contender.VECTORS.on(network, numbers.parameters()),
                network.shape(),
                numbers);
        for (double cost : work.cost(Timing.parse(arguments[2], arguments[3]))) {
            System.out.println(cost);
        }
    }
}
