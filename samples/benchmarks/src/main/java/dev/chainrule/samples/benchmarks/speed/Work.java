package dev.chainrule.samples.benchmarks.speed;

import dev.chainrule.samples.benchmarks.contenders.Evaluator;
import dev.chainrule.samples.benchmarks.contenders.Learner;
import dev.chainrule.samples.benchmarks.contenders.Numbers;
import dev.chainrule.samples.benchmarks.contenders.Operation;
import dev.chainrule.samples.benchmarks.contenders.Shape;
import java.util.function.IntConsumer;

/** One operation of one contender on the common records. */
final class Work {
    private final Operation operation;
    private final Evaluator evaluator;
    private final double[] inputs;
    private final double[] targets;
    private final double[][] inputRows;
    private final double[][] targetRows;
    private final double[] output;

    /** Whatever is computed ends here, so that nothing is left out as unused. */
    private double sum;

    Work(Operation operation, Evaluator evaluator, Shape shape, Numbers numbers) {
        this.operation = operation;
        this.evaluator = evaluator;
        inputs = numbers.inputs();
        targets = numbers.targets();
        inputRows = Numbers.rows(inputs);
        targetRows = Numbers.rows(targets);
        output = new double[shape.outputs()];
    }

    /** Nanoseconds a record. */
    double time(Timing timing) {
        double time = timing.median(calls()) / operation.records();
        if (Double.isNaN(sum)) {
            throw new IllegalStateException("not a number");
        }
        return time;
    }

    /** Nanoseconds of CPU time a record, and bytes allocated a call. */
    double[] cost(Timing timing) {
        double[] cost = timing.cost(calls());
        cost[0] /= operation.records();
        return cost;
    }

    /** The outputs of the first record, or the gradient. */
    double[] values() {
        calls().accept(0);
        return operation == Operation.FORWARD ? output : ((Learner) evaluator).gradient();
    }

    private IntConsumer calls() {
        return switch (operation) {
            case FORWARD ->
                record -> {
                    evaluator.forward(inputRows[record], output);
                    sum += output[0];
                };
            case BACKPROP -> {
                Learner learner = (Learner) evaluator;
                yield record -> sum += learner.backprop(inputRows[record], targetRows[record]);
            }
            case BACKPROP64 -> {
                Learner learner = (Learner) evaluator;
                yield record -> sum += learner.backprop(inputs, targets, 0, Numbers.RECORDS);
            }
        };
    }
}
