package dev.chainrule.samples.documents;

/**
 * A training that a document reports.
 *
 * @param start the parameters that it starts from, random but the document's
 * @param every how many epochs lie between two errors
 * @param errors the error before epoch 0 and before every {@code every}-th epoch after it
 * @param outputs the final outputs, a row a record; none where the document gives none
 */
record DocumentRun(double[] start, int every, double[] errors, double[][] outputs) {
    /** How many epochs it took, where its last error is that after them all. */
    int epochs() {
        return every * (errors.length - 1);
    }

    /** The error before an epoch as text with some decimals; a dash where the document gives none. */
    String errorBefore(int epoch, int decimals) {
        boolean given = epoch % every == 0 && epoch / every < errors.length;
        return given ? Program.text("%." + decimals + "f", errors[epoch / every]) : "-";
    }
}
