package dev.chainrule.samples.benchmarks.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
        assertThat(times.ratio("slow", "fast")).isEqualTo(new Spread(3, 3, 3));
    }
}
