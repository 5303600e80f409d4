package dev.chainrule.samples.benchmarks.speed;

import java.util.List;

/** Who trains. */
enum TrainingContender {
    OPENBLAS("C with OpenBLAS", 1e-9),
    CHAINRULE("Chainrule", 0),
    /** The same class in a JVM that has the Vector API, which it then uses. */
    VECTORS("Chainrule, vectors", 0),
    DL4J("DL4J", 1e-9),
    ENCOG("Encog", 1e-9);

    private final String text;
    private final double tolerance;

    TrainingContender(String text, double tolerance) {
        this.text = text;
        this.tolerance = tolerance;
    }

    /** By how much parameters may differ after an epoch, relative to those above 1. */
    double tolerance() {
        return tolerance;
    }

    /** Whether it trains in batches by so many threads. */
    boolean does(int threads) {
        return threads == 1 || this != ENCOG;
    }

    /** Whether it tells the loss of an epoch. */
    boolean tellsLoss() {
        return this != ENCOG;
    }

    /** What the JVM that it runs in is started with. */
    List<String> options() {
        return this == VECTORS ? List.of("--add-modules", "jdk.incubator.vector") : List.of();
    }

    @Override
    public String toString() {
        return text;
    }
}
