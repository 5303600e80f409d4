package dev.chainrule.samples.benchmarks.speed;

import dev.chainrule.samples.benchmarks.contenders.Evaluator;
import dev.chainrule.samples.benchmarks.contenders.FixedNetwork;
import dev.chainrule.samples.benchmarks.contenders.FloatEvaluator;
import dev.chainrule.samples.benchmarks.contenders.Generated;
import dev.chainrule.samples.benchmarks.contenders.Numbers;
import dev.chainrule.samples.benchmarks.contenders.Operation;
import java.util.stream.IntStream;

/** A process that measures one form of one network: {@code FORM NETWORK values}, or {@code WARM-UP SAMPLES} instead of the last. */
final class FrozenWorker {
    /** What is measured, in a JVM without the Vector API or with it. */
    enum Form {
        LIVE,
        FROZEN,
        FLOAT
    }

    private FrozenWorker() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        Layout.shift();
        Form form = Form.valueOf(arguments[0]);
        FixedNetwork network = FixedNetwork.valueOf(arguments[1]);
        Numbers numbers = Numbers.of(network.shape());
        if (arguments[2].equals("values")) {
            for (double value : values(form, network, numbers)) {
                System.out.println(value);
            }
            return;
        }
        Timing timing = Timing.parse(arguments[2], arguments[3]);
        System.out.println(
                form == Form.FLOAT
                        ? timeOfFloat(network, numbers, timing)
                        : work(form, network, numbers).time(timing));
    }

    private static double[] values(Form form, FixedNetwork network, Numbers numbers)
            throws ReflectiveOperationException {
        if (form != Form.FLOAT) {
            return work(form, network, numbers).values();
        }
        float[] output = new float[network.shape().outputs()];
        FrozenClasses.load(network, FloatEvaluator.class).forward(inputs(numbers)[0], output);
        return IntStream.range(0, output.length).mapToDouble(i -> output[i]).toArray();
    }

    private static Work work(Form form, FixedNetwork network, Numbers numbers) throws ReflectiveOperationException {
        Evaluator evaluator = form == Form.LIVE ? live(network, numbers) : FrozenClasses.load(network, Evaluator.class);
        return new Work(Operation.FORWARD, evaluator, network.shape(), numbers);
    }

    private static Evaluator live(FixedNetwork network, Numbers numbers) {
        double[] parameters = numbers.parameters();
        Layout.shift();
        return new Generated(network.generated(parameters));
    }

    private static double timeOfFloat(FixedNetwork network, Numbers numbers, Timing timing)
            throws ReflectiveOperationException {
        FloatEvaluator evaluator = FrozenClasses.load(network, FloatEvaluator.class);
        float[][] inputs = inputs(numbers);
        float[] output = new float[network.shape().outputs()];
        float[] sum = new float[1];
        double time = timing.median(record -> {
            evaluator.forward(inputs[record], output);
            sum[0] += output[0];
        });
        if (Float.isNaN(sum[0])) {
            throw new IllegalStateException("not a number");
        }
        return time;
    }

    private static float[][] inputs(Numbers numbers) {
        double[][] rows = Numbers.rows(numbers.inputs());
        float[][] inputs = new float[rows.length][rows[0].length];
        for (int record = 0; record < rows.length; record++) {
            for (int i = 0; i < rows[record].length; i++) {
                inputs[record][i] = (float) rows[record][i];
            }
        }
        return inputs;
    }
}
