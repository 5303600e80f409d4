package dev.chainrule.processor.loops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.processor.code.Statement;
import dev.chainrule.processor.equations.Index;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
    @Test
    void everyRowBeforeTheEndHasOneTurn() {
        for (int size = 1; size <= 300; size++) {
            for (int rowLength = 16; rowLength <= 70; rowLength++) {
                Turns turns = Turns.of(size, rowLength);
                assertThat(rows(turns, size))
                        .as("%d rows of %d", size, rowLength)
                        .containsExactlyElementsOf(upTo(turns.end()));
                assertThat(size - turns.end())
                        .as("%d rows of %d", size, rowLength)
                        .isBetween(0, 63);
            }
        }
    }

    @Test
    void rowsAreWholeVectorsApartWhereThereAreEnough() {
        for (int size = 32; size <= 1100; size++) {
            for (int rowLength = 17; rowLength <= 70; rowLength++) {
                Turns turns = Turns.of(size, rowLength);
                int apart = turns.apart() * rowLength;
                assertThat(apart % 8 == 0 && (turns.apart() == 1 || apart % 512 != 0))
                        .as("%d rows of %d: %s", size, rowLength, turns)
                        .isTrue();
            }
        }
    }

    /** The rows that the loop comes to, ascending. */
    private static List<Integer> rows(Turns turns, int size) {
        Statement.Loop loop = (Statement.Loop) turns.loop(new Index.Variable("k", size), List.of());
        List<Integer> rows = new ArrayList<>();
        for (int k = Integer.parseInt(loop.start()); k < Integer.parseInt(loop.end()); k += loop.step()) {
            for (Index index : turns.from(new Index.Unit(k))) {
                rows.add(Integer.parseInt(index.text()));
            }
        }
        rows.sort(null);
        return rows;
    }

    private static List<Integer> upTo(int end) {
        List<Integer> all = new ArrayList<>();
        for (int row = 0; row < end; row++) {
            all.add(row);
        }
        return all;
    }
}
