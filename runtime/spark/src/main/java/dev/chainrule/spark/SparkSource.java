package dev.chainrule.spark;

import dev.chainrule.runtime.TargetKind;
import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.training.BatchPlan;
import dev.chainrule.runtime.training.BatchSource;
import dev.chainrule.runtime.training.BatchSums;

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
    public void checkTargets(TargetKind kind) {
        records.checkTargets(kind);
    }

    @Override
    public BatchSums sums(TrainableNetwork network, BatchPlan plan) {
        TrainableNetwork instance = Instances.of(instances, network.parameters().clone());
        if (!instance.getClass().equals(network.getClass())) {
            throw new IllegalArgumentException(
                    "the executors' networks are of " + instance.getClass().getName() + ", the trainer's is of "
                            + network.getClass().getName() + "; expected the same");
        }
        return new SparkSums(this, network, plan, plan.method().of(instance).length());
    }
}
