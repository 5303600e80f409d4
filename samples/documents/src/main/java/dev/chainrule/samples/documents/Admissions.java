package dev.chainrule.samples.documents;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Layer;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;
import dev.chainrule.runtime.training.Records;
import dev.chainrule.runtime.training.Standardisation;
import java.util.List;
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

    /** The records that the document trains on, in the order in which numpy draws them after {@code seed(42)}. */
    static final List<Integer> TRAINING_RECORDS = List.of(
            209, 280, 33, 210, 93, 84, 329, 94, 266, 126, 9, 361, 56, 72, 132, 42, 278, 376, 231, 385, 77, 15, 391, 271,
            0, 396, 114, 225, 262, 104, 395, 193, 261, 57, 232, 116, 113, 342, 158, 141, 381, 55, 76, 25, 82, 382, 148,
            181, 22, 173, 46, 321, 338, 70, 374, 39, 223, 172, 30, 152, 124, 294, 255, 78, 101, 31, 352, 268, 394, 73,
            320, 140, 5, 45, 388, 246, 227, 369, 176, 289, 3, 18, 202, 250, 274, 63, 248, 301, 108, 90, 233, 335, 118,
            220, 180, 314, 373, 380, 239, 75, 247, 110, 16, 66, 153, 7, 19, 137, 355, 349, 131, 387, 292, 386, 297, 60,
            79, 285, 305, 281, 157, 109, 17, 347, 24, 175, 351, 332, 167, 245, 311, 145, 258, 177, 119, 194, 229, 265,
            218, 307, 36, 139, 291, 155, 196, 284, 59, 111, 165, 363, 6, 333, 275, 150, 10, 192, 103, 81, 316, 398, 375,
            208, 286, 168, 353, 89, 377, 163, 147, 228, 92, 69, 123, 96, 143, 326, 97, 238, 68, 23, 37, 144, 122, 182,
            67, 198, 324, 219, 317, 195, 125, 146, 371, 86, 336, 340, 337, 354, 334, 302, 183, 203, 283, 211, 282, 129,
            38, 11, 325, 185, 222, 112, 179, 327, 299, 117, 368, 277, 384, 287, 362, 164, 253, 136, 154, 199, 197, 392,
            2, 204, 115, 234, 237, 26, 120, 357, 224, 360, 378, 350, 379, 127, 74, 322, 29, 83, 389, 107, 249, 296, 133,
            244, 184, 290, 44, 367, 65, 85, 242, 186, 159, 12, 35, 28, 170, 142, 318, 272, 221, 95, 51, 240, 298, 304,
            178, 41, 310, 206, 254, 331, 4, 256, 358, 100, 226, 341, 213, 171, 98, 215, 61, 47, 32, 267, 200, 356, 27,
            312, 230, 260, 288, 162, 370, 138, 62, 135, 128, 8, 64, 300, 14, 156, 40, 366, 323, 216, 279, 346, 236, 207,
            212, 295, 364, 251, 390, 365, 303, 269, 201, 161, 43, 217, 190, 309, 259, 105, 53, 1, 49, 80, 205, 34, 263,
            91, 339, 52, 345, 264, 241, 13, 315, 88, 273, 166, 328, 393, 134, 306, 383, 319);

    private Admissions() {}

    /** The single unit. */
    @Network(
            inputs = 6,
            layers = @Layer(units = 1, activation = Activation.SIGMOID, bias = false),
            loss = Loss.HALF_SUM_OF_SQUARES)
    interface Unit {}

    /** As the document does: gre and gpa standardised over all records, before they are split. */
    static Records standardised(Records all) {
        return Standardisation.fit(all, 0, 1).apply(all);
    }

    /**
     * The records that the document trains on, in its order, and those that it tests on.
     *
     * @throws IllegalArgumentException if there are not as many records as the document has
     */
    static Records.Split documentSplit(Records all) {
        if (all.count() != RECORDS) {
            throw new IllegalArgumentException("there are " + all.count() + " records; the document's split is one of "
                    + RECORDS + ". --seed draws another");
        }
        int[] training = TRAINING_RECORDS.stream().mapToInt(Integer::intValue).toArray();
        int[] test = IntStream.range(0, RECORDS)
                .filter(record -> !TRAINING_RECORDS.contains(record))
                .toArray();
        return new Records.Split(all.select(training), all.select(test));
    }
}
