package dev.chainrule.samples.documents;

import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.training.Metrics;
import dev.chainrule.runtime.training.Records;
import java.util.List;
import java.util.Optional;

/**
 * A training on the admission records.
 *
 * @param label what is trained
 * @param document the document's training where this is the same, for as many epochs as both have
 * @param training the mean squared errors of the training records before each epoch, and after the last
 * @param test those of the test records
 * @param accuracy the part of the test records that the trained network tells rightly
 */
record AdmissionsTraining(
        String label, Optional<DocumentRun> document, double[] training, double[] test, double accuracy) {
    /** Trains the single unit and the perceptron. */
    static List<AdmissionsTraining> ofBoth(Records.Split records, AdmissionsSettings settings) {
        TrainableNetwork perceptron = Perceptrons.of(settings.hidden());
        return List.of(
                of("6-1", new Admissions_UnitNetwork(), Admissions.UNIT_DOCUMENT, records, settings),
                of("6-" + settings.hidden() + "-1", perceptron, Admissions.PERCEPTRON_DOCUMENT, records, settings));
    }

    private static AdmissionsTraining of(
            String label,
            TrainableNetwork network,
            DocumentRun document,
            Records.Split records,
            AdmissionsSettings settings) {
        settings.start(network, document);
        boolean isDocuments = settings.areDocuments() && document.start().length == network.parameters().length;
        int epochs = settings.epochs() == null ? document.epochs() : settings.epochs();
        double[] training = new double[epochs + 1];
        double[] test = new double[epochs + 1];
        training[0] = error(network, records.first());
        test[0] = error(network, records.rest());
        settings.trainer(epochs)
                .listener(run -> {
                    int epoch = run.history().epochs();
                    training[epoch] = error(network, records.first());
                    test[epoch] = error(network, records.rest());
                })
                .build()
                .train(network, records.first());
        double accuracy = Metrics.of(network, records.rest()).accuracy();
        return new AdmissionsTraining(
                label, isDocuments ? Optional.of(document) : Optional.empty(), training, test, accuracy);
    }

    private static double error(TrainableNetwork network, Records records) {
        return Metrics.of(network, records).meanSquaredError();
    }

    /** How many epochs it took. */
    int epochs() {
        return training.length - 1;
    }

    /** Whether the document's training took as many. */
    boolean isAsLongAsDocuments() {
        return document.isPresent() && document.get().epochs() == epochs();
    }
}
