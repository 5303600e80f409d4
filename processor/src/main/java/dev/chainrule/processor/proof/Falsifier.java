package dev.chainrule.processor.proof;

import dev.chainrule.processor.property.Box;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Looks for an input that breaks a claim: corners, random inputs, and where the margin falls to from the worst of them. */
final class Falsifier {
    /** What is found by more of them, the proof's own inputs find soon, too. */
    private static final int RANDOM = 1_000;

    private static final int MOST_CORNERS = 256;

    /** From as many of the worst inputs the margin is followed down. */
    private static final int DESCENTS = 8;

    private static final int STEPS = 40;

    /** The part of the box that derivatives are taken in. */
    private static final double SMALL = 1e-6;

    private final Circuit circuit;
    private final Claim claim;
    private final Box box;
    private final Bits bits;

    private Falsifier(Circuit circuit, Claim claim, Box box) {
        this.circuit = circuit;
        this.claim = claim;
        this.box = box;
        this.bits = new Bits(circuit);
    }

    /** An input of the box that breaks the claim, computed by the bits that ship; the same one at each call. */
    static Optional<double[]> search(Circuit circuit, Claim claim, Box box) {
        return new Falsifier(circuit, claim, box).search();
    }

    private record Tried(double[] input, double margin) {}

    private Optional<double[]> search() {
        List<double[]> inputs = new ArrayList<>(corners());
        Random random = new Random(box.size());
        for (int i = 0; i < RANDOM; i++) {
            inputs.add(random(random));
        }
        List<Tried> tried = new ArrayList<>();
        for (double[] input : inputs) {
            double[] outputs = bits.outputs(input);
            if (!claim.holds(outputs)) {
                return Optional.of(input);
            }
            tried.add(new Tried(input, claim.margin(outputs)));
        }
        tried.sort(Comparator.comparingDouble(Tried::margin));
        for (Tried start : tried.subList(0, Math.min(DESCENTS, tried.size()))) {
            Optional<double[]> found = descend(start);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private List<double[]> corners() {
        List<double[]> corners = new ArrayList<>();
        int count = box.size() < 8 ? 1 << box.size() : MOST_CORNERS;
        for (int number = 0; number < count; number++) {
            double[] corner = new double[box.size()];
            for (int i = 0; i < corner.length; i++) {
                corner[i] = (number >> i % 8 & 1) == 0 ? box.least()[i] : box.greatest()[i];
            }
            corners.add(corner);
        }
        return corners;
    }

    private double[] random(Random random) {
        double[] input = new double[box.size()];
        for (int i = 0; i < input.length; i++) {
            double part = random.nextDouble();
            input[i] = inBox(i, (1 - part) * box.least()[i] + part * box.greatest()[i]);
        }
        return input;
    }

    private double inBox(int i, double value) {
        double rounded = circuit.categories()[i]
                ? Math.rint(value)
                : circuit.arithmetic().literal(value);
        return Math.max(box.least()[i], Math.min(box.greatest()[i], rounded));
    }

    /** Goes along the signs of the margin's derivatives, by parts of the box that are halved where it does not fall. */
    private Optional<double[]> descend(Tried start) {
        Tried best = start;
        double step = 0.25;
        double[] gradient = gradient(best.input());
        for (int i = 0; i < STEPS; i++) {
            double[] input = best.input().clone();
            for (int k = 0; k < input.length; k++) {
                double width = box.greatest()[k] - box.least()[k];
                if (!circuit.categories()[k] && Double.isFinite(width)) {
                    input[k] = inBox(k, input[k] - step * width * Math.signum(gradient[k]));
                }
            }
            double[] outputs = bits.outputs(input);
            if (!claim.holds(outputs)) {
                return Optional.of(input);
            }
            Tried next = new Tried(input, claim.margin(outputs));
            if (next.margin() < best.margin()) {
                best = next;
                gradient = gradient(best.input());
            } else {
                step *= 0.5;
            }
        }
        return Optional.empty();
    }

    /** The lines over a small box are almost tangents, and a bound there is almost the value with its derivatives. */
    private double[] gradient(double[] input) {
        double[] outputs = bits.outputs(input);
        Claim.Literal worst = null;
        double margin = Double.POSITIVE_INFINITY;
        for (List<Claim.Literal> clause : claim.clauses()) {
            Claim.Literal best = clause.get(0);
            for (Claim.Literal literal : clause) {
                best = literal.at(outputs) > best.at(outputs) ? literal : best;
            }
            if (worst == null || best.at(outputs) < margin) {
                worst = best;
                margin = best.at(outputs);
            }
        }
        double[] beside = new double[input.length];
        for (int i = 0; i < input.length; i++) {
            double width = box.greatest()[i] - box.least()[i];
            beside[i] = circuit.categories()[i] ? input[i] : inBox(i, input[i] + width * SMALL);
            beside[i] = Math.max(input[i], beside[i]);
        }
        Relaxation relaxation = Relaxation.of(circuit, bits, new Box(input, beside));
        worst.least(relaxation);
        double[] gradient = new double[input.length];
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = relaxation.influence(i);
        }
        return gradient;
    }
}
