package dev.chainrule.runtime.training;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;

/**
 * The sum of a batch: its records are cut into blocks of {@link #BLOCK} by their positions, the last block smaller
 * where they do not divide; each block is summed from 0, record by record; and the blocks are added by a binary tree:
 * level by level, the first with the second, the third with the fourth, the left one first; an odd one at the end moves
 * up as it is. Errors likewise.
 *
 * <pre>
 *   blocks   0   1   2   3   4        ((0 + 1) + (2 + 3)) + 4
 * </pre>
 *
 * <p>So the positions alone decide how numbers are rounded, not who adds them, nor in which order blocks are done. Two neighbours
 * are added when both are there and another block comes; what is held is about two arrays for each level of the tree, where blocks
 * come in order.
 * Parts of a batch can be summed apart, each of them any blocks, and be added in any order.
 *
 * <p>Once it has as many arrays as it needs, a sum allocates nothing. For one thread at a time.
 *
 * @serial exclude
 */
public final class TreeSum implements Serializable {
    private static final long serialVersionUID = 1;

    /** Records of a block: the fewest that pay a thread, so that two threads share a batch of 64. */
    public static final int BLOCK = 32;

    private final int length;
    /** Only the last may have its neighbour among the others: where no more follow, the two are added into the result. */
    private final ArrayList<Node> nodes = new ArrayList<>();
    /** Nodes to take; null before the first is taken, here or, after serialisation, elsewhere. */
    private transient ArrayList<Node> free;

    /** The sum of the blocks {@code [index 2^level, (index + 1) 2^level)}, as far as there are such. */
    private static final class Node implements Serializable {
        private static final long serialVersionUID = 1;

        private final double[] sums;
        private double error;
        private int level;
        private int index;
        /** To whom the node goes back; null after serialisation. */
        private final transient TreeSum owner;

        Node(int length, TreeSum owner) {
            this.sums = new double[length];
            this.owner = owner;
        }

        void moveUp() {
            level++;
            index >>= 1;
        }

        /** Adds the node's right neighbour. */
        void add(Node right) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += right.sums[i];
            }
            error += right.error;
        }

        void release() {
            if (owner != null) {
                owner.free.add(this);
            }
        }
    }

    /**
     * A sum of no blocks so far.
     *
     * @param length how many sums there are, as {@link RangeSum#length()} says
     */
    public TreeSum(int length) {
        this.length = length;
    }

    /**
     * {@return the number of blocks}
     *
     * @param records the number of records of a batch, 1 or more
     */
    public static int blocks(int records) {
        return (records - 1) / BLOCK + 1;
    }

    /**
     * Sums over one block of records that each count as 1.
     *
     * @param block its position among the blocks of the batch, from 0
     * @param function what is summed
     * @param inputs records, row-major
     * @param targets as many records, row-major
     * @param from the first of the block's records in the arrays
     * @param to the last (exclusive)
     */
    public void add(int block, RangeSum function, double[] inputs, double[] targets, int from, int to) {
        add(block, function, inputs, targets, null, from, to);
    }

    /**
     * Sums over one block.
     *
     * @param block its position among the blocks of the batch, from 0
     * @param function what is summed
     * @param inputs records, row-major
     * @param targets as many records, row-major
     * @param weights one a record; null where each is 1
     * @param from the first of the block's records in the arrays
     * @param to the last (exclusive)
     */
    public void add(
            int block, RangeSum function, double[] inputs, double[] targets, double[] weights, int from, int to) {
        Node node = take();
        Arrays.fill(node.sums, 0);
        node.level = 0;
        node.index = block;
        node.error = function.add(inputs, targets, weights, from, to, node.sums);
        insert(node);
    }

    /**
     * Takes over all that another sum of this batch has.
     *
     * @param part is empty then
     */
    public void add(TreeSum part) {
        for (int i = 0; i < part.nodes.size(); i++) {
            insert(part.nodes.get(i));
        }
        part.nodes.clear();
    }

    /**
     * Writes the sums over all blocks, and is empty then, for another batch.
     *
     * @param blocks how many there are
     * @param sums gets the sums
     * @return the sum of the errors
     * @throws IllegalStateException if a block was not added, or another one or one twice
     */
    public double finish(int blocks, double[] sums) {
        if (nodes.size() > 2) {
            // The last two are added into the result, below.
            settle();
        }
        Node last = removeLast(blocks);
        while (last.index > 0) {
            if ((last.index & 1) == 0) {
                last.moveUp();
                continue;
            }
            Node left = removeSibling(last);
            if (left == null) {
                throw notAll(blocks);
            }
            if (left.index == 0 && nodes.isEmpty()) {
                return finish(left, last, sums);
            }
            last = merged(left, last);
        }
        if (!nodes.isEmpty()) {
            throw notAll(blocks);
        }
        System.arraycopy(last.sums, 0, sums, 0, length);
        last.release();
        return last.error;
    }

    /** Writes the sum of all, in one pass in the place of a sum and a copy. */
    private static double finish(Node left, Node right, double[] sums) {
        for (int i = 0; i < left.sums.length; i++) {
            sums[i] = left.sums[i] + right.sums[i];
        }
        double error = left.error + right.error;
        left.release();
        right.release();
        return error;
    }

    /** Forgets all blocks. */
    public void clear() {
        for (int i = 0; i < nodes.size(); i++) {
            nodes.get(i).release();
        }
        nodes.clear();
    }

    private void insert(Node node) {
        settle();
        nodes.add(node);
    }

    /** Adds the last node and its neighbour, if that is there, and what becomes of them and its neighbour, and so on. */
    private void settle() {
        if (nodes.isEmpty()) {
            return;
        }
        Node root = nodes.remove(nodes.size() - 1);
        for (Node sibling = removeSibling(root); sibling != null; sibling = removeSibling(root)) {
            root = merged(root, sibling);
        }
        nodes.add(root);
    }

    /** As few arrays as can be. */
    private void writeObject(ObjectOutputStream out) throws IOException {
        settle();
        out.defaultWriteObject();
    }

    private Node take() {
        if (free == null) {
            free = new ArrayList<>();
        }
        return free.isEmpty() ? new Node(length, this) : free.remove(free.size() - 1);
    }

    /** The sum of two neighbours, in the node of the left one. */
    private static Node merged(Node node, Node sibling) {
        Node left = node.index < sibling.index ? node : sibling;
        Node right = left == node ? sibling : node;
        left.add(right);
        left.moveUp();
        right.release();
        return left;
    }

    /** Null where the node's neighbour is not there. */
    private Node removeSibling(Node node) {
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node other = nodes.get(i);
            if (other.level == node.level && other.index == (node.index ^ 1)) {
                return nodes.remove(i);
            }
        }
        return null;
    }

    /** The node that ends with the last block. */
    private Node removeLast(int blocks) {
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            if ((node.index + 1L) << node.level == blocks) {
                return nodes.remove(i);
            }
        }
        throw notAll(blocks);
    }

    private IllegalStateException notAll(int blocks) {
        return new IllegalStateException("the blocks that were added are not 0 to " + (blocks - 1) + ", each once");
    }
}
