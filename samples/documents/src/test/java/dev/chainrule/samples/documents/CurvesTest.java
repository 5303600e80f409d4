package dev.chainrule.samples.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurvesTest extends ProgramTest {
    @TempDir
    Path folder;

    /** The certified values of NIST's Rat42. */
    @Test
    void growthHasTheCertifiedValues() throws IOException {
        Path chart = folder.resolve("growth.png");
        assertThat(run("growth", "--chart=" + chart)).isZero();
        assertThat(row("b1")).containsExactly("72.4622", "1.73403");
        assertThat(row("b2")).containsExactly("2.61808", "0.0882952");
        assertThat(row("b3")).containsExactly("0.0673592", "0.00344657");
        assertThat(out.toString()).contains("residual standard deviation 1.15877, 6 degrees of freedom");
        assertChart(chart, Charts.BLUE, Charts.ORANGE, Charts.GREEN);
    }

    @Test
    void nistHasTheCertifiedDigits() {
        Optional<Path> files = SharedFiles.find("data/nist");
        Assumptions.assumeTrue(files.isPresent(), "there is no shared/data/nist beside the checkout");
        assertThat(run("nist", "--data=" + files.orElseThrow()))
                .as(err.toString())
                .isZero();
        List<String> rows = out.toString().lines().skip(2).toList();
        assertThat(rows).hasSize(27);
        for (String row : rows) {
            String[] cells = row.split("\\s*\\|\\s*");
            assertThat(row).doesNotContain("not at its end");
            for (int start = 0; start < 2; start++) {
                // The residuals of Lanczos1 are 1e-13 of y, so that doubles have no more digits of them
                double least = cells[1].equals("Lanczos1") ? 3 : 4;
                assertThat(Double.parseDouble(cells[3 + 4 * start])).as(row).isGreaterThanOrEqualTo(6);
                assertThat(Double.parseDouble(cells[4 + 4 * start])).as(row).isGreaterThanOrEqualTo(least);
                assertThat(Double.parseDouble(cells[5 + 4 * start])).as(row).isGreaterThanOrEqualTo(least);
            }
        }
    }

    @Test
    void saysWhatIsWrongWithTheFiles() throws IOException {
        assertFails("there is no file", "nist", "--data=" + folder.resolve("none"));
        Files.writeString(folder.resolve("Misra1a.dat"), "something else");
        assertFails("the text of Misra1a is not that of a nonlinear problem", "nist", "--data=" + folder);
    }
}
