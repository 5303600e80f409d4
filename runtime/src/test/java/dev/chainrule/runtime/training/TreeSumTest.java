package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against {@link TreeOfBlocks}, on numbers that any other order of addition rounds in another way. */
class TreeSumTest {
    private static final int LENGTH = 3;
    private static final long SEED = 20262;

    /** Blocks of one record each, whose values and error are its inputs. */
    private final RangeSum function = new RangeSum() {
        @Override
        public int length() {
            return LENGTH;
        }

        @Override
        public double add(double[] inputs, double[] targets, double[] weights, int from, int to, double[] sums) {
            for (int i = 0; i < LENGTH; i++) {
                sums[i] += inputs[from * (LENGTH + 1) + i];
            }
            return inputs[from * (LENGTH + 1) + LENGTH];
        }
    };

    private final double[] inputs =
            new Random(SEED).doubles(300 * (LENGTH + 1), -1, 1).toArray();

    private TreeOfBlocks expected(int blocks) {
        List<TreeOfBlocks> leaves = new ArrayList<>();
        for (int block = 0; block < blocks; block++) {
            double[] sums = new double[LENGTH];
            double error = function.add(inputs, inputs, null, block, block + 1, sums);
            leaves.add(new TreeOfBlocks(error, sums));
        }
        return TreeOfBlocks.root(leaves);
    }

    private void assertFinished(TreeSum sum, int blocks, String what) {
        TreeOfBlocks expected = expected(blocks);
        double[] sums = {7, 7, 7};
        assertThat(sum.finish(blocks, sums)).as(what).isEqualTo(expected.error());
        assertThat(sums).as(what).containsExactly(expected.sums());
    }

    private void add(TreeSum sum, int block) {
        sum.add(block, function, inputs, inputs, block, block + 1);
    }

    /** The same object again and again. */
    @Test
    void inOrder() {
        TreeSum sum = new TreeSum(LENGTH);
        for (int blocks = 1; blocks <= 300; blocks++) {
            for (int block = 0; block < blocks; block++) {
                add(sum, block);
            }
            assertFinished(sum, blocks, blocks + " blocks");
        }
    }

    /** Runs of blocks of any length, or any blocks, each part in an order of its own, and the parts in any order. */
    @Test
    void inPartsInAnyOrder() throws Exception {
        Random random = new Random(SEED);
        for (int number = 0; number < 500; number++) {
            int blocks = 1 + random.nextInt(100);
            int parts = 1 + random.nextInt(8);
            boolean areRuns = random.nextBoolean();
            List<TreeSum> sums = new ArrayList<>();
            for (int part = 0; part < parts; part++) {
                sums.add(new TreeSum(LENGTH));
            }
            List<Integer> order = new ArrayList<>();
            for (int block = 0; block < blocks; block++) {
                order.add(block);
            }
            Collections.shuffle(order, random);
            for (int block : order) {
                add(sums.get(areRuns ? block * parts / blocks : random.nextInt(parts)), block);
            }
            Collections.shuffle(sums, random);
            TreeSum all = new TreeSum(LENGTH);
            for (TreeSum part : sums) {
                all.add(random.nextBoolean() ? part : copy(part));
            }
            assertFinished(all, blocks, "case " + number + " of seed " + SEED);
        }
    }

    /** What arrives elsewhere goes on there. */
    private static TreeSum copy(TreeSum sum) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(serialised(sum)))) {
            return (TreeSum) in.readObject();
        }
    }

    private static byte[] serialised(TreeSum sum) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(sum);
        }
        return bytes.toByteArray();
    }

    @Test
    void sendsTheSumOfNeighbours() throws Exception {
        TreeSum sum = new TreeSum(LENGTH);
        add(sum, 0);
        int ofOneBlock = serialised(sum).length;
        for (int block = 1; block < 8; block++) {
            add(sum, block);
        }
        assertThat(serialised(sum)).hasSize(ofOneBlock);
        assertFinished(sum, 8, "what was sent");
    }

    @Test
    void goesOnAfterACopy() throws Exception {
        TreeSum sum = new TreeSum(LENGTH);
        add(sum, 2);
        add(sum, 0);
        TreeSum copy = copy(sum);
        add(copy, 1);
        assertFinished(copy, 3, "the copy");
        add(sum, 1);
        assertFinished(sum, 3, "the original");
    }

    @Test
    void blocksThatAreMissingOrTooMany() {
        Random random = new Random(SEED);
        for (int blocks = 1; blocks < 70; blocks++) {
            int missing = random.nextInt(blocks);
            TreeSum sum = new TreeSum(LENGTH);
            for (int block = 0; block < blocks; block++) {
                if (block != missing) {
                    add(sum, block);
                }
            }
            assertRefused(sum, blocks);
            sum.clear();
            for (int block = 0; block <= blocks; block++) {
                add(sum, block);
            }
            assertRefused(sum, blocks);
            sum.clear();
            for (int block = 0; block < blocks; block++) {
                add(sum, block);
            }
            add(sum, missing);
            assertRefused(sum, blocks);
            sum.clear();
            for (int block = 0; block < blocks; block++) {
                add(sum, block == missing ? blocks + random.nextInt(5) : block);
            }
            assertRefused(sum, blocks);
        }
    }

    private static void assertRefused(TreeSum sum, int blocks) {
        assertThatIllegalStateException()
                .as("%s blocks", blocks)
                .isThrownBy(() -> sum.finish(blocks, new double[LENGTH]))
                .withMessage("the blocks that were added are not 0 to " + (blocks - 1) + ", each once");
    }

    @Test
    void aFailedSumIsEmptyOnceItIsCleared() {
        TreeSum sum = new TreeSum(LENGTH);
        add(sum, 0);
        add(sum, 2);
        sum.clear();
        for (int block = 0; block < 5; block++) {
            add(sum, block);
        }
        assertFinished(sum, 5, "after clear");
    }

    @Test
    void blocksOfRecords() {
        assertThat(TreeSum.blocks(1)).isEqualTo(1);
        assertThat(TreeSum.blocks(TreeSum.BLOCK)).isEqualTo(1);
        assertThat(TreeSum.blocks(TreeSum.BLOCK + 1)).isEqualTo(2);
        assertThat(TreeSum.blocks(Integer.MAX_VALUE)).isEqualTo(1 << 26);
    }
}
