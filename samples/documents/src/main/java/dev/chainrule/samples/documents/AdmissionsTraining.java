package dev.chainrule.samples.documents;

import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.training.History;
import dev.chainrule.runtime.training.Initializers;
import dev.chainrule.runtime.training.Metrics;
import dev.chainrule.runtime.training.Optimizers;
import dev.chainrule.runtime.training.Records;
import dev.chainrule.runtime.training.Trainer;
import java.util.List;

/**
 * Gradient descent on the admission records: after every epoch each weight moves against its derivative, the mean over all
 * training records.
 *
 * @param label what is trained
 * @param document the document's training of the same network
 * @param training the errors of the training records before each epoch, and after the last
 * @param test those of the test records
 * @param accuracy the part of the test records that the trained network tells rightly
 */
record AdmissionsTraining(String label, DocumentRun document, double[] training, double[] test, double accuracy) {
    /** Trains the single unit and the perceptron: from the document's weights, or from N(0, 1/sqrt(n)) by a seed. */
    static List<AdmissionsTraining> ofBoth(Records.Split records, Long seed) {
        return List.of(
                of("6-1", new Admissions_UnitNetwork(), 1000, Admissions.UNIT_DOCUMENT, records, seed),
                of("6-2-1", new Admissions_PerceptronNetwork(), 900, Admissions.PERCEPTRON_DOCUMENT, records, seed));
    }

    private static AdmissionsTraining of(
            String label,
            TrainableNetwork network,
            int epochs,
            DocumentRun document,
            Records.Split records,
            Long seed) {
        if (seed == null) {
            System.arraycopy(document.start(), 0, network.parameters(), 0, document.start().length);
        } else {
            Initializers.normal().initialize(network, seed);
        }
        double[] training = new double[epochs + 1];
        double[] test = new double[epochs + 1];
        test[0] = Metrics.of(network, records.rest()).meanSquaredError();
        History history = Trainer.builder()
                .optimizer(Optimizers.gradientDescent(Admissions.LEARNING_RATE))
                .epochs(epochs)
                .validation(records.rest())
                .build()
                .train(network, records.first());
        for (int epoch = 0; epoch < epochs; epoch++) {
            // The loss is half of the squared error
            training[epoch] = 2 * history.loss(epoch);
            test[epoch + 1] = 2 * history.validationLoss(epoch);
        }
        training[epochs] = Metrics.of(network, records.first()).meanSquaredError();
        return new AdmissionsTraining(
                label,
                document,
                training,
                test,
                Metrics.of(network, records.rest()).accuracy());
    }

    /** How many epochs it took. */
    int epochs() {
        return training.length - 1;
    }
}
