package dev.chainrule.spark;

import dev.chainrule.runtime.training.TreeSum;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import scala.Tuple2;

/** Records that stand side by side in one batch, as a partition holds them: whole blocks, row-major. */
final class Slice implements Serializable {
    private static final long serialVersionUID = 1;

    /** How many values a slice has at most, if it can: Spark asks for the memory of a partition slice by slice. */
    private static final int VALUES = 1 << 20;

    private static final int NO_RECORD = -1;

    private final int batch;
    private final int firstBlock;
    private final int[] numbers;
    private final double[] inputs;
    private final double[] targets;

    private Slice(int batch, int firstBlock, int records, int inputWidth, int targetWidth) {
        this.batch = batch;
        this.firstBlock = firstBlock;
        this.numbers = new int[records];
        this.inputs = new double[records * inputWidth];
        this.targets = new double[records * targetWidth];
        Arrays.fill(numbers, NO_RECORD);
    }

    /**
     * All slices of a partition.
     *
     * @param chunks the partition's records, in any order, by the partition
     * @throws IllegalArgumentException if a record is there twice, or missing
     */
    static List<Slice> assemble(
            Layout layout, int partition, Iterator<Tuple2<Integer, Chunk>> chunks, int inputWidth, int targetWidth) {
        int sliceBlocks = Math.max(1, VALUES / ((inputWidth + targetWidth) * TreeSum.BLOCK));
        List<Slice> slices = new ArrayList<>();
        int[] firstSlices = new int[layout.batches()];
        for (int batch = 0; batch < firstSlices.length; batch++) {
            firstSlices[batch] = slices.size();
            int last = layout.firstBlock(batch, partition + 1);
            for (int block = layout.firstBlock(batch, partition); block < last; block += sliceBlocks) {
                int records = layout.records(batch, block, Math.min(last, block + sliceBlocks));
                slices.add(new Slice(batch, block, records, inputWidth, targetWidth));
            }
        }
        while (chunks.hasNext()) {
            Chunk chunk = chunks.next()._2();
            for (int row = 0; row < chunk.count(); row++) {
                int position = chunk.position(row);
                int batch = position / layout.batchSize();
                int block = position % layout.batchSize() / TreeSum.BLOCK;
                int slice = firstSlices[batch] + (block - layout.firstBlock(batch, partition)) / sliceBlocks;
                slices.get(slice).put(position - layout.position(batch, slices.get(slice).firstBlock), chunk, row);
            }
        }
        slices.forEach(slice -> slice.checkComplete(layout));
        return slices;
    }

    int batch() {
        return batch;
    }

    /** The first of the blocks, counted within the batch. */
    int firstBlock() {
        return firstBlock;
    }

    /** The number of a record. */
    int number(int row) {
        return numbers[row];
    }

    double[] inputs() {
        return inputs;
    }

    double[] targets() {
        return targets;
    }

    /** The number of records. */
    int count() {
        return numbers.length;
    }

    private void put(int row, Chunk chunk, int from) {
        if (numbers[row] != NO_RECORD) {
            throw new IllegalArgumentException(
                    "record number " + chunk.number(from) + " occurs twice; expected each once");
        }
        numbers[row] = chunk.number(from);
        chunk.copy(from, inputs, targets, row);
    }

    private void checkComplete(Layout layout) {
        for (int row = 0; row < numbers.length; row++) {
            if (numbers[row] == NO_RECORD) {
                throw new IllegalStateException("the record at position "
                        + (layout.position(batch, firstBlock) + row)
                        + " is missing; the rows that the data frame yields are not the same each time");
            }
        }
    }
}
