package dev.chainrule.samples.benchmarks.speed;

import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.samples.benchmarks.contenders.Evaluator;
import dev.chainrule.samples.benchmarks.contenders.Generated;
import dev.chainrule.samples.benchmarks.contenders.Numbers;
import dev.chainrule.samples.benchmarks.contenders.Operation;
import dev.chainrule.samples.benchmarks.contenders.PlainLoops;
import dev.chainrule.samples.benchmarks.contenders.Shape;
import dev.chainrule.samples.benchmarks.contenders.Unit;

/**
 * A process that measures one operation of one network of the sweep: {@code CLASS SHAPE UNIT OPERATION WARM-UP SAMPLES}; without
 * a class, the plain loops.
 */
final class SweepWorker {
    private SweepWorker() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        Layout.shift();
        Shape shape = Shape.of(arguments[1], Unit.valueOf(arguments[2]));
        Numbers numbers = Numbers.of(shape);
        Layout.shift();
        Evaluator evaluator = evaluator(arguments[0], shape, numbers.parameters());
        Work work = new Work(Operation.valueOf(arguments[3]), evaluator, shape, numbers);
        System.out.println(work.time(Timing.parse(arguments[4], arguments[5])));
    }

    private static Evaluator evaluator(String className, Shape shape, double[] parameters)
            throws ReflectiveOperationException {
        if (className.isEmpty()) {
            return new PlainLoops(shape, parameters);
        }
        return new Generated((TrainableNetwork)
                Class.forName(className).getConstructor(double[].class).newInstance(parameters));
    }
}
