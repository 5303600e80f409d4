package dev.chainrule.samples.benchmarks.speed;

import java.util.List;

/** As {@link TrainingWorker}, for DL4J, without the contender among the arguments. */
final class Dl4jWorker {
    private Dl4jWorker() {}

    public static void main(String[] arguments) {
        TrainingWorker.run(List.of(arguments), Dl4jTrainee::new);
    }
}
