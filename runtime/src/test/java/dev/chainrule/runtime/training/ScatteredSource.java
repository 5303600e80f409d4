package dev.chainrule.runtime.training;

import dev.chainrule.runtime.TargetSlice;
import dev.chainrule.runtime.TrainableNetwork;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Sums over batches as machines would that have a part of the records each: what they are told and what they answer is serialised,
 * their networks are their own, and the answers come in any order, now and then after a first attempt.
 */
final class ScatteredSource implements BatchSource {
    private final RecordStore records;
    private final Function<double[], ? extends TrainableNetwork> networks;
    private final int parts;
    private final Random random = new Random(1);
    /** The number of epochs that were begun and of sums, and whether it was closed, for tests to see. */
    int epochs;

    int sums;
    boolean isClosed;

    ScatteredSource(RecordStore records, Function<double[], ? extends TrainableNetwork> networks, int parts) {
        this.records = records;
        this.networks = networks;
        this.parts = parts;
    }

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

    /** From the last record to the first. */
    @Override
    public long checksum() {
        double[] input = new double[inputWidth()];
        double[] target = new double[targetWidth()];
        long sum = 0;
        for (int record = count() - 1; record >= 0; record--) {
            records.copy(record, record + 1, input, target, 0);
            sum += RecordChecks.checksum(record, input, inputWidth(), target, targetWidth(), 0);
        }
        return sum;
    }

    @Override
    public void checkTargets(List<TargetSlice> slices) {
        double[] input = new double[inputWidth()];
        double[] target = new double[targetWidth()];
        for (int record = 0; record < count(); record++) {
            records.copy(record, record + 1, input, target, 0);
            RecordChecks.checkTargets("records", slices, record, target, targetWidth(), 0);
        }
    }

    @Override
    public BatchSums sums(TrainableNetwork network, BatchPlan plan) {
        byte[] sentPlan = bytes(plan);
        return new BatchSums() {
            private int epoch;
            private int[] order;

            @Override
            public void startEpoch(int epoch, int[] order) {
                epochs++;
                this.epoch = epoch;
                this.order = order == null ? null : order.clone();
            }

            @Override
            public double sum(int from, int to, double[] sums) {
                ScatteredSource.this.sums++;
                byte[] sentParameters = bytes(network.parameters());
                int blocks = TreeSum.blocks(to - from);
                List<byte[]> answers = new ArrayList<>();
                for (int part = 0; part < parts; part++) {
                    int first = part * blocks / parts;
                    int last = (part + 1) * blocks / parts;
                    for (int attempt = random.nextInt(4) / 3; attempt >= 0; attempt--) {
                        TreeSum answer = answer(read(sentPlan), read(sentParameters), from, to, first, last);
                        if (attempt == 0) {
                            answers.add(bytes(answer));
                        }
                    }
                }
                Collections.shuffle(answers, random);
                TreeSum all = new TreeSum(sums.length);
                answers.forEach(answer -> all.add(ScatteredSource.<TreeSum>read(answer)));
                return all.finish(blocks, sums);
            }

            /** The sum over some blocks, elsewhere. */
            private TreeSum answer(BatchPlan plan, double[] parameters, int from, int to, int first, int last) {
                RangeSum function = plan.method().of(networks.apply(parameters));
                TreeSum sum = new TreeSum(function.length());
                double[] inputs = new double[TreeSum.BLOCK * inputWidth()];
                double[] targets = new double[TreeSum.BLOCK * targetWidth()];
                Augmenter augmenter = plan.augmenter(inputWidth(), targetWidth());
                for (int block = first; block < last; block++) {
                    int start = from + block * TreeSum.BLOCK;
                    int end = Math.min(start + TreeSum.BLOCK, to);
                    for (int position = start; position < end; position++) {
                        int record = order == null ? position : order[position];
                        records.copy(record, record + 1, inputs, targets, position - start);
                        if (augmenter != null) {
                            augmenter.apply(epoch, record, inputs, targets, position - start);
                        }
                    }
                    sum.add(block, function, inputs, targets, 0, end - start);
                }
                return sum;
            }

            @Override
            public void close() {
                isClosed = true;
            }
        };
    }

    private static byte[] bytes(Object object) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    @SuppressWarnings("unchecked")
    private static <T> T read(byte[] bytes) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (T) in.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
