package dev.chainrule.samples.documents;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Layer;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;
import dev.chainrule.runtime.training.Records;
import dev.chainrule.runtime.training.Standardisation;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The networks of "Single unit and multilayer perceptron" that learn who is admitted to a graduate school. Their six inputs are
 * gre, gpa and the one-hot rank.
 */
final class Admissions {
    /** Where the document takes the records from. */
    static final String ADDRESS = "https://stats.idre.ucla.edu/stat/data/binary.csv";

    static final double LEARNING_RATE = 0.5;

    /** The part of the records to train on. */
    static final double TRAINING_PART = 0.9;

    /** How many records the document has. */
    static final int RECORDS = 400;

    /** The document's single unit: mean squared errors of the training records, weights from N(0, 1/sqrt(6)). */
    static final DocumentRun UNIT_DOCUMENT = new DocumentRun(
            new double[] {
                0.20278270381604144,
                -0.05644616458531684,
                0.2644177384326464,
                0.6217743352039992,
                -0.09559271493714623,
                -0.09558601240891407
            },
            100,
            new double[] {
                0.2641867982508646, 0.20945781063805838, 0.20088083120404743, 0.19863409457564504,
                0.1978038016217691, 0.19742836431312785, 0.19723646567837427, 0.1971302506877055,
                0.19706813910626358, 0.19703035246447215, 0.19700668351312703
            },
            new double[0][]);

    /** The document's network with a hidden layer, likewise. */
    static final DocumentRun PERCEPTRON_DOCUMENT = new DocumentRun(
            new double[] {
                0.20278270381604144,
                -0.05644616458531684,
                0.2644177384326464,
                0.6217743352039992,
                -0.09559271493714623,
                -0.09558601240891407,
                0.6447109322095166,
                0.3133039162192728,
                -0.1916621154745161,
                0.22149921026796912,
                -0.18918948086139536,
                -0.1901333757132136,
                0.09878068372358641,
                -0.7810933890598277
            },
            100,
            new double[] {
                0.23116422670855238, 0.2215381567818365, 0.21506014962622283, 0.210785292903811,
                0.20804738223686162, 0.20615420118400382, 0.20472680888384687, 0.20357475415036103,
                0.20260350172819877, 0.20176750457691708
            },
            new double[0][]);

    /** The part of the test records that either of the document's networks tells rightly. */
    static final double DOCUMENT_ACCURACY = 0.725;

    /** Which records the document tests on: numpy's choice after {@code seed(42)}. */
    private static final int[] TEST_RECORDS = {
        20, 21, 48, 50, 54, 58, 71, 87, 99, 102, 106, 121, 130, 149, 151, 160, 169, 174, 187, 188, 189, 191, 214, 235,
        243, 252, 257, 270, 276, 293, 308, 313, 330, 343, 344, 348, 359, 372, 397, 399
    };

    private Admissions() {}

    /** The single unit. */
    @Network(
            inputs = 6,
            layers = @Layer(units = 1, activation = Activation.SIGMOID, bias = false),
            loss = Loss.HALF_SUM_OF_SQUARES)
    interface Unit {}

    /** The multilayer perceptron. */
    @Network(
            inputs = 6,
            layers = {
                @Layer(units = 2, activation = Activation.SIGMOID, bias = false),
                @Layer(units = 1, activation = Activation.SIGMOID, bias = false)
            },
            loss = Loss.HALF_SUM_OF_SQUARES)
    interface Perceptron {}

    /** As the document does: gre and gpa standardised over all records, before they are split. */
    static Records standardised(Records all) {
        return Standardisation.fit(all, 0, 1).apply(all);
    }

    /**
     * The records that the document trains on, and those that it tests on.
     *
     * @throws IllegalArgumentException if there are not as many records as the document has
     */
    static Records.Split documentSplit(Records all) {
        if (all.count() != RECORDS) {
            throw new IllegalArgumentException("there are " + all.count() + " records; the document's split is one of "
                    + RECORDS + ". --seed draws another");
        }
        int[] training = IntStream.range(0, RECORDS)
                .filter(record -> Arrays.binarySearch(TEST_RECORDS, record) < 0)
                .toArray();
        return new Records.Split(all.select(training), all.select(TEST_RECORDS));
    }
}
