package dev.chainrule.runtime.weights;

import dev.chainrule.runtime.LayerDescription;
import dev.chainrule.runtime.NetworkDescription;
import dev.chainrule.runtime.TargetKind;
import dev.chainrule.runtime.TrainableNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A network that is nothing but its parameters. */
class StoredNetwork implements TrainableNetwork {
    private final NetworkDescription description;
    private final double[] parameters;

    StoredNetwork(NetworkDescription description) {
        this.description = description;
        this.parameters = new double[description.layout().size()];
    }

    /** Of layers with biases. */
    StoredNetwork(String activation, String loss, int inputs, int... units) {
        this(new NetworkDescription(
                inputs,
                Arrays.stream(units)
                        .mapToObj(count -> new LayerDescription(count, activation, true))
                        .toList(),
                loss,
                TargetKind.ANY));
    }

    /** 3 inputs, 2 units, 1 unit without bias: 10 parameters, in three tensors. */
    static StoredNetwork small() {
        return new StoredNetwork(new NetworkDescription(
                3,
                List.of(
                        new LayerDescription(2, "TANH", "tanh(z)", true),
                        new LayerDescription(1, "SIGMOID", "sigmoid(z)", false)),
                "HUBER",
                TargetKind.ANY));
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
    public NetworkDescription description() {
        return description;
    }

    @Override
    public int inputs() {
        return description.inputs();
    }

    @Override
    public int outputs() {
        return description.outputs();
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
