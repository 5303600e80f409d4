package dev.chainrule.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.runtime.training.TreeSum;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LayoutTest {
    static Stream<Arguments> layouts() {
        return Stream.of(1, 31, 32, 33, 1000, 20_000)
                .flatMap(count -> Stream.of(1, 32, 45, 1000, 20_000)
                        .filter(batchSize -> batchSize <= count)
                        .flatMap(batchSize -> Stream.of(1, 2, 3, 8, 64)
                                .map(partitions -> Arguments.of(count, batchSize, partitions))));
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void everyPositionIsInTheRunOfItsPartition(int count, int batchSize, int partitions) {
        Layout layout = new Layout(count, batchSize, partitions);

        int position = 0;
        for (int batch = 0; batch < layout.batches(); batch++) {
            assertThat(layout.firstBlock(batch, 0)).isZero();
            for (int partition = 0; partition < partitions; partition++) {
                int first = layout.firstBlock(batch, partition);
                int last = layout.firstBlock(batch, partition + 1);
                int records = layout.records(batch, first, last);
                assertThat(first == last || layout.position(batch, first) == position)
                        .isTrue();
                for (int end = position + records; position < end; position++) {
                    assertThat(layout.partition(position)).isEqualTo(partition);
                }
            }
            assertThat(position).isEqualTo(Math.min(count, (batch + 1) * batchSize));
        }
        assertThat(position).isEqualTo(count);
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void runsAreAboutAsLong(int count, int batchSize, int partitions) {
        Layout layout = new Layout(count, batchSize, partitions);
        int blocks = TreeSum.blocks(batchSize);

        for (int partition = 0; partition < partitions; partition++) {
            int run = layout.firstBlock(0, partition + 1) - layout.firstBlock(0, partition);
            assertThat(run).isBetween(blocks * 3 / (partitions * 4) - 1, blocks * 5 / (partitions * 4) + 1);
        }
    }
}
