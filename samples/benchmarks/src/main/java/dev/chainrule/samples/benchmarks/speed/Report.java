package dev.chainrule.samples.benchmarks.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * A table and what belongs to it.
 *
 * @param name of the files
 */
record Report(String name, String title, Table table, List<String> notes) {
    /** Prints it and writes it into a directory, the charts below each other. */
    void publish(Path out, List<? extends Chart<?, ?>> charts) throws IOException {
        Files.createDirectories(out);
        String text = "# %s%n%n%s%n%n%s%n".formatted(title, table, paragraphs());
        Files.writeString(out.resolve(name + ".md"), text);
        System.out.print(text);
        if (!charts.isEmpty()) {
            Path image = out.resolve(name + ".png");
            BitmapEncoder.saveBitmap(charts, charts.size(), 1, image.toString(), BitmapFormat.PNG);
        }
    }

    private String paragraphs() {
        return String.join(System.lineSeparator().repeat(2), notes);
    }

    /** The machine in general words. */
    static String machine() {
        return "Processors: %d, %s, %s; Java %s (%s)."
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.arch"),
                        System.getProperty("os.name"),
                        System.getProperty("java.version"),
                        System.getProperty("java.vm.name"));
    }
}
