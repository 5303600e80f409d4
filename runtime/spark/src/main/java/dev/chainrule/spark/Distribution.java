package dev.chainrule.spark;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.BiConsumer;
import scala.Tuple2;

/**
 * Records of one partition, sent to those of a layout: chunks of records, each with its partition.
 *
 * @param <S> what records come in
 */
final class Distribution<S> implements Iterator<Tuple2<Integer, Chunk>> {
    /** How many values a chunk has at most, if it can: a task has one chunk open for each partition. */
    private static final int VALUES = 1 << 14;

    private final Iterator<S> source;
    private final BiConsumer<S, Distribution<S>> reader;
    private final Layout layout;
    private final int inputWidth;
    private final int targetWidth;
    private final int chunkRecords;
    private final Chunk[] open;
    private final ArrayDeque<Tuple2<Integer, Chunk>> full = new ArrayDeque<>();

    /**
     * @param reader {@linkplain #put puts} the records of one element here
     */
    Distribution(
            Iterator<S> source, BiConsumer<S, Distribution<S>> reader, Layout layout, int inputWidth, int targetWidth) {
        this.source = source;
        this.reader = reader;
        this.layout = layout;
        this.inputWidth = inputWidth;
        this.targetWidth = targetWidth;
        this.chunkRecords = Math.max(1, VALUES / (inputWidth + targetWidth));
        this.open = new Chunk[layout.partitions()];
    }

    /**
     * Sends a record.
     *
     * @param row where it stands in the two arrays, which are row-major
     */
    void put(int number, int position, double[] inputs, double[] targets, int row) {
        int partition = layout.partition(position);
        if (open[partition] == null) {
            open[partition] = new Chunk(inputWidth, targetWidth);
        }
        open[partition].add(number, position, inputs, targets, row);
        if (open[partition].count() == chunkRecords) {
            close(partition);
        }
    }

    @Override
    public boolean hasNext() {
        while (full.isEmpty() && source.hasNext()) {
            reader.accept(source.next(), this);
            if (!source.hasNext()) {
                for (int partition = 0; partition < open.length; partition++) {
                    close(partition);
                }
            }
        }
        return !full.isEmpty();
    }

    @Override
    public Tuple2<Integer, Chunk> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return full.remove();
    }

    private void close(int partition) {
        if (open[partition] != null) {
            full.add(new Tuple2<>(partition, open[partition].trimmed()));
            open[partition] = null;
        }
    }
}
