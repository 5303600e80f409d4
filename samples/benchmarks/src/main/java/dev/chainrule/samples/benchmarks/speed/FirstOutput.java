package dev.chainrule.samples.benchmarks.speed;

import dev.chainrule.samples.benchmarks.contenders.FixedNetwork;
import java.util.Arrays;

/** A process that computes one output and ends: {@code CONTENDER NETWORK}; without arguments, an empty JVM. */
final class FirstOutput {
    private FirstOutput() {}

    public static void main(String[] arguments) {
        double[] output = {0};
        if (arguments.length > 0) {
            FixedNetwork network = FixedNetwork.valueOf(arguments[1]);
            double[] parameters = new double[network.shape().parameters()];
            Arrays.fill(parameters, 0.01);
            output = new double[network.shape().outputs()];
            Contender.valueOf(arguments[0])
                    .on(network, parameters)
                    .forward(new double[network.shape().inputs()], output);
        }
        System.out.println(output[0]);
    }
}
