package dev.chainrule.samples.benchmarks.contenders;

import java.util.function.DoubleSupplier;

/**
 * What every contender trains: the same network from the same parameters on the same records, in their order and in batches of the
 * same size, the last of an epoch smaller. A step is plain gradient descent, {@code p -= RATE * g}, with g the mean of the
 * records' gradients.
 *
 * @param batch records of a batch
 * @param records of an epoch
 */
public record TrainingTask(TrainedNetwork network, int batch, int threads, int records) {
    /** Small: however long it is measured, the network stays one that learns. */
    public static final double RATE = 0.05;

    /**
     * Parameters and records.
     *
     * @param inputs from 0 to 1, as pixels are; row-major, a row a record
     * @param targets likewise: 1 for one of the outputs, 0 for the others
     */
    public record Data(double[] parameters, double[] inputs, double[] targets) {}

    public Shape shape() {
        return network.shape();
    }

    /** The same numbers, bit for bit, whoever asks; the C program makes them likewise. */
    public Data data() {
        DoubleSupplier uniform = new Uniform();
        double[] parameters = new double[shape().parameters()];
        double[] inputs = new double[records * shape().inputs()];
        double[] targets = new double[records * shape().outputs()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = (uniform.getAsDouble() - 0.5) / 8;
        }
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = uniform.getAsDouble();
        }
        for (int r = 0; r < records; r++) {
            targets[r * shape().outputs() + (int) (shape().outputs() * uniform.getAsDouble())] = 1;
        }
        return new Data(parameters, inputs, targets);
    }
}
