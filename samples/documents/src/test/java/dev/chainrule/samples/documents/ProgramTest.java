package dev.chainrule.samples.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.ImageIO;
import picocli.CommandLine;

/** What tests of programs have in common: the command line, what it prints and draws. */
abstract class ProgramTest {
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    /** The words after the label of a line. */
    String[] row(String label) {
        return out.toString()
                .lines()
                .filter(line -> line.startsWith(label + " "))
                .map(line -> line.substring(label.length()).trim().split(" +"))
                .findFirst()
                .orElseThrow();
    }

    void assertFails(String message, String... arguments) {
        err.getBuffer().setLength(0);
        assertThat(run(arguments)).isEqualTo(1);
        assertThat(err.toString())
                .startsWith(arguments[0] + ": ")
                .contains(message)
                .doesNotContain("\tat ");
    }

    /** A picture with lines of these colours, not covered by others. */
    static void assertChart(Path file, Color... colors) throws IOException {
        BufferedImage image = ImageIO.read(file.toFile());
        Set<Integer> pixels = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                pixels.add(image.getRGB(x, y));
            }
        }
        assertThat(pixels).contains(Arrays.stream(colors).map(Color::getRGB).toArray(Integer[]::new));
    }

    int run(String... arguments) {
        CommandLine commandLine = Documents.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        int exitCode = commandLine.execute(arguments);
        commandLine.getOut().flush();
        return exitCode;
    }
}
