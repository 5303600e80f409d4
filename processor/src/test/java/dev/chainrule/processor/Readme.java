package dev.chainrule.processor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A README of the project, in Markdown.
 *
 * @param blocks the code that it shows
 * @param prose all other lines
 */
record Readme(Path file, List<Block> blocks, List<String> prose) {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String FENCE = "```";
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern TYPE =
            Pattern.compile("^(?:public |final |abstract )*(?:class|interface|record|enum) (\\w+)", Pattern.MULTILINE);

    /**
     * A fenced block.
     *
     * @param info what follows the first fence: the language, and what the block is
     * @param place where it begins, for messages
     */
    record Block(String info, String text, String place) {
        boolean isJava() {
            return info.equals("java");
        }

        /** The type that a file of this Java is named for: its first. */
        String type() {
            Matcher matcher = TYPE.matcher(text);
            if (!matcher.find()) {
                throw new AssertionError(place + ": no type; expected a whole file of Java");
            }
            return matcher.group(1);
        }
    }

    /** All of the project: first the one that the others go on from. */
    static List<Readme> all() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<Path> found = files.filter(file -> file.endsWith("README.md"))
                    .filter(file -> !ROOT.relativize(file).toString().matches("(.*/)?(target|\\..*)/.*"))
                    .sorted(Comparator.comparing(Path::getNameCount).thenComparing(Path::toString))
                    .toList();
            List<Readme> readmes = new ArrayList<>();
            for (Path file : found) {
                readmes.add(of(file));
            }
            return readmes;
        }
    }

    private static Readme of(Path file) throws IOException {
        List<Block> blocks = new ArrayList<>();
        List<String> prose = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).startsWith(FENCE)) {
                prose.add(lines.get(i));
                continue;
            }
            int start = i++;
            while (!lines.get(i).equals(FENCE)) {
                i++;
            }
            blocks.add(new Block(
                    lines.get(start).substring(FENCE.length()),
                    lines.subList(start + 1, i).stream()
                            .map(line -> line + "\n")
                            .collect(Collectors.joining()),
                    ROOT.relativize(file) + ":" + (start + 1)));
        }
        return new Readme(file, blocks, prose);
    }

    /** The number of lines. */
    int length() throws IOException {
        return Files.readAllLines(file).size();
    }

    /** Where its links and images lead. */
    List<String> links() {
        return LINK.matcher(String.join("\n", prose).replaceAll("`[^`]*`", ""))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** The anchors of its headings, as GitHub makes them. */
    Set<String> anchors() {
        return prose.stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    @Override
    public String toString() {
        return ROOT.relativize(file).toString();
    }
}
