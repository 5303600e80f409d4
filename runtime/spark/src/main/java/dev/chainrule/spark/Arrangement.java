package dev.chainrule.spark;

import java.io.Serializable;
import java.util.function.BiConsumer;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;

/** Records where a layout wants them: one shuffle, whose result depends on the records, their positions and the layout alone. */
final class Arrangement {
    private Arrangement() {}

    /** For each task, what {@linkplain Distribution#put puts} the records of one element. */
    @FunctionalInterface
    interface Reader<S> extends Serializable {
        BiConsumer<S, Distribution<S>> start();
    }

    /** The slices of each partition of the layout. Nothing is computed yet. */
    static <S> JavaRDD<Slice> of(JavaRDD<S> source, Reader<S> reader, Layout layout, int inputWidth, int targetWidth) {
        return source.mapPartitionsToPair(
                        elements -> new Distribution<>(elements, reader.start(), layout, inputWidth, targetWidth))
                .partitionBy(new ByKey(layout.partitions()))
                .mapPartitionsWithIndex(
                        (partition, chunks) -> Slice.assemble(layout, partition, chunks, inputWidth, targetWidth)
                                .iterator(),
                        true);
    }

    /** The key is the partition. */
    static final class ByKey extends Partitioner {
        private static final long serialVersionUID = 1;

        private final int partitions;

        ByKey(int partitions) {
            this.partitions = partitions;
        }

        @Override
        public int numPartitions() {
            return partitions;
        }

        @Override
        public int getPartition(Object key) {
            return (Integer) key;
        }
    }
}
