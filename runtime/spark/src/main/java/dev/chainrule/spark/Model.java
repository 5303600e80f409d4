package dev.chainrule.spark;

import dev.chainrule.runtime.TrainableNetwork;
import java.io.Serializable;
import java.util.Arrays;

/** A network that only computes its outputs, frozen or live. Any number of threads call it. */
interface Model extends Serializable {
    int outputs();

    /** Writes the outputs for one input. */
    void forward(double[] input, double[] output);

    /** Writes the outputs of the first {@code records} records; both arrays are row-major. */
    void forward(double[] inputs, int inputWidth, int records, double[] outputs);

    /** A class with the numbers in its code. */
    final class Frozen implements Model {
        private static final long serialVersionUID = 1;

        /** The class's method for one record. */
        private final Forward forward;

        /** That for many. */
        private final ForwardRange range;

        /** How many outputs it has. */
        private final int outputs;

        Frozen(Forward forward, ForwardRange range, int outputs) {
            this.forward = forward;
            this.range = range;
            this.outputs = outputs;
        }

        @Override
        public int outputs() {
            return outputs;
        }

        @Override
        public void forward(double[] input, double[] output) {
            forward.forward(input, output);
        }

        @Override
        public void forward(double[] inputs, int inputWidth, int records, double[] outputs) {
            // Of one record alone it is checked that it is as wide as the network
            forward.forward(Arrays.copyOf(inputs, inputWidth), new double[this.outputs]);
            range.forward(inputs, 0, records, outputs);
        }
    }

    /** A network on parameters of its own, an instance of it for each thread. */
    final class Live implements Model {
        private static final long serialVersionUID = 1;

        /** Makes a network for each thread. */
        private final NetworkFactory instances;

        /** Of all these networks. */
        private final double[] parameters;

        /** How many outputs they have. */
        private final int outputs;
        /** Null before the first call on a machine. */
        private transient volatile ThreadLocal<TrainableNetwork> networks;

        Live(NetworkFactory instances, double[] parameters) {
            this.instances = instances;
            this.parameters = parameters.clone();
            this.outputs = Instances.of(instances, this.parameters).outputs();
        }

        @Override
        public int outputs() {
            return outputs;
        }

        @Override
        public void forward(double[] input, double[] output) {
            network().forward(input, output);
        }

        @Override
        public void forward(double[] inputs, int inputWidth, int records, double[] outputs) {
            TrainableNetwork network = network();
            if (network.inputs() != inputWidth) {
                throw new IllegalArgumentException("input has " + inputWidth + " values; expected " + network.inputs());
            }
            network.forward(inputs, 0, records, outputs);
        }

        private TrainableNetwork network() {
            ThreadLocal<TrainableNetwork> local = networks;
            // Two threads may come here at a time: each then has a network of its own all the same
            if (local == null) {
                local = ThreadLocal.withInitial(() -> Instances.of(instances, parameters));
                networks = local;
            }
            return local.get();
        }
    }
}
