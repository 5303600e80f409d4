package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static History twoRows() {
        History history = new History(3, List.of());
        history.add(10, 0.5, 1.0 / 3, Double.NaN, 2.5, 1_500_000_000L, new double[0]);
        history.add(20, 0.25, 0.1, 0.2, 1e-7, 3_000_000_001L, new double[0]);
        return history;
    }

    @Test
    void rows() {
        History history = twoRows();
        assertThat(history.epochs()).isEqualTo(2);
        assertThat(history.step(1)).isEqualTo(20);
        assertThat(history.rate(1)).isEqualTo(0.25);
        assertThat(history.loss(1)).isEqualTo(0.1);
        assertThat(history.validationLoss(1)).isEqualTo(0.2);
        assertThat(history.gradientNorm(1)).isEqualTo(1e-7);
        assertThat(history.nanoseconds(1)).isEqualTo(3_000_000_001L);
    }

    @Test
    void anEpochThatHasNoRowIsRefused() {
        History history = twoRows();
        for (IntConsumer accessor : new IntConsumer[] {
            history::step,
            history::rate,
            history::loss,
            history::validationLoss,
            history::gradientNorm,
            history::nanoseconds
        }) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> accessor.accept(2));
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> accessor.accept(-1));
        }
    }

    @Test
    void csv() throws IOException {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY); // where a comma would stand for the point
        try {
            StringBuilder csv = new StringBuilder();
            twoRows().writeCsv(csv);
            assertThat(csv).hasToString("""
                            epoch,step,rate,loss,validation loss,gradient norm,seconds
                            0,10,0.5,0.3333333333333333,,2.5,1.500000000
                            1,20,0.25,0.1,0.2,1.0E-7,3.000000001
                            """);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void csvWithMetrics() throws IOException {
        History history = new History(1, List.of("accuracy", "area under curve"));
        history.add(10, 0.5, 0.25, 0.125, 2.5, 1_500_000_000L, new double[] {0.75, Double.NaN});
        StringBuilder csv = new StringBuilder();
        history.writeCsv(csv);
        assertThat(csv).hasToString("""
                        epoch,step,rate,loss,validation loss,gradient norm,seconds,accuracy,area under curve
                        0,10,0.5,0.25,0.125,2.5,1.500000000,0.75,NaN
                        """);
    }

    @Test
    void metricsByName() {
        History history = new History(2, List.of("a", "b"));
        history.add(1, 1, 1, 1, 1, 1, new double[] {2, 3});
        assertThat(history.metrics()).containsExactly("a", "b");
        assertThat(history.metric("a", 0)).isEqualTo(2);
        assertThat(history.metric("b", 0)).isEqualTo(3);
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> history.metric("a", 1));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> history.metric("c", 0))
                .withMessage("there is no metric \"c\"; expected one of [a, b]");
    }

    @Test
    void moreRowsThanThereIsRoomFor() {
        History history = new History(Integer.MAX_VALUE, List.of("square"));
        for (int row = 0; row < 200_000; row++) {
            history.add(row, row + 0.1, row + 0.2, row + 0.3, row + 0.4, row + 5, new double[] {(double) row * row});
        }
        assertThat(history.epochs()).isEqualTo(200_000);
        for (int row = 0; row < 200_000; row += 9_999) {
            assertThat(history.step(row)).isEqualTo(row);
            assertThat(history.rate(row)).isEqualTo(row + 0.1);
            assertThat(history.loss(row)).isEqualTo(row + 0.2);
            assertThat(history.validationLoss(row)).isEqualTo(row + 0.3);
            assertThat(history.gradientNorm(row)).isEqualTo(row + 0.4);
            assertThat(history.nanoseconds(row)).isEqualTo(row + 5);
            assertThat(history.metric("square", row)).isEqualTo((double) row * row);
        }
    }

    @Test
    void roomForAllEpochsThatAnIntCounts() {
        assertThat(History.grown(1 << 16)).isEqualTo(1 << 17);
        assertThat(History.grown(1 << 30)).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void timeIsSinceTheStartOfTheTraining() {
        long before = System.nanoTime();
        History history = Trainer.builder().epochs(3).build().train(new Scaling(0.0), Scaling.towards(1));
        assertThat(history.nanoseconds(0)).isPositive();
        assertThat(history.nanoseconds(2)).isBetween(history.nanoseconds(1), System.nanoTime() - before);
    }
}
