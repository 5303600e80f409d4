package dev.chainrule.samples.benchmarks.speed;

import dev.chainrule.runtime.HessianVectorNetwork;
import dev.chainrule.runtime.ParameterJacobianNetwork;
import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.samples.benchmarks.contenders.FixedNetwork;
import dev.chainrule.samples.benchmarks.contenders.Numbers;
import dev.chainrule.samples.benchmarks.contenders.Shape;
import java.util.List;
import java.util.function.IntConsumer;

/** A process that prints, for each {@link SecondOrderTable.Part}, what it costs: {@code CLASS NETWORK WARM-UP SAMPLES}. */
final class SecondOrderWorker {
    /** Whatever is computed ends here, so that nothing is left out as unused. */
    private static double sum;

    private SecondOrderWorker() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        Layout.shift();
        Shape shape = FixedNetwork.valueOf(arguments[1]).shape();
        Numbers numbers = Numbers.of(shape);
        Layout.shift();
        TrainableNetwork network = (TrainableNetwork)
                Class.forName(arguments[0]).getConstructor(double[].class).newInstance(numbers.parameters());
        Timing timing = Timing.parse(arguments[2], arguments[3]);
        for (double[] cost : timing.costs(calls(network, numbers))) {
            System.out.println(cost[0]);
            System.out.println(cost[1]);
        }
    }

    /** In the order of the parts. */
    private static List<IntConsumer> calls(TrainableNetwork network, Numbers numbers) {
        double[][] inputs = Numbers.rows(numbers.inputs());
        double[][] targets = Numbers.rows(numbers.targets());
        int parameters = numbers.parameters().length;
        double[] gradient = new double[parameters];
        double[] product = new double[parameters];
        double[] jacobian = new double[network.outputs() * parameters];
        HessianVectorNetwork second = (HessianVectorNetwork) network;
        ParameterJacobianNetwork first = (ParameterJacobianNetwork) network;
        double[] v = numbers.parameters().clone();
        return List.of(
                record -> sum += network.backprop(inputs[record], targets[record], gradient),
                record -> sum += second.hessianVector(inputs[record], targets[record], v, product),
                record -> {
                    first.parameterJacobian(inputs[record], jacobian);
                    sum += jacobian[0];
                });
    }
}
