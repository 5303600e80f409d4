package dev.chainrule.samples.benchmarks.speed;

import dev.chainrule.samples.benchmarks.contenders.Evaluator;
import dev.chainrule.samples.benchmarks.contenders.FixedNetwork;
import dev.chainrule.samples.benchmarks.contenders.Numbers;
import dev.chainrule.samples.benchmarks.contenders.Operation;
import dev.chainrule.samples.benchmarks.contenders.Shape;

/** A process that measures one frozen network: {@code NETWORK NAME values}, or {@code WARM-UP SAMPLES} instead of the last. */
final class PrunedWorker {
    private PrunedWorker() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        Layout.shift();
        String declaration = Declaration.PACKAGE + "." + arguments[1];
        Class.forName(declaration + "Frozen"); // initialises it: the parameters come before the shift
        Layout.shift();
        Evaluator evaluator =
                (Evaluator) Class.forName(declaration + "$Run").getConstructor().newInstance();
        Shape shape = FixedNetwork.valueOf(arguments[0]).shape();
        Work work = new Work(Operation.FORWARD, evaluator, shape, Numbers.of(shape));
        if (arguments[2].equals("values")) {
            for (double value : work.values()) {
                System.out.println(value);
            }
            return;
        }
        System.out.println(work.time(Timing.parse(arguments[2], arguments[3])));
    }
}
