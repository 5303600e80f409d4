package dev.chainrule.processor.loops;

import dev.chainrule.processor.code.Statement;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.schedule.Limits;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The rows of products that a turn of a loop deals with: neighbours, or rows of as many bands, which lie one below the other.
 *
 * @param rows how many
 * @param apart how far apart they are
 * @param end before which row the last of them ends
 */
record Turns(int rows, int apart, int end) {
    /** How many numbers apart lines of the cache share a set, of which a turn would need more than it has places: 4096 bytes. */
    private static final int SAME_SET = 4096 / Double.BYTES;

    /**
     * Of neighbours where rows of the matrix begin whole vectors apart; else of rows that do, where there are enough, as HotSpot 17
     * makes vector instructions of those alone.
     *
     * @param size how many rows there are
     * @param rowLength how far apart rows begin
     */
    static Turns of(int size, int rowLength) {
        int most = Math.min(size, Limits.ROWS);
        Turns neighbours = new Turns(most, 1, size / most * most);
        if (rowLength % Limits.LANES == 0) {
            return neighbours;
        }
        return IntStream.rangeClosed(Limits.ROWS / 2, Limits.ROWS)
                .mapToObj(rows -> inBands(rows, size, rowLength))
                .filter(turns -> turns.apart > 0 && turns.apart * rowLength % SAME_SET != 0)
                .max(Comparator.comparingInt(Turns::end).thenComparingInt(Turns::rows))
                .orElse(neighbours);
    }

    private static Turns inBands(int rows, int size, int rowLength) {
        int apart = size / rows;
        while (apart * rowLength % Limits.LANES != 0) {
            apart--;
        }
        return new Turns(rows, apart, rows * apart);
    }

    /** The rows of the turn that begins with one of them. */
    List<Index> from(Index first) {
        return Stream.iterate(first, index -> index.plus(apart)).limit(rows).toList();
    }

    /** The loop over all turns. */
    Statement loop(Index.Variable row, List<Statement> turn) {
        return apart > 1 ? Statement.Loop.inSteps(row, apart, 1, turn) : Statement.Loop.inSteps(row, end, rows, turn);
    }
}
