package dev.chainrule.runtime.training;

import dev.chainrule.runtime.NetworkDescription;
import dev.chainrule.runtime.TrainableNetwork;
import java.util.List;
import java.util.Objects;

/**
 * How many weights of a network become 0, which, and when. At once, for a training of the others that follows:
 *
 * <pre>{@code
 * Mask mask = Pruning.to(0.9).prune(network);
 * Trainer.builder().mask(mask).build().train(network, records);
 * }</pre>
 *
 * <p>Or little by little while the network is trained, which loses less:
 *
 * <pre>{@code
 * Trainer.builder().pruning(Pruning.to(0.95).ramp(5, 40)).epochs(60).build().train(network, records);
 * }</pre>
 *
 * <p>The weights of the least scores become 0, those that are 0 by a {@link Mask} or earlier pruning before all others, and of equal
 * scores those that stand first. They stay 0. Biases and the letters of formulas are left alone.
 *
 * @param share of the weights that are 0 in the end: 0 to 1
 * @param first the epoch before which the first weights become 0, counted from 1
 * @param last the epoch before which the last do; the first, for all at once. Between them the share is
 *     {@code share * (1 - (1 - t)^3)}, where t goes in equal steps from {@code 1 / (last - first + 1)} to 1
 * @param score what a weight counts
 * @param byLayer whether each layer gets that share, rather than all of them together
 * @param layers the names of the layers that it is for; none for all that have weights of their own
 */
public record Pruning(double share, int first, int last, Score score, boolean byLayer, List<String> layers) {
    /** What a weight counts. */
    public enum Score {
        /** {@code |w|}. */
        MAGNITUDE,
        /** {@code |w|} times the root of the mean square of what it multiplies, over the records that are trained on. */
        INFLUENCE
    }

    /**
     * Refuses settings outside their ranges.
     *
     * @param share of the weights that are 0 in the end
     * @param first the epoch before which the first weights become 0
     * @param last the epoch before which the last do
     * @param score what a weight counts
     * @param byLayer whether each layer gets that share
     * @param layers the names of the layers that it is for
     * @throws IllegalArgumentException if a number is outside its range
     */
    public Pruning {
        Checks.check(share >= 0 && share <= 1, "share", share, "0 to 1");
        Checks.count("first", first);
        Checks.check(last >= first, "last", last, "first, which is " + first + ", or more");
        Objects.requireNonNull(score, "score");
        layers = List.copyOf(layers);
    }

    /**
     * {@return the pruning of a share of all weights, by their magnitude, at once before the first epoch}
     *
     * @param share 0 to 1
     */
    public static Pruning to(double share) {
        return new Pruning(share, 1, 1, Score.MAGNITUDE, false, List.of());
    }

    /**
     * {@return the same little by little}
     *
     * @param firstEpoch the epoch before which the first weights become 0, counted from 1
     * @param lastEpoch the epoch before which the last do, not before that
     */
    public Pruning ramp(int firstEpoch, int lastEpoch) {
        return new Pruning(share, firstEpoch, lastEpoch, score, byLayer, layers);
    }

    /**
     * {@return the same by another score}
     *
     * @param other what a weight counts
     */
    public Pruning by(Score other) {
        return new Pruning(share, first, last, other, byLayer, layers);
    }

    /** {@return the same where each layer gets the share, rather than all of them together} */
    public Pruning byLayers() {
        return new Pruning(share, first, last, score, true, layers);
    }

    /**
     * {@return the same of some layers alone}
     *
     * @param names as the network's description has them: {@code layer1} for a first layer without a name
     */
    public Pruning of(String... names) {
        return new Pruning(share, first, last, score, byLayer, List.of(names));
    }

    /**
     * Prunes a network at once, by the magnitude of its weights.
     *
     * @param network whose weights become 0, and that tells its layout
     * @return what is 0 then, for a training that goes on
     * @throws IllegalArgumentException if the score needs records, or there is no layer of a name
     */
    public Mask prune(TrainableNetwork network) {
        if (score != Score.MAGNITUDE) {
            throw new IllegalArgumentException("the score " + score + " needs records; give prune(network, records)");
        }
        return pruned(network, null);
    }

    /**
     * Prunes a network at once.
     *
     * @param network whose weights become 0, and that tells its layout and the values of its units
     * @param records what weights are multiplied with, where the score asks for it
     * @return what is 0 then, for a training that goes on
     * @throws IllegalArgumentException if there is no layer of a name, or the records are not of the network's widths
     */
    public Mask prune(TrainableNetwork network, RecordStore records) {
        Fit.check("records", network, records);
        NetworkDescription.checkConstants(network);
        return pruned(network, new LocalSource("records", records, new Team(network, 1, null)));
    }

    private Mask pruned(TrainableNetwork network, BatchSource records) {
        Zeros zeros = new Zeros(Mask.ofZeros(network), network.parameters().length);
        try (Pruner pruner = new Pruner(this, network, records)) {
            pruner.prune(share, zeros);
        }
        zeros.clear(network.parameters());
        return zeros.mask();
    }

    /** The share that is 0 in an epoch, counted from 1. */
    double shareIn(int epoch) {
        if (epoch < first) {
            return 0;
        }
        double left = Math.max(0, last - epoch) / (double) (last - first + 1);
        return share * (1 - left * left * left);
    }

    /** One line: {@code Pruning[share=0.95, epochs 5 to 40, MAGNITUDE, by layer, of h, g]}. */
    @Override
    public String toString() {
        return "Pruning[share=" + share + ", epochs " + first + " to " + last + ", " + score
                + (byLayer ? ", by layer" : "") + (layers.isEmpty() ? "" : ", of " + String.join(", ", layers)) + "]";
    }
}
