package dev.chainrule.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TriangleTest {
    /** Random rows, as the Jacobian of so many residuals. */
    private static double[][] rows(int count, int n, Random random) {
        double[][] rows = new double[count][];
        for (int i = 0; i < count; i++) {
            rows[i] = random.doubles(n, -1, 1).toArray();
        }
        return rows;
    }

    private static double[] squares(double[][] rows, int n) {
        double[] triangle = new double[Triangle.length(n)];
        Triangle work = new Triangle(n);
        for (int i = 0; i < rows.length; i += Triangle.ROWS) {
            double[][] four = {rows[i], rows[i + 1], rows[i + 2], rows[i + 3]};
            work.addSquares(triangle, 0, four, new double[] {1, 2, 3, 4});
        }
        return triangle;
    }

    private static double element(double[] triangle, int n, int i, int j) {
        return triangle[Triangle.diagonal(n, Math.min(i, j)) + Math.abs(j - i)];
    }

    @Test
    void fourRowsAtATimeChangeNoBit() {
        Random random = new Random(1);
        for (int n = 1; n < 20; n++) {
            double[][] rows = rows(8, n, random);
            double[] triangle = squares(rows, n);
            for (int i = 0; i < n; i++) {
                for (int j = i; j < n; j++) {
                    double chain = 0;
                    for (int r = 0; r < 8; r++) {
                        chain = Math.fma((r % 4 + 1) * rows[r][i], rows[r][j], chain);
                    }
                    assertThat(element(triangle, n, i, j)).isEqualTo(chain);
                }
            }
        }
    }

    /** The product of the matrix and the solution is what it was solved for. */
    @Test
    void solutionsSolve() {
        Random random = new Random(2);
        for (int n = 1; n < 40; n++) {
            double[] triangle = squares(rows(80, n, random), n);
            double[] solution = random.doubles(n, -1, 1).toArray();
            double[] right = new double[n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    right[i] += element(triangle, n, i, j) * solution[j];
                }
            }
            Triangle work = new Triangle(n);
            assertThat(work.factor(triangle, 0)).isEqualTo(-1);
            work.solve(triangle, right);
            for (int i = 0; i < n; i++) {
                assertThat(right[i]).as("x_%d of %d", i, n).isCloseTo(solution[i], within(1e-12));
            }
        }
    }

    @Test
    void factorsAreChainsWhateverTheBlocks() {
        Random random = new Random(3);
        int n = 11;
        double[] triangle = squares(rows(20, n, random), n);
        double[] factor = triangle.clone();
        assertThat(new Triangle(n).factor(factor, 0)).isEqualTo(-1);
        for (int k = 0; k < n; k++) {
            for (int j = k; j < n; j++) {
                double chain = element(triangle, n, k, j);
                for (int above = 0; above < k; above++) {
                    chain = Math.fma(-element(factor, n, above, k), element(factor, n, above, j), chain);
                }
                double expected = j == k ? Math.sqrt(chain) : chain / element(factor, n, k, k);
                assertThat(element(factor, n, k, j)).isEqualTo(expected);
            }
        }
    }

    @Test
    void saysWhichRowHasNoPivot() {
        double[] ofRankOne = {1, 2, 3, 4, 6, 9};
        assertThat(new Triangle(3).factor(ofRankOne, 1e-15)).isEqualTo(1);
        double[] negative = {1, 0, 0, 1, 0, -1};
        assertThat(new Triangle(3).factor(negative, 0)).isEqualTo(2);
        assertThat(new Triangle(1).factor(new double[] {Double.NaN}, 0)).isZero();
        assertThat(new Triangle(1).factor(new double[] {Double.POSITIVE_INFINITY}, 0))
                .isZero();
    }

    @Test
    void refusesWhatNoArrayHolds() {
        assertThat(Triangle.length(65_534)).isEqualTo(2_147_385_345);
        assertThatThrownBy(() -> Triangle.length(65_536))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the matrix J'J of 65536 parameters has 2147516416 elements, more than an array holds;"
                        + " use Lbfgs, which has no matrix");
    }
}
