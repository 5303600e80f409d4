package consumer;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Layer;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;
import dev.chainrule.runtime.training.History;
import dev.chainrule.runtime.training.Initializers;
import dev.chainrule.runtime.training.Optimizers;
import dev.chainrule.runtime.training.Records;
import dev.chainrule.runtime.training.Trainer;

/** The training that the README shows. */
@Network(
        inputs = 2,
        layers = {
            @Layer(units = 3, activation = Activation.TANH),
            @Layer(units = 1, activation = Activation.SIGMOID)
        },
        loss = Loss.BINARY_CROSS_ENTROPY)
final class Xor {
    private Xor() {}

    /** What the README says that it prints. */
    static String train(XorNetwork network) {
        Records records = Records.wrap(new double[] {0, 0, 0, 1, 1, 0, 1, 1}, 2, new double[] {0, 1, 1, 0}, 1);
        Initializers.glorotUniform().initialize(network, 42);

        History history = Trainer.builder()
                .optimizer(Optimizers.adam(0.05))
                .batchSize(2)
                .shuffled(42)
                .epochs(300)
                .build()
                .train(network, records);

        double[] outputs = new double[4];
        network.forward(records.inputs(), 0, 4, outputs);
        return String.format("error %.4f at first, %.4f at last%n", history.loss(0), history.loss(history.epochs() - 1))
                + String.format("%.3f %.3f %.3f %.3f%n", outputs[0], outputs[1], outputs[2], outputs[3]);
    }
}
