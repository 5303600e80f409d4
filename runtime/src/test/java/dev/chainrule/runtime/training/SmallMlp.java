package dev.chainrule.runtime.training;

import dev.chainrule.runtime.LayerDescription;
import dev.chainrule.runtime.NetworkDescription;
import dev.chainrule.runtime.ParameterJacobianNetwork;
import dev.chainrule.runtime.TargetKind;
import dev.chainrule.runtime.TrainableNetwork;
import java.util.Arrays;
import java.util.List;

/** A layer of tanh units and one of sums, with a sum of squares in any scale; its methods allocate nothing. */
final class SmallMlp implements ParameterJacobianNetwork {
    private final int inputs;
    private final int units;
    private final int outputs;
    private final String loss;
    private final double[] parameters;
    private final double[] hidden;
    private final double[] input;
    private final double[] output;
    private final double[] target;
    private final double[] jacobian;

    SmallMlp(int inputs, int units, int outputs, String loss, double[] parameters) {
        this.inputs = inputs;
        this.units = units;
        this.outputs = outputs;
        this.loss = loss;
        this.parameters = parameters;
        this.hidden = new double[units];
        this.input = new double[inputs];
        this.output = new double[outputs];
        this.target = new double[outputs];
        this.jacobian = new double[outputs * parameters.length];
    }

    SmallMlp(int inputs, int units, int outputs, String loss, long seed) {
        this(inputs, units, outputs, loss, new double[(inputs + 1) * units + (units + 1) * outputs]);
        Initializers.glorotUniform().initialize(this, seed);
    }

    @Override
    public int inputs() {
        return inputs;
    }

    @Override
    public int outputs() {
        return outputs;
    }

    @Override
    public double[] parameters() {
        return parameters;
    }

    @Override
    public TrainableNetwork sharing() {
        return new SmallMlp(inputs, units, outputs, loss, parameters);
    }

    @Override
    public NetworkDescription description() {
        return new NetworkDescription(
                inputs,
                List.of(new LayerDescription(units, "TANH", true), new LayerDescription(outputs, "IDENTITY", true)),
                loss,
                TargetKind.ANY);
    }

    private double factor() {
        return switch (loss) {
            case "HALF_SUM_OF_SQUARES" -> 0.5;
            case "MEAN_SQUARED_ERROR" -> 1.0 / outputs;
            default -> 1;
        };
    }

    @Override
    public void forward(double[] x, double[] y) {
        for (int j = 0; j < units; j++) {
            double z = parameters[inputs * units + j];
            for (int i = 0; i < inputs; i++) {
                z += parameters[i * units + j] * x[i];
            }
            hidden[j] = StrictMath.tanh(z);
        }
        int from = (inputs + 1) * units;
        for (int o = 0; o < outputs; o++) {
            double sum = parameters[from + units * outputs + o];
            for (int j = 0; j < units; j++) {
                sum += parameters[from + j * outputs + o] * hidden[j];
            }
            y[o] = sum;
        }
    }

    @Override
    public void parameterJacobian(double[] x, double[] dy) {
        forward(x, output);
        Arrays.fill(dy, 0);
        int from = (inputs + 1) * units;
        for (int o = 0; o < outputs; o++) {
            int row = o * parameters.length;
            dy[row + from + units * outputs + o] = 1;
            for (int j = 0; j < units; j++) {
                dy[row + from + j * outputs + o] = hidden[j];
                double slope = parameters[from + j * outputs + o] * (1 - hidden[j] * hidden[j]);
                dy[row + inputs * units + j] = slope;
                for (int i = 0; i < inputs; i++) {
                    dy[row + i * units + j] = slope * x[i];
                }
            }
        }
    }

    @Override
    public double loss(double[] x, double[] t) {
        forward(x, output);
        double sum = 0;
        for (int o = 0; o < outputs; o++) {
            sum += (output[o] - t[o]) * (output[o] - t[o]);
        }
        return factor() * sum;
    }

    @Override
    public double backprop(double[] x, double[] t, double[] gradient) {
        parameterJacobian(x, jacobian);
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] += 2 * factor() * (output[o] - t[o]) * jacobian[o * gradient.length + i];
            }
        }
        return loss(x, t);
    }

    @Override
    public double backprop(double[] xs, double[] ts, int fromRecord, int toRecord, double[] gradient) {
        double error = 0;
        for (int record = fromRecord; record < toRecord; record++) {
            System.arraycopy(xs, record * inputs, input, 0, inputs);
            System.arraycopy(ts, record * outputs, target, 0, outputs);
            error += backprop(input, target, gradient);
        }
        return error;
    }

    @Override
    public double inputGradient(double[] x, double[] t, double[] gradient) {
        throw new UnsupportedOperationException();
    }
}
