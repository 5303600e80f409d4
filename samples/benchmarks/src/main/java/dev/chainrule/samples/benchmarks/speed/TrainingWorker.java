package dev.chainrule.samples.benchmarks.speed;

import dev.chainrule.samples.benchmarks.contenders.EncogTrainee;
import dev.chainrule.samples.benchmarks.contenders.GeneratedTrainee;
import dev.chainrule.samples.benchmarks.contenders.TrainedNetwork;
import dev.chainrule.samples.benchmarks.contenders.Trainee;
import dev.chainrule.samples.benchmarks.contenders.TrainingTask;
import java.util.Arrays;
import java.util.List;

/**
 * A process in which a Java contender trains: {@code CONTENDER NETWORK BATCH THREADS RECORDS values} prints the parameters and the loss
 * after an epoch; {@code WARM-UP MEASURE} instead of the last, CPU and wall time of an epoch in milliseconds.
 */
final class TrainingWorker {
    static final String VALUES = "values";

    private TrainingWorker() {}

    /** Makes whoever trains. */
    interface Maker {
        Trainee make(TrainingTask task, TrainingTask.Data data);
    }

    public static void main(String[] arguments) {
        TrainingContender contender = TrainingContender.valueOf(arguments[0]);
        run(Arrays.asList(arguments).subList(1, arguments.length), (task, data) -> trainee(contender, task, data));
    }

    /** Does what the arguments after the contender say. */
    static void run(List<String> arguments, Maker maker) {
        TrainingTask task = new TrainingTask(
                TrainedNetwork.valueOf(arguments.get(0)),
                Integer.parseInt(arguments.get(1)),
                Integer.parseInt(arguments.get(2)),
                Integer.parseInt(arguments.get(3)));
        Layout.shift();
        TrainingTask.Data data = task.data();
        Layout.shift();
        Trainee trainee = maker.make(task, data);
        if (arguments.get(4).equals(VALUES)) {
            for (double value : values(trainee)) {
                System.out.println(value);
            }
        } else {
            EpochClock clock = new EpochClock(Integer.parseInt(arguments.get(4)), Integer.parseInt(arguments.get(5)));
            trainee.train(clock);
            System.out.println(clock.cpu());
            System.out.println(clock.wall());
        }
    }

    /** A new one in this process. Only the classes of that one are loaded. */
    static Trainee trainee(TrainingContender contender, TrainingTask task, TrainingTask.Data data) {
        return switch (contender) {
            case OPENBLAS, DL4J -> throw new IllegalArgumentException(contender + " is a program of its own");
            case CHAINRULE, VECTORS ->
                new GeneratedTrainee(task, data, task.network().generated(data.parameters()));
            case ENCOG -> new EncogTrainee(task, data);
        };
    }

    /** The parameters after an epoch, and its loss where the contender tells it. */
    static double[] values(Trainee trainee) {
        trainee.train(() -> false);
        double[] parameters = trainee.parameters();
        double loss = trainee.loss();
        if (Double.isNaN(loss)) {
            return parameters;
        }
        double[] values = Arrays.copyOf(parameters, parameters.length + 1);
        values[parameters.length] = loss;
        return values;
    }
}
