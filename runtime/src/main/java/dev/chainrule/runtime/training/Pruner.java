package dev.chainrule.runtime.training;

import dev.chainrule.runtime.NetworkDescription;
import dev.chainrule.runtime.ParameterLayout;
import dev.chainrule.runtime.TrainableNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Chooses the weights of the least scores, again and again while a network is trained. */
final class Pruner implements AutoCloseable {
    /** A weight that is 0 already comes before all others. */
    private static final double LEAST = -1;

    private final Pruning pruning;
    private final NetworkDescription description;
    private final ParameterLayout layout;
    private final double[] parameters;
    private final List<Integer> layers = new ArrayList<>();
    private final double[] scores;

    private final int records;
    /** Null where scores do not go by what weights multiply. */
    private final BatchSums squares;

    private final double[] sums;

    /** @param records null where scores do not go by them */
    Pruner(Pruning pruning, TrainableNetwork network, BatchSource records) {
        this.pruning = pruning;
        this.description = network.description();
        this.layout = description.layout();
        this.parameters = network.parameters();
        for (int layer = 1; layer <= layout.layers(); layer++) {
            String name = description.layers().get(layer - 1).name();
            if (layout.rows(layer) > 0
                    && (pruning.layers().isEmpty() || pruning.layers().contains(name))) {
                layers.add(layer);
            }
        }
        for (String name : pruning.layers()) {
            if (layout.rows(description.number(name)) == 0) {
                throw new IllegalArgumentException("layer " + name + " has no weights of its own to be pruned");
            }
        }
        this.scores = new double[parameters.length];
        if (pruning.score() == Pruning.Score.INFLUENCE) {
            this.records = records.count();
            this.squares = records.sums(network, new BatchPlan(UnitSquares::new, records.count(), null, 0));
            this.sums = new double[UnitSquares.length(description)];
        } else {
            this.records = 0;
            this.squares = null;
            this.sums = new double[0];
        }
    }

    /** Adds weights to those that are 0, until they are a share of all. */
    void prune(double share, Zeros zeros) {
        if (squares != null) {
            squares.startEpoch(0, null);
            squares.sum(0, records, sums);
        }
        layers.forEach(layer -> score(layer, zeros));
        if (pruning.byLayer()) {
            layers.forEach(layer -> prune(List.of(layer), share, zeros));
        } else {
            prune(layers, share, zeros);
        }
    }

    private void score(int layer, Zeros zeros) {
        int units = layout.units(layer);
        for (int row = 0; row < layout.rows(layer); row++) {
            // The same factor for all weights, how many records there are, changes no order
            double factor = squares == null ? 1 : Math.sqrt(UnitSquares.ofRow(description, layer, row, sums));
            for (int unit = 0; unit < units; unit++) {
                int at = layout.weightsFrom(layer) + row * units + unit;
                scores[at] = zeros.isZero(at) ? LEAST : Math.abs(parameters[at]) * factor;
            }
        }
    }

    private void prune(List<Integer> some, double share, Zeros zeros) {
        int count = some.stream()
                .mapToInt(layer -> layout.biasesFrom(layer) - layout.weightsFrom(layer))
                .sum();
        double[] sorted = new double[count];
        int end = 0;
        for (int layer : some) {
            int length = layout.biasesFrom(layer) - layout.weightsFrom(layer);
            System.arraycopy(scores, layout.weightsFrom(layer), sorted, end, length);
            end += length;
        }
        Arrays.sort(sorted);
        int wanted = (int) Math.round(share * count);
        if (wanted == 0) {
            return;
        }
        double greatest = sorted[wanted - 1];
        int equal = wanted - first(sorted, greatest);
        for (int layer : some) {
            for (int i = layout.weightsFrom(layer); i < layout.biasesFrom(layer); i++) {
                if (scores[i] < greatest || scores[i] == greatest && equal-- > 0) {
                    zeros.add(i);
                }
            }
        }
    }

    /** Where the first of some equal values stands. */
    private static int first(double[] sorted, double value) {
        int first = Arrays.binarySearch(sorted, value);
        while (first > 0 && sorted[first - 1] == value) {
            first--;
        }
        return first;
    }

    @Override
    public void close() {
        if (squares != null) {
            squares.close();
        }
    }
}
