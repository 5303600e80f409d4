package dev.chainrule.processor.proof;

/**
 * How much a form of values changes with each number of the record: ranges of its derivatives over a box, backward from the form.
 * They say where to cut, and prove nothing, so that nothing is rounded outward.
 */
final class Influence {
    private final Circuit circuit;
    private final Relaxation relaxation;
    private final double[] low;
    private final double[] high;

    private Influence(Circuit circuit, Relaxation relaxation) {
        this.circuit = circuit;
        this.relaxation = relaxation;
        this.low = new double[circuit.values()];
        this.high = new double[circuit.values()];
    }

    /** For each number of the record, the largest magnitude of the form's derivative. */
    static double[] of(Circuit circuit, Relaxation relaxation, Claim.Literal form) {
        Influence influence = new Influence(circuit, relaxation);
        for (int i = 0; i < form.values().length; i++) {
            influence.low[form.values()[i]] += form.factors()[i];
            influence.high[form.values()[i]] += form.factors()[i];
        }
        for (int number = circuit.steps().size() - 1; number >= 0; number--) {
            influence.step(circuit.steps().get(number));
        }
        double[] sizes = new double[circuit.inputs()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Math.max(-influence.low[i], influence.high[i]);
        }
        return sizes;
    }

    private void step(Step step) {
        for (int j = 0; j < step.count(); j++) {
            int value = step.first() + j;
            if (low[value] == 0 && high[value] == 0) {
                continue;
            }
            if (step instanceof Step.Sums sums) {
                row(sums, j);
            } else if (step instanceof Step.Functions functions) {
                functions(functions, j);
            } else if (step instanceof Step.Additions additions) {
                add(additions.left()[j], value, 1, 1);
                add(additions.right()[j], value, 1, 1);
            } else if (step instanceof Step.Products products) {
                Ranges ranges = relaxation.ranges();
                int left = products.left()[j];
                int right = products.right()[j];
                add(left, value, ranges.low[right], ranges.high[right]);
                add(right, value, ranges.low[left], ranges.high[left]);
            } else if (step instanceof Step.Softmax softmax) {
                for (int i = 0; i < softmax.count(); i++) {
                    // a (1 - a) of its own, -a b of another
                    add(softmax.sources()[i], value, i == j ? 0 : -0.25, i == j ? 0.25 : 0);
                }
            }
        }
    }

    private void row(Step.Sums sums, int j) {
        int length = sums.sources().length;
        double least = low[sums.first() + j];
        double most = high[sums.first() + j];
        for (int k = 0; k < length; k++) {
            double weight = sums.weights()[j * length + k];
            int source = sums.sources()[k];
            low[source] += weight * (weight > 0 ? least : most);
            high[source] += weight * (weight > 0 ? most : least);
        }
    }

    private void functions(Step.Functions functions, int j) {
        int value = functions.first() + j;
        int source = functions.sources()[j];
        if (functions.isRectifier()) {
            add(
                    source,
                    value,
                    relaxation.ranges().low[source] >= 0 ? 1 : 0,
                    relaxation.ranges().high[source] > 0 ? 1 : 0);
        } else {
            double one = relaxation.lowerSlope(value);
            double other = relaxation.upperSlope(value);
            add(source, value, Math.min(one, other), Math.max(one, other));
        }
    }

    /** Adds the derivative by a value times the slopes of it by a source. */
    private void add(int source, int value, double least, double most) {
        double ll = low[value] * least;
        double lm = low[value] * most;
        double hl = high[value] * least;
        double hm = high[value] * most;
        low[source] += Math.min(Math.min(ll, lm), Math.min(hl, hm));
        high[source] += Math.max(Math.max(ll, lm), Math.max(hl, hm));
    }
}
