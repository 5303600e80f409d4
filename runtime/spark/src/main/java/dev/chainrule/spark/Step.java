package dev.chainrule.spark;

import dev.chainrule.runtime.training.Augmenter;
import dev.chainrule.runtime.training.BatchPlan;
import dev.chainrule.runtime.training.RangeSum;
import dev.chainrule.runtime.training.TreeSum;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;

/** What a step does within a partition: sums over the partition's blocks of one batch. */
record Step(NetworkFactory instances, BatchPlan plan, int length, int batch, int epoch, Broadcast<double[]> parameters)
        implements FlatMapFunction<Iterator<Slice>, TreeSum> {
    @Override
    public Iterator<TreeSum> call(Iterator<Slice> slices) {
        // A copy for each task, as there are methods that move parameters.
        RangeSum function =
                plan.method().of(Instances.of(instances, parameters.value().clone()));
        TreeSum tree = new TreeSum(length);
        while (slices.hasNext()) {
            Slice slice = slices.next();
            if (slice.batch() == batch) {
                add(slice, function, tree);
            }
        }
        return List.of(tree).iterator();
    }

    private void add(Slice slice, RangeSum function, TreeSum tree) {
        double[] inputs = slice.inputs();
        double[] targets = slice.targets();
        int count = slice.count();
        int inputWidth = inputs.length / count;
        int targetWidth = targets.length / count;
        Augmenter augmenter = plan.augmenter(inputWidth, targetWidth);
        if (augmenter != null) {
            inputs = inputs.clone();
            targets = targets.clone();
            for (int row = 0; row < count; row++) {
                augmenter.apply(epoch, slice.number(row), inputs, targets, row);
            }
        }
        for (int row = 0; row < count; row += TreeSum.BLOCK) {
            int last = Math.min(count, row + TreeSum.BLOCK);
            tree.add(slice.firstBlock() + row / TreeSum.BLOCK, function, inputs, targets, row, last);
        }
    }
}
