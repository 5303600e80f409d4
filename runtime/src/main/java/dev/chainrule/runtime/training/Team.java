package dev.chainrule.runtime.training;

import dev.chainrule.runtime.TrainableNetwork;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** The threads of a training, each with a network of its own on the same parameters; the first is the caller's, with the caller's. */
final class Team implements AutoCloseable {
    private final TrainableNetwork[] networks;
    /** Null while there are no other threads. */
    private Workers workers;

    /**
     * Makes the networks; threads start when they are first needed.
     *
     * @param instances makes a network on given parameters; null where the network makes others by itself
     * @throws IllegalArgumentException if a network is not the same network on the same parameters and constants
     * @throws UnsupportedOperationException if the network makes no others by itself
     */
    Team(TrainableNetwork network, int threads, Function<double[], ? extends TrainableNetwork> instances) {
        networks = new TrainableNetwork[threads];
        networks[0] = network;
        for (int i = 1; i < networks.length; i++) {
            TrainableNetwork instance = instances == null ? network.sharing() : instances.apply(network.parameters());
            if (instance.parameters() != network.parameters()) {
                throw new IllegalArgumentException(
                        "the instances for threads must work on the parameters that they are given; "
                                + instance.getClass().getName() + " has others");
            }
            if (network.constants().length > 0 && instance.constants() != network.constants()) {
                throw new IllegalArgumentException("the instances for threads must work on the network's constants; "
                        + instance.getClass().getName()
                        + " has others. Leave the function that makes them away, and the network makes them itself");
            }
            Fit.checkSame(network, instance);
            networks[i] = instance;
        }
    }

    /** The network of one thread. */
    TrainableNetwork network(int thread) {
        return networks[thread];
    }

    /** The number of threads. */
    int size() {
        return networks.length;
    }

    /** A function of records for each thread. */
    RangeSum[] functions(SumMethod method) {
        RangeSum[] functions = new RangeSum[networks.length];
        for (int i = 0; i < functions.length; i++) {
            functions[i] = method.of(networks[i]);
        }
        return functions;
    }

    /** Has every thread do a task, which is given the thread's number, from 0. */
    void run(IntConsumer task) {
        if (workers == null) {
            workers = new Workers(networks.length);
        }
        workers.run(task);
    }

    @Override
    public void close() {
        if (workers != null) {
            workers.close();
            workers = null;
        }
    }
}
