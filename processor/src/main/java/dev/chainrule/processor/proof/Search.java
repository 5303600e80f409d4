package dev.chainrule.processor.proof;

import dev.chainrule.processor.network.TrainedNetwork;
import dev.chainrule.processor.property.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Proves a property, or finds an input that breaks it: the box of inputs is cut until each part is decided. The boxes of a round are
 * decided by all cores, and what they yield is taken in order, so that the answer is the same everywhere.
 */
public final class Search {
    /** The boxes of a round: enough for many cores, and few enough to go down deep before going wide. */
    private static final int ROUND = 64;

    /** Longer than this, and something should be said. */
    private static final long SILENT_NANOSECONDS = 4_000_000_000L;

    private final Circuit circuit;
    private final Claim claim;
    private final Property property;
    private final Consumer<String> progress;
    private final Decider decider;
    private final List<Cut> open = new ArrayList<>();
    private int boxes;
    private double margin = Double.POSITIVE_INFINITY;
    private double decided;
    private long said = System.nanoTime();

    private Search(TrainedNetwork trained, Property property, Consumer<String> progress) {
        this.circuit = CircuitBuilder.of(trained);
        this.claim = Claim.of(property, circuit);
        this.property = property;
        this.progress = progress;
        this.decider = new Decider(circuit, claim, property.box());
    }

    /**
     * Decides a property of the frozen class of a network.
     *
     * @param trained with the numbers as they ship
     * @param progress is told now and then how far it is, where it takes long
     */
    public static Outcome decide(TrainedNetwork trained, Property property, Consumer<String> progress) {
        return new Search(trained, property, progress).decide();
    }

    private Outcome decide() {
        Optional<double[]> found = Falsifier.search(circuit, claim, property.box());
        if (found.isPresent()) {
            return broken(found.get());
        }
        Cut root = new Cut(property.box(), 0);
        open.add(root);
        while (!open.isEmpty()) {
            int count = Math.min(Math.min(ROUND, open.size()), property.boxes() - boxes);
            if (count == 0) {
                return new Outcome.Undecided(boxes, open.size(), decided, open.get(open.size() - 1).box);
            }
            List<Cut> round = new ArrayList<>(open.subList(open.size() - count, open.size()));
            open.subList(open.size() - count, open.size()).clear();
            boxes += count;
            Verdict[] verdicts = IntStream.range(0, count)
                    .parallel()
                    .mapToObj(i -> decider.decide(round.get(i).box))
                    .toArray(Verdict[]::new);
            for (int i = 0; i < count; i++) {
                Optional<Outcome> end = take(round.get(i), verdicts[i]);
                if (end.isPresent()) {
                    return end.get();
                }
            }
            tell();
        }
        return new Outcome.Proved(boxes, margin, new Certificate(circuit, property, root));
    }

    private Optional<Outcome> take(Cut cut, Verdict verdict) {
        if (verdict instanceof Verdict.Breaks breaks) {
            return Optional.of(broken(breaks.input()));
        } else if (verdict instanceof Verdict.Resists) {
            return Optional.of(new Outcome.Undecided(boxes, open.size() + 1, decided, cut.box));
        } else if (verdict instanceof Verdict.Open cutting) {
            cut.at(cutting);
            open.add(cut.high());
            open.add(cut.low());
        } else {
            Verdict.Holds holds = (Verdict.Holds) verdict;
            cut.with(holds);
            margin = Math.min(margin, holds.margin());
            decided += Math.scalb(1.0, -cut.depth);
        }
        return Optional.empty();
    }

    private Outcome broken(double[] input) {
        return new Outcome.Broken(input, new Bits(circuit).outputs(input));
    }

    private void tell() {
        if (System.nanoTime() - said > SILENT_NANOSECONDS) {
            said = System.nanoTime();
            progress.accept(String.format(
                    java.util.Locale.ROOT, "%,d boxes, %,d open, %.1f %% decided", boxes, open.size(), 100 * decided));
        }
    }
}
