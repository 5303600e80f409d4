package dev.chainrule.spark;

import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.training.BatchPlan;
import dev.chainrule.runtime.training.BatchSums;
import dev.chainrule.runtime.training.TreeSum;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/** Sums over batches by the executors: each partition sums over its blocks of the batch, and the driver adds what is left of them. */
final class SparkSums implements BatchSums {
    /** How many arrays a partition's tree has left, about: its run of blocks is a few subtrees. */
    private static final int ARRAYS = 8;

    private final SparkSource source;
    private final SparkRecords records;
    private final TrainableNetwork network;
    private final BatchPlan plan;
    private final int length;
    private final Layout layout;
    private int epoch;
    /** The records in the epoch's order; null before the first. */
    private JavaRDD<Slice> slices;
    /** Whether these are not those of the records as they are. */
    private boolean isArranged;
    /** Null where positions are record numbers. */
    private Broadcast<int[]> positions;

    SparkSums(SparkSource source, TrainableNetwork network, BatchPlan plan, int length) {
        this.source = source;
        this.records = source.records();
        this.network = network;
        this.plan = plan;
        this.length = length;
        this.layout =
                new Layout(records.count(), plan.batchSize(), records.layout().partitions());
    }

    @Override
    public void startEpoch(int epoch, int[] order) {
        this.epoch = epoch;
        if (order == null && slices != null) {
            return;
        }
        close();
        isArranged = order != null || !layout.equals(records.layout());
        if (!isArranged) {
            slices = records.slices();
            return;
        }
        if (order != null) {
            int[] positionOf = new int[order.length];
            for (int position = 0; position < order.length; position++) {
                positionOf[order[position]] = position;
            }
            positions = records.context().broadcast(positionOf);
        }
        slices = records.arranged(layout, positions)
                .persist(StorageLevel.MEMORY_AND_DISK())
                .setName("chainrule: records of epoch " + epoch);
    }

    @Override
    public double sum(int from, int to, double[] sums) {
        Broadcast<double[]> parameters =
                records.context().broadcast(network.parameters().clone());
        Step step = new Step(source.instances(), plan, length, from / plan.batchSize(), epoch, parameters);
        JavaRDD<TreeSum> parts = merged(slices.mapPartitions(step, true));
        try {
            TreeSum tree = new TreeSum(length);
            Failures.unwrapped(parts::collect).forEach(tree::add);
            return tree.finish(TreeSum.blocks(to - from), sums);
        } finally {
            parts.rdd().cleanShuffleDependencies(false);
            parameters.destroy(false);
        }
    }

    /** Has executors add the sums of neighbours where they are too many for the driver. */
    private JavaRDD<TreeSum> merged(JavaRDD<TreeSum> parts) {
        int partitions = layout.partitions();
        int groups = (int) Math.max(1, source.mostSums() / ((long) ARRAYS * Math.max(1, length)));
        if (partitions <= groups) {
            return parts;
        }
        return JavaPairRDD.fromJavaRDD(parts.mapPartitionsWithIndex(
                        (partition, trees) -> List.of(
                                        new Tuple2<>((int) ((long) partition * groups / partitions), trees.next()))
                                .iterator(),
                        false))
                .partitionBy(new Arrangement.ByKey(groups))
                .values()
                .mapPartitions(SparkSums::added);
    }

    private static Iterator<TreeSum> added(Iterator<TreeSum> trees) {
        TreeSum sum = trees.next();
        trees.forEachRemaining(sum::add);
        return List.of(sum).iterator();
    }

    @Override
    public void close() {
        if (isArranged) {
            slices.unpersist(false);
            slices.rdd().cleanShuffleDependencies(false);
        }
        isArranged = false;
        slices = null;
        if (positions != null) {
            positions.destroy(false);
            positions = null;
        }
    }
}
