package dev.chainrule.runtime.training;

import dev.chainrule.runtime.InputDescription;
import dev.chainrule.runtime.LayerDescription;
import dev.chainrule.runtime.LayerDescription.Kind;
import dev.chainrule.runtime.NetworkDescription;
import dev.chainrule.runtime.OutputDescription;
import dev.chainrule.runtime.ParameterJacobianNetwork;
import dev.chainrule.runtime.TargetKind;
import dev.chainrule.runtime.TrainableNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A model y = f(x; b1, b2, ...) with a sum of squares as its loss; its derivatives are those of {@link Dual} numbers. */
final class Curve implements ParameterJacobianNetwork {
    /** The model itself. */
    interface Model {
        Dual at(double[] x, Dual[] b);
    }

    private final int inputs;
    private final Model model;
    private final String loss;
    private final double[] parameters;

    Curve(int inputs, Model model, String loss, double[] parameters) {
        this.inputs = inputs;
        this.model = model;
        this.loss = loss;
        this.parameters = parameters;
    }

    @Override
    public int inputs() {
        return inputs;
    }

    @Override
    public int outputs() {
        return 1;
    }

    @Override
    public double[] parameters() {
        return parameters;
    }

    @Override
    public TrainableNetwork sharing() {
        return new Curve(inputs, model, loss, parameters);
    }

    /** A layer whose letters are the parameters. */
    @Override
    public NetworkDescription description() {
        List<String> letters = IntStream.rangeClosed(1, parameters.length)
                .mapToObj(i -> "b" + i)
                .toList();
        String[] parts = IntStream.rangeClosed(1, inputs).mapToObj(i -> "x" + i).toArray(String[]::new);
        LayerDescription layer =
                new LayerDescription(1, "f(x; b)", "", false, letters, "y", Kind.ADD, List.of(parts), "", false);
        return new NetworkDescription(
                Stream.of(parts).map(part -> new InputDescription(part, 1)).toList(),
                List.of(layer),
                List.of(new OutputDescription("y", loss, 1, TargetKind.ANY)));
    }

    private Dual at(double[] input) {
        Dual[] b = new Dual[parameters.length];
        Arrays.setAll(b, i -> Dual.variable(parameters[i], i, b.length));
        return model.at(input, b);
    }

    @Override
    public void forward(double[] input, double[] output) {
        output[0] = at(input).value;
    }

    @Override
    public void parameterJacobian(double[] input, double[] jacobian) {
        System.arraycopy(at(input).slopes, 0, jacobian, 0, parameters.length);
    }

    @Override
    public double loss(double[] input, double[] target) {
        double residual = at(input).value - target[0];
        return residual * residual / (loss.equals("HALF_SUM_OF_SQUARES") ? 2 : 1);
    }

    @Override
    public double backprop(double[] input, double[] target, double[] gradient) {
        Dual y = at(input);
        double factor = loss.equals("HALF_SUM_OF_SQUARES") ? 1 : 2;
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] += factor * (y.value - target[0]) * y.slopes[i];
        }
        return loss(input, target);
    }

    @Override
    public double backprop(double[] inputs, double[] targets, int fromRecord, int toRecord, double[] gradient) {
        double error = 0;
        for (int record = fromRecord; record < toRecord; record++) {
            error += backprop(
                    Arrays.copyOfRange(inputs, record * this.inputs, (record + 1) * this.inputs),
                    new double[] {targets[record]},
                    gradient);
        }
        return error;
    }

    @Override
    public double inputGradient(double[] input, double[] target, double[] gradient) {
        throw new UnsupportedOperationException();
    }
}
