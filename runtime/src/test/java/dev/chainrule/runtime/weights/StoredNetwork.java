package dev.chainrule.runtime.weights;

import dev.chainrule.runtime.ParameterLayout;
import dev.chainrule.runtime.TrainableNetwork;
import java.util.Arrays;
import java.util.Random;

/** A network that is nothing but its parameters. */
class StoredNetwork implements TrainableNetwork {
    private final ParameterLayout layout;
    private final String topology;
    private final double[] parameters;

    StoredNetwork(ParameterLayout layout, String topology) {
        this.layout = layout;
        this.topology = topology;
        this.parameters = new double[layout.size()];
    }

    /** 3 inputs, 2 units, 1 unit without bias: 10 parameters, in three tensors. */
    static StoredNetwork small() {
        return new StoredNetwork(
                ParameterLayout.of(3, new int[] {2, 1}, new boolean[] {true, false}),
                "3-2(TANH)-1(SIGMOID, no bias) HUBER");
    }

    StoredNetwork filledWith(double value) {
        Arrays.fill(parameters, value);
        return this;
    }

    StoredNetwork filledAtRandom(long seed) {
        Random random = new Random(seed);
        Arrays.setAll(parameters, i -> random.nextGaussian());
        return this;
    }

    @Override
    public ParameterLayout layout() {
        return layout;
    }

    @Override
    public String topology() {
        return topology;
    }

    @Override
    public int inputs() {
        return layout.units(0);
    }

    @Override
    public int outputs() {
        return layout.units(layout.layers());
    }

    @Override
    public double[] parameters() {
        return parameters;
    }

    @Override
    public void forward(double[] input, double[] output) {
        throw new UnsupportedOperationException();
    }

    @Override
    public double loss(double[] input, double[] target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public double backprop(double[] input, double[] target, double[] gradient) {
        throw new UnsupportedOperationException();
    }

    @Override
    public double backprop(double[] inputs, double[] targets, int fromRecord, int toRecord, double[] gradient) {
        throw new UnsupportedOperationException();
    }

    @Override
    public double inputGradient(double[] input, double[] target, double[] gradient) {
        throw new UnsupportedOperationException();
    }
}
