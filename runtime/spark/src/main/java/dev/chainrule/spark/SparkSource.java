package dev.chainrule.spark;

import dev.chainrule.runtime.TargetSlice;
import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.training.BatchPlan;
import dev.chainrule.runtime.training.BatchSource;
import dev.chainrule.runtime.training.BatchSums;
import java.util.Arrays;
import java.util.List;

/** Records of a cluster for trainings of one network. */
record SparkSource(SparkRecords records, NetworkFactory instances, long mostSums) implements BatchSource {
    @Override
    public int count() {
        return records.count();
    }

    @Override
    public int inputWidth() {
        return records.inputWidth();
    }

    @Override
    public int targetWidth() {
        return records.targetWidth();
    }

    @Override
    public long checksum() {
        return records.checksum();
    }

    @Override
    public void checkTargets(List<TargetSlice> slices) {
        records.checkTargets(slices);
    }

    @Override
    public BatchSums sums(TrainableNetwork network, BatchPlan plan) {
        TrainableNetwork instance = Instances.of(instances, network.parameters().clone());
        if (!instance.getClass().equals(network.getClass())) {
            throw new IllegalArgumentException(
                    "the executors' networks are of " + instance.getClass().getName() + ", the trainer's is of "
                            + network.getClass().getName() + "; expected the same");
        }
        // Those of a network that a checkpoint is to give its constants are not set yet
        boolean isSet = Arrays.stream(network.constants()).noneMatch(Double::isNaN);
        if (isSet && !Arrays.equals(instance.constants(), network.constants())) {
            throw new IllegalArgumentException("the executors' networks have other constants than the trainer's, "
                    + network.getClass().getName() + "; expected the same");
        }
        return new SparkSums(this, network, plan, plan.method().of(instance).length());
    }
}
