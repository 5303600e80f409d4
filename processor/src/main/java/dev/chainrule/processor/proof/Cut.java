package dev.chainrule.processor.proof;

import dev.chainrule.processor.property.Box;

/** A tree of cuts, while it grows: a box is a leaf, or cut in two. */
final class Cut {
    final Box box;
    final int depth;
    private int input = -1;
    private Cut low;
    private Cut high;
    private Verdict.Holds proof;

    Cut(Box box, int depth) {
        this.box = box;
        this.depth = depth;
    }

    void at(Verdict.Open open) {
        input = open.input();
        low = new Cut(open.low(), depth + 1);
        high = new Cut(open.high(), depth + 1);
    }

    void with(Verdict.Holds holds) {
        proof = holds;
    }

    /** The input that is cut, or -1 for a leaf. */
    int input() {
        return input;
    }

    /** What is proved of a leaf. */
    Verdict.Holds proof() {
        return proof;
    }

    Cut low() {
        return low;
    }

    Cut high() {
        return high;
    }
}
