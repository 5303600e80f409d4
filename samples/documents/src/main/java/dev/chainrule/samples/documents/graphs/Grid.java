package dev.chainrule.samples.documents.graphs;

import dev.chainrule.runtime.training.Records;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** A grid with a wall, and the ways to a goal: a step right, down, left or up. */
public final class Grid {
    /** Columns, and rows. */
    public static final int SIZE = 7;

    /** One a step, in the order of the policy's units. */
    public static final String ARROWS = ">v<^";

    /** What a step makes of the value of the place that it leads to. */
    static final double DISCOUNT = 0.9;

    private static final int[][] STEPS = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};

    private static final List<String> PLAN = List.of(
            ".......", //
            ".####..", "....#..", ".##.#.#", ".#..#G#", ".#.####", ".......");

    private Grid() {}

    /** Whether there is a place to be. */
    public static boolean isFree(int column, int row) {
        return column >= 0
                && row >= 0
                && column < SIZE
                && row < SIZE
                && PLAN.get(row).charAt(column) != '#';
    }

    /** Whether it is the goal. */
    public static boolean isGoal(int column, int row) {
        return PLAN.get(row).charAt(column) == 'G';
    }

    /** The column that a step leads to. */
    public static int column(int column, int step) {
        return column + STEPS[step][0];
    }

    /** The row that a step leads to. */
    public static int row(int row, int step) {
        return row + STEPS[step][1];
    }

    /** The steps that it takes from each place to the goal; -1 where there is no way. */
    public static int[][] distances() {
        int[][] distances = new int[SIZE][SIZE];
        Deque<int[]> places = new ArrayDeque<>();
        for (int row = 0; row < SIZE; row++) {
            Arrays.fill(distances[row], -1);
            for (int column = 0; column < SIZE; column++) {
                if (isGoal(column, row)) {
                    distances[row][column] = 0;
                    places.add(new int[] {column, row});
                }
            }
        }
        while (!places.isEmpty()) {
            int[] place = places.remove();
            for (int step = 0; step < STEPS.length; step++) {
                int column = column(place[0], step);
                int row = row(place[1], step);
                if (isFree(column, row) && distances[row][column] < 0) {
                    distances[row][column] = distances[place[1]][place[0]] + 1;
                    places.add(new int[] {column, row});
                }
            }
        }
        return distances;
    }

    /** All places but the goal: column and row, then the best steps, each as likely as the others, and the value. */
    public static Records records() {
        int[][] distances = distances();
        List<double[]> inputs = new ArrayList<>();
        List<double[]> targets = new ArrayList<>();
        for (int row = 0; row < SIZE; row++) {
            for (int column = 0; column < SIZE; column++) {
                if (distances[row][column] > 0) {
                    inputs.add(new double[] {column, row});
                    targets.add(target(distances, column, row));
                }
            }
        }
        return Records.copyOf(inputs.toArray(double[][]::new), targets.toArray(double[][]::new));
    }

    private static double[] target(int[][] distances, int column, int row) {
        double[] target = new double[STEPS.length + 1];
        int best = 0;
        for (int step = 0; step < STEPS.length; step++) {
            int nextColumn = column(column, step);
            int nextRow = row(row, step);
            if (isFree(nextColumn, nextRow) && distances[nextRow][nextColumn] == distances[row][column] - 1) {
                target[step] = 1;
                best++;
            }
        }
        for (int step = 0; step < STEPS.length; step++) {
            target[step] /= best;
        }
        target[STEPS.length] = Math.pow(DISCOUNT, distances[row][column] - 1);
        return target;
    }
}
