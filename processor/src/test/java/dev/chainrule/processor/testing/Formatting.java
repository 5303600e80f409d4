package dev.chainrule.processor.testing;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.util.List;

/** The project's formatter, which would change nothing of generated code. */
public final class Formatting {
    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(Style.PALANTIR)
            .formatJavadoc(false)
            .build());

    private Formatting() {}

    /** Checks the imports and the layout of a file; shows the first lines that differ, not the whole of both texts. */
    public static void assertFormatted(String source) throws FormatterException {
        // Of java.lang the formatter lets no import stand; of another package only those that are used
        String elsewhere = source.replace("\nimport java.lang.", "\nimport javax.other.");
        assertSame("without unused imports", RemoveUnusedImports.removeUnusedImports(elsewhere), elsewhere);
        assertSame("with imports in order", ImportOrderer.reorderImports(source, Style.PALANTIR), source);
        assertSame("formatted", FORMATTER.formatSource(source), source);
    }

    private static void assertSame(String what, String expected, String source) {
        if (!source.equals(expected)) {
            List<String> lines = source.lines().toList();
            List<String> wanted = expected.lines().toList();
            int first = 0;
            while (first < Math.min(lines.size(), wanted.size())
                    && lines.get(first).equals(wanted.get(first))) {
                first++;
            }
            throw new AssertionError("Line %d, as generated:\n%s\nand %s:\n%s"
                    .formatted(first + 1, excerpt(lines, first), what, excerpt(wanted, first)));
        }
    }

    private static String excerpt(List<String> lines, int from) {
        return String.join("\n", lines.subList(Math.max(0, from - 1), Math.min(from + 5, lines.size())));
    }
}
