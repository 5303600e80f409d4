package dev.chainrule.samples.benchmarks.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void alignsItsColumns() {
        Table table = new Table("network", "ns");
        table.add("2-2", Spread.of(List.of(3.0, 1.0, 2.0, 250.0)));
        assertThat(table.toString().lines())
                .containsExactly(
                        "| network | ns               |",
                        "|---------|------------------|",
                        "| 2-2     | 2.50 (1.00..250) |");
    }

    @Test
    void takesRatiosWithinARound() {
        Rounds<String> times = new Rounds<>();
        for (double speed : new double[] {1, 10, 100}) {
            times.add("slow", 3 * speed);
            times.add("fast", speed);
        }
        assertThat(times.ratio("slow", "fast")).isEqualTo(new Spread(3, 3, 3, 3, 3));
    }

    @Test
    void theIntervalOfAMedianLeavesOutAFewRanks() {
        List<Double> twenty =
                IntStream.rangeClosed(1, 20).mapToObj(i -> (double) i).toList();
        // The median is among the 6th to the 15th of 20 in 95.9 % of cases, by the binomial distribution
        assertThat(Spread.of(twenty)).isEqualTo(new Spread(10.5, 1, 20, 6, 15));
        assertThat(Spread.of(twenty.subList(0, 8))).isEqualTo(new Spread(4.5, 1, 8, 1, 8));
        assertThat(Spread.of(twenty.subList(0, 9))).isEqualTo(new Spread(5, 1, 9, 2, 8));
    }
}
