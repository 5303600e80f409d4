package consumer;

import dev.chainrule.runtime.training.Initializers;
import dev.chainrule.runtime.training.Optimizers;
import dev.chainrule.runtime.training.Records;
import dev.chainrule.runtime.training.Trainer;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Prints the hash of the bits that a training comes to, and whether this JVM has vectors. */
final class Outputs {
    private Outputs() {}

    public static void main(String[] arguments) {
        boolean hasVectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        System.out.println(hash() + " " + hasVectors);
    }

    static int hash() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        double[] inputs = random.doubles(200 * 64, -1, 1).toArray();
        double[] targets = new double[200 * 10];
        for (int record = 0; record < 200; record++) {
            targets[record * 10 + random.nextInt(10)] = 1;
        }
        DigitsNetwork network = new DigitsNetwork();
        Initializers.glorotUniform().initialize(network, 42);
        Trainer.builder()
                .optimizer(Optimizers.adam(0.01))
                .batchSize(50)
                .shuffled(42)
                .epochs(3)
                .build()
                .train(network, Records.wrap(inputs, 64, targets, 10));
        return Arrays.hashCode(network.parameters());
    }
}
