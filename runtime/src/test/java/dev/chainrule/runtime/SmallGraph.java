package dev.chainrule.runtime;

import dev.chainrule.runtime.LayerDescription.Kind;
import java.util.Arrays;
import java.util.Random;

/**
 * A network of every kind of layer, written by hand: a category, a layer that scales inputs and one that scales an
 * output back, shared weights, a skip, and two outputs.
 *
 * <pre>
 *   raw = (state - shift1) * scale1                 h = tanh(b2 + (raw, rank) W2)
 *   g = h W3        k = g W3 (shared)               r = tanh(h + k)
 *   m = r * h       c = (m, r)                      policy = softmax(b8 + c W8)
 *   y = b9 + c W9   value = y / scale10 + shift10
 *   E = -sum t log policy + 0.5 ((t - shift10) scale10 - y)^2 / 2
 * </pre>
 */
public final class SmallGraph implements TrainableNetwork {
    public static final NetworkDescription DESCRIPTION = NetworkDescription.of(
            new InputDescription[] {new InputDescription("state", 2), new InputDescription("rank", 3, 1)},
            new LayerDescription[] {
                new LayerDescription(2, "IDENTITY", "z", false)
                        .named("raw")
                        .ofKind(Kind.SCALE)
                        .reading("state"),
                new LayerDescription(2, "TANH", "tanh(z)", true).named("h").reading("raw", "rank"),
                new LayerDescription(2, "IDENTITY", "z", false).named("g"),
                new LayerDescription(2, "IDENTITY", "z", false).named("k").withWeightsOf("g"),
                new LayerDescription(2, "TANH", "tanh(z)", false)
                        .named("r")
                        .ofKind(Kind.ADD)
                        .reading("h", "k"),
                new LayerDescription(2, "IDENTITY", "z", false)
                        .named("m")
                        .ofKind(Kind.MULTIPLY)
                        .reading("r", "h"),
                new LayerDescription(4, "IDENTITY", "z", false)
                        .ofKind(Kind.CONCATENATE)
                        .reading("m", "r"),
                new LayerDescription(3, "SOFTMAX", "softmax(z)", true).named("policy"),
                new LayerDescription(1, "IDENTITY", "z", true).named("y").reading("layer7"),
                new LayerDescription(1, "IDENTITY", "z", false)
                        .named("value")
                        .ofKind(Kind.SCALE)
                        .inverted(),
            },
            new OutputDescription[] {
                new OutputDescription("policy", "CATEGORICAL_CROSS_ENTROPY", 1, TargetKind.DISTRIBUTION),
                new OutputDescription("value", "HALF_SUM_OF_SQUARES", 0.5, TargetKind.ANY)
            });

    /** Where weights and biases begin. */
    private static final int W2 = 0;

    private static final int B2 = 10;
    private static final int W3 = 12;
    private static final int W8 = 16;
    private static final int B8 = 28;
    private static final int W9 = 31;
    private static final int B9 = 35;

    private final double[] parameters;
    private final double[] constants;

    private final double[] raw = new double[2];
    private final double[] read = new double[5];
    private final double[] h = new double[2];
    private final double[] g = new double[2];
    private final double[] k = new double[2];
    private final double[] r = new double[2];
    private final double[] m = new double[2];
    private final double[] c = new double[4];
    private final double[] policy = new double[3];
    private double y;

    private SmallGraph(double[] parameters, double[] constants) {
        this.parameters = parameters;
        this.constants = constants;
    }

    /** Random parameters, and no constants yet. */
    public SmallGraph(long seed) {
        this(new Random(seed).doubles(36, -1, 1).toArray(), new double[6]);
        Arrays.fill(constants, Double.NaN);
    }

    /** With constants. */
    public static SmallGraph ready(long seed) {
        SmallGraph network = new SmallGraph(seed);
        System.arraycopy(new double[] {10, -2, 0.5, 4, 100, 0.25}, 0, network.constants, 0, 6);
        return network;
    }

    @Override
    public int inputs() {
        return 3;
    }

    @Override
    public int outputs() {
        return 4;
    }

    @Override
    public double[] parameters() {
        return parameters;
    }

    @Override
    public double[] constants() {
        return constants;
    }

    @Override
    public TrainableNetwork sharing() {
        return new SmallGraph(parameters, constants);
    }

    @Override
    public NetworkDescription description() {
        return DESCRIPTION;
    }

    @Override
    public void forward(double[] input, double[] output) {
        for (int i = 0; i < 2; i++) {
            raw[i] = (input[i] - constants[i]) * constants[2 + i];
            read[i] = raw[i];
        }
        for (int category = 1; category <= 3; category++) {
            read[1 + category] = input[2] == category ? 1 : 0;
        }
        for (int j = 0; j < 2; j++) {
            h[j] = Math.tanh(parameters[B2 + j] + sum(read, W2, 2, j));
        }
        for (int j = 0; j < 2; j++) {
            g[j] = sum(h, W3, 2, j);
        }
        for (int j = 0; j < 2; j++) {
            k[j] = sum(g, W3, 2, j);
            r[j] = Math.tanh(h[j] + k[j]);
            m[j] = r[j] * h[j];
            c[j] = m[j];
            c[2 + j] = r[j];
        }
        double total = 0;
        for (int j = 0; j < 3; j++) {
            policy[j] = Math.exp(parameters[B8 + j] + sum(c, W8, 3, j));
            total += policy[j];
        }
        for (int j = 0; j < 3; j++) {
            policy[j] /= total;
            output[j] = policy[j];
        }
        y = parameters[B9] + sum(c, W9, 1, 0);
        output[3] = y / constants[5] + constants[4];
    }

    private double sum(double[] a, int weights, int columns, int j) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * parameters[weights + i * columns + j];
        }
        return sum;
    }

    @Override
    public void activations(double[] input, double[] activations) {
        double[] output = new double[4];
        forward(input, output);
        int from = 0;
        for (double[] layer :
                new double[][] {raw, h, g, k, r, m, c, policy, new double[] {y}, new double[] {output[3]}}) {
            System.arraycopy(layer, 0, activations, from, layer.length);
            from += layer.length;
        }
    }

    @Override
    public double loss(double[] input, double[] target) {
        forward(input, new double[4]);
        double error = 0;
        for (int j = 0; j < 3; j++) {
            error -= target[j] == 0 ? 0 : target[j] * Math.log(policy[j]);
        }
        double difference = y - (target[3] - constants[4]) * constants[5];
        return error + 0.5 * difference * difference / 2;
    }

    @Override
    public double backprop(double[] input, double[] target, double[] gradient) {
        return backprop(input, target, gradient, new double[3]);
    }

    @Override
    public double inputGradient(double[] input, double[] target, double[] gradient) {
        return backprop(input, target, new double[36], gradient);
    }

    private double backprop(double[] input, double[] target, double[] gradient, double[] inputGradient) {
        double error = loss(input, target);
        double[] dc = new double[4];
        for (int j = 0; j < 3; j++) {
            carry(c, W8, 3, j, policy[j] - target[j], gradient, dc);
            gradient[B8 + j] += policy[j] - target[j];
        }
        double dy = 0.5 * (y - (target[3] - constants[4]) * constants[5]);
        carry(c, W9, 1, 0, dy, gradient, dc);
        gradient[B9] += dy;
        double[] dh = new double[2];
        double[] dg = new double[2];
        double[] dk = new double[2];
        for (int j = 0; j < 2; j++) {
            double dr = dc[2 + j] + dc[j] * h[j];
            dk[j] = dr * (1 - r[j] * r[j]);
            dh[j] = dc[j] * r[j] + dk[j];
        }
        for (int j = 0; j < 2; j++) {
            carry(g, W3, 2, j, dk[j], gradient, dg);
        }
        for (int j = 0; j < 2; j++) {
            carry(h, W3, 2, j, dg[j], gradient, dh);
        }
        double[] dread = new double[5];
        for (int j = 0; j < 2; j++) {
            double delta = dh[j] * (1 - h[j] * h[j]);
            carry(read, W2, 2, j, delta, gradient, dread);
            gradient[B2 + j] += delta;
        }
        for (int i = 0; i < 2; i++) {
            inputGradient[i] += dread[i] * constants[2 + i];
        }
        return error;
    }

    /** From the delta of a unit to the gradient of its weights, and to what it reads. */
    private void carry(double[] a, int weights, int columns, int j, double delta, double[] gradient, double[] errors) {
        for (int i = 0; i < a.length; i++) {
            gradient[weights + i * columns + j] += delta * a[i];
            errors[i] += delta * parameters[weights + i * columns + j];
        }
    }

    @Override
    public double backprop(double[] inputs, double[] targets, int fromRecord, int toRecord, double[] gradient) {
        double error = 0;
        for (int record = fromRecord; record < toRecord; record++) {
            error += backprop(
                    Arrays.copyOfRange(inputs, 3 * record, 3 * record + 3),
                    Arrays.copyOfRange(targets, 4 * record, 4 * record + 4),
                    gradient);
        }
        return error;
    }
}
