package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Orders that read records in long pieces. */
class BlockOrderTest {
    private static int[] order(long seed, int block, int count, int epoch) {
        BlockOrder order = new BlockOrder(seed, block, count);
        order.startEpoch(epoch);
        return order.positions();
    }

    @Test
    void everyRecordExactlyOnce() {
        for (int count : new int[] {1, 2, 9, 160, 161, 1_000}) {
            for (int block : new int[] {1, 3, 10, 5_000}) {
                int[] order = order(1, block, count, 0);
                Arrays.sort(order);
                assertThat(order).as("%s in blocks of %s", count, block).containsExactly(Shuffle.inOrder(count));
            }
        }
    }

    /** 101 blocks, the last of 5 records: 6 windows of 16, and one of 5. */
    @Test
    void recordsOfAWindowAreOfSixteenBlocks() {
        int count = 1_005;
        int[] order = order(2, 10, count, 3);
        int shortWindow = IntStream.range(0, count)
                        .filter(i -> order[i] == 1_004)
                        .findFirst()
                        .orElseThrow()
                / 160;
        int from = 0;
        for (int window = 0; window < 7; window++) {
            int to = Math.min(from + (window == shortWindow ? 155 : 160), count);
            long blocks = Arrays.stream(order, from, to)
                    .map(record -> record / 10)
                    .distinct()
                    .count();
            assertThat(blocks).as("blocks of window %s", window).isEqualTo(window < 6 ? 16 : 5);
            long sorted = IntStream.range(from + 1, to)
                    .filter(i -> order[i] == order[i - 1] + 1)
                    .count();
            assertThat(sorted)
                    .as("neighbours that stayed side by side in window %s", window)
                    .isLessThan(10);
            from = to;
        }
        assertThat(from).isEqualTo(count);
    }

    @Test
    void windowsOfBlocksComeInRandomOrder() {
        int[] order = order(3, 10, 16_000, 0);
        for (int window = 0; window < 100; window++) {
            int[] blocks = Arrays.stream(order, 160 * window, 160 * (window + 1))
                    .map(record -> record / 10)
                    .distinct()
                    .sorted()
                    .toArray();
            assertThat(blocks).as("window %s", window).hasSize(16);
            assertThat(blocks[15] - blocks[0]).as("window %s", window).isGreaterThan(800);
        }
    }

    @Test
    void seedAndEpochDecide() {
        int[] order = order(4, 8, 500, 2);
        assertThat(order(4, 8, 500, 2)).containsExactly(order);
        assertThat(order(4, 8, 500, 3)).isNotEqualTo(order);
        assertThat(order(5, 8, 500, 2)).isNotEqualTo(order);
        BlockOrder another = new BlockOrder(4, 8, 500);
        for (int epoch = 0; epoch <= 2; epoch++) {
            another.startEpoch(epoch);
        }
        assertThat(another.positions()).containsExactly(order);
    }

    /** Pinned: another order would be another training for all who use this seed. */
    @Test
    void ordersOfSeed42() {
        assertThat(order(42, 2, 9, 0)).containsExactly(1, 6, 3, 0, 2, 8, 5, 4, 7);
        assertThat(order(42, 2, 9, 1)).containsExactly(7, 4, 0, 8, 1, 6, 5, 2, 3);
    }

    @Test
    void aBlockHasRecords() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trainer.builder().shuffledByBlocks(1, 0))
                .withMessage("the number of records of a block is 0; expected at least 1");
    }

    @Test
    void theLastOrderThatIsAskedForCounts() {
        Scaling expected = new Scaling(0.0);
        Scaling found = new Scaling(0.0);
        Records records = Scaling.towards(1, 2, 3, 4, 5, 6, 7, 8, 9);
        Trainer.builder().batchSize(2).shuffled(3).build().train(expected, records);
        Trainer.Builder trainer = Trainer.builder().batchSize(2).shuffledByBlocks(3, 2);
        trainer.build().train(found, records);
        assertThat(found.parameters()).isNotEqualTo(expected.parameters());
        Scaling shuffled = new Scaling(0.0);
        trainer.shuffled(3).build().train(shuffled, records);
        assertThat(shuffled.parameters()).containsExactly(expected.parameters());
    }
}
