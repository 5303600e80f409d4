package dev.chainrule.samples.documents.proofs;

import dev.chainrule.samples.documents.proofs.Certificate.Inequality;
import dev.chainrule.samples.documents.proofs.Certificate.Proof;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Checks what a certificate says. */
final class Checker {
    /** Inputs of each property whose outputs the class has to compute to the same bits. */
    private static final int POINTS = 1_000;

    private final Certificate certificate;
    private int leaves;

    private Checker(Certificate certificate) {
        this.certificate = certificate;
    }

    /**
     * Checks a certificate; returns the number of leaves of its trees.
     *
     * @param forward what the class computes
     * @throws IOException if the certificate does not prove what it says, or is of another class
     */
    static int check(Certificate certificate, UnaryOperator<double[]> forward) throws IOException {
        Checker checker = new Checker(certificate);
        for (Proof proof : certificate.proofs()) {
            checker.tree(proof, proof.least(), proof.greatest());
            if (!proof.tree().takes("end") || !proof.tree().isAtEnd()) {
                throw new IOException("something follows the tree of a proof");
            }
            checker.sameBits(proof, forward);
        }
        return checker.leaves;
    }

    private void sameBits(Proof proof, UnaryOperator<double[]> forward) throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < POINTS; i++) {
            double[] input = new double[certificate.inputs()];
            for (int k = 0; k < input.length; k++) {
                double part = random.nextDouble();
                double value = (1 - part) * proof.least()[k] + part * proof.greatest()[k];
                value = certificate.categories()[k]
                        ? Math.rint(value)
                        : certificate.arithmetic().number(value);
                input[k] = Math.max(proof.least()[k], Math.min(proof.greatest()[k], value));
            }
            if (!areSame(Forward.outputs(certificate, input), forward.apply(input))) {
                throw new IOException("the class computes something else of " + Arrays.toString(input)
                        + ": it is not the one of the certificate");
            }
        }
    }

    /** Bit for bit, but for the sign of a zero: a class that leaves out weights of 0 may have the other one. */
    private static boolean areSame(double[] computed, double[] ofClass) {
        return Arrays.equals(withoutSignsOfZeros(computed), withoutSignsOfZeros(ofClass));
    }

    private static double[] withoutSignsOfZeros(double[] values) {
        return Arrays.stream(values).map(value -> value + 0.0).toArray();
    }

    private void tree(Proof proof, double[] least, double[] greatest) throws IOException {
        if (!proof.tree().takes("cut")) {
            proof.tree().expect("leaf");
            leaf(proof, least, greatest);
            return;
        }
        int input = proof.tree().integer(certificate.inputs());
        double to = proof.tree().number();
        double from = proof.tree().number();
        double next = certificate.categories()[input]
                ? to + 1
                : certificate.arithmetic().next(to);
        if (!(least[input] <= to && from == next && from <= greatest[input])) {
            throw new IOException("a cut of input " + input + " from " + to + " to " + from + " leaves something out");
        }
        double[] newGreatest = greatest.clone();
        newGreatest[input] = to;
        tree(proof, least, newGreatest);
        double[] newLeast = least.clone();
        newLeast[input] = from;
        tree(proof, newLeast, greatest);
    }

    private void leaf(Proof proof, double[] least, double[] greatest) throws IOException {
        leaves++;
        boolean isPoint = true;
        for (int i = 0; i < least.length; i++) {
            isPoint &= least[i] == greatest[i];
        }
        Leaf leaf = new Leaf(certificate, least, greatest);
        double[] outputs = isPoint ? Forward.outputs(certificate, least) : null;
        if (!leaf.isFinite()) {
            throw new IOException("a value may be infinite or no number");
        }
        for (var clause : proof.clauses()) {
            Inequality inequality = clause.get(proof.tree().integer(clause.size()));
            double margin = proof.tree().number();
            double bound = isPoint ? Forward.exact(inequality, output -> outputs[output]) : leaf.best(inequality);
            boolean isProved = inequality.strict() ? bound > 0 : bound >= 0;
            if (!isProved || !(bound >= margin)) {
                throw new IOException("a leaf is said to hold by " + margin + ", and its bound is " + bound);
            }
        }
    }
}
