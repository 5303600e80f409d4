package dev.chainrule.runtime.training;

import java.util.Objects;

/** Applies an {@link Augmentation} to records that stand row-major, without making garbage. For one thread at a time. */
public final class Augmenter {
    private final Augmentation augmentation;
    private final long seed;
    private final double[] input;
    private final double[] target;
    private final SplitMix64 random = new SplitMix64(0);

    Augmenter(Augmentation augmentation, long seed, int inputWidth, int targetWidth) {
        this.augmentation = Objects.requireNonNull(augmentation, "augmentation");
        this.seed = seed;
        this.input = new double[inputWidth];
        this.target = new double[targetWidth];
    }

    /**
     * Changes one record as it is to be in an epoch.
     *
     * @param epoch the epoch's number, from 0
     * @param record the record's number, from 0, wherever it stands
     * @param inputs records, row-major
     * @param targets records, row-major
     * @param row where the record stands in these
     */
    public void apply(int epoch, long record, double[] inputs, double[] targets, int row) {
        random.restart(SplitMix64.mix(SplitMix64.mix(seed, epoch), record));
        System.arraycopy(inputs, row * input.length, input, 0, input.length);
        System.arraycopy(targets, row * target.length, target, 0, target.length);
        augmentation.augment(input, target, random);
        System.arraycopy(input, 0, inputs, row * input.length, input.length);
        System.arraycopy(target, 0, targets, row * target.length, target.length);
    }
}
