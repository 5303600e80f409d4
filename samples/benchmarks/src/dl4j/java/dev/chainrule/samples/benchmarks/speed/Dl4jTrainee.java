package dev.chainrule.samples.benchmarks.speed;

import dev.chainrule.samples.benchmarks.contenders.Shape.Dense;
import dev.chainrule.samples.benchmarks.contenders.Trainee;
import dev.chainrule.samples.benchmarks.contenders.TrainingTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;

/**
 * DL4J in double, with the batches ready in its own arrays. Its loss is the sum of the cross-entropies of the outputs, not their mean.
 */
final class Dl4jTrainee implements Trainee {
    private final TrainingTask task;
    private final MultiLayerNetwork network;
    private final List<DataSet> batches = new ArrayList<>();
    private double loss = Double.NaN;

    Dl4jTrainee(TrainingTask task, TrainingTask.Data data) {
        this.task = task;
        Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
        Dense hidden = task.shape().layers().get(0);
        Dense output = task.shape().layers().get(1);
        network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .updater(new Sgd(TrainingTask.RATE / output.units()))
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(hidden.inputs())
                        .nOut(hidden.units())
                        .activation(Activation.SIGMOID)
                        .build())
                // Without its clipping of outputs at 1e-5.
                .layer(new OutputLayer.Builder(new LossBinaryXENT(0))
                        .nIn(output.inputs())
                        .nOut(output.units())
                        .activation(Activation.SIGMOID)
                        .build())
                .build());
        network.init();
        for (int l = 0; l < task.shape().layers().size(); l++) {
            Dense layer = task.shape().layers().get(l);
            double[] p = data.parameters();
            network.setParam(l + "_W", matrix(p, layer.weights(), layer.inputs(), layer.units()));
            network.setParam(l + "_b", matrix(p, layer.biases(), 1, layer.units()));
        }
        for (int from = 0; from < task.records(); from += task.batch()) {
            int count = Math.min(task.batch(), task.records() - from);
            batches.add(new DataSet(
                    matrix(data.inputs(), from * hidden.inputs(), count, hidden.inputs()),
                    matrix(data.targets(), from * output.units(), count, output.units())));
        }
    }

    @Override
    public void train(BooleanSupplier another) {
        do {
            double sum = 0;
            for (DataSet batch : batches) {
                network.fit(batch);
                sum += network.score() * batch.numExamples();
            }
            loss = sum / (task.records() * task.shape().outputs());
        } while (another.getAsBoolean());
    }

    @Override
    public double[] parameters() {
        double[] parameters = new double[task.shape().parameters()];
        for (int l = 0; l < task.shape().layers().size(); l++) {
            Dense layer = task.shape().layers().get(l);
            copy(network.getParam(l + "_W"), parameters, layer.weights());
            copy(network.getParam(l + "_b"), parameters, layer.biases());
        }
        return parameters;
    }

    @Override
    public double loss() {
        return loss;
    }

    private static INDArray matrix(double[] values, int from, int rows, int columns) {
        return Nd4j.createFromArray(Arrays.copyOfRange(values, from, from + rows * columns))
                .reshape(rows, columns);
    }

    private static void copy(INDArray matrix, double[] values, int from) {
        double[] rows = matrix.dup('c').data().asDouble();
        System.arraycopy(rows, 0, values, from, rows.length);
    }
}
