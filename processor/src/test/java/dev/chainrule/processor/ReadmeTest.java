package dev.chainrule.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.processor.Readme.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the READMEs show is so. */
class ReadmeTest {
    private static final String PRINTS = "text prints";
    private static final String OF = "text of ";

    @TempDir
    Path directory;

    /**
     * Their Java blocks are the files of one project, in the order of the pages. With each of them the project compiles; one with a
     * {@code main} runs, and prints what the block says that follows it, if it prints. Other blocks are of a generated class.
     */
    @Test
    void theirExamplesCompileAndPrintWhatTheySay() throws Exception {
        ReadmeProject project = new ReadmeProject(directory);
        String printed = "";
        int examples = 0;
        for (Readme readme : Readme.all()) {
            for (Block block : readme.blocks()) {
                if (block.isJava()) {
                    assertThat(printed).as("printed before " + block.place()).isEmpty();
                    printed = project.add(block);
                    examples++;
                } else if (block.info().equals(PRINTS)) {
                    assertThat(printed).as(block.place()).isEqualTo(block.text());
                    printed = "";
                } else if (block.info().startsWith(OF)) {
                    assertThat(project.generated(block.info().substring(OF.length())))
                            .as(block.place())
                            .contains(block.text());
                }
            }
            assertThat(printed).as("printed at the end of " + readme).isEmpty();
        }
        assertThat(examples).isPositive();
    }

    @Test
    void theirBlocksAreOfKnownLanguages() throws IOException {
        for (Readme readme : Readme.all()) {
            assertThat(readme.blocks())
                    .allSatisfy(block -> assertThat(block.info())
                            .as(block.place())
                            .matches("java|kotlin|python|sh|text|xml|" + PRINTS + "|" + OF + "\\w+"));
        }
    }

    @Test
    void theirLinksLeadSomewhere() throws IOException {
        List<Readme> readmes = Readme.all();
        for (Readme readme : readmes) {
            for (String link : readme.links()) {
                if (!link.startsWith("https://")) {
                    assertLeadsSomewhere(readme, link, readmes);
                }
            }
        }
        assertThat(readmes.get(0).links()).isNotEmpty();
    }

    private static void assertLeadsSomewhere(Readme readme, String link, List<Readme> readmes) {
        String path = link.replaceFirst("#.*", "");
        Path target = path.isEmpty()
                ? readme.file()
                : readme.file().resolveSibling(path).normalize();
        assertThat(Files.exists(target)).as(link + " in " + readme).isTrue();
        if (link.contains("#")) {
            Set<String> anchors = readmes.stream()
                    .filter(other -> other.file().equals(target))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(link + " in " + readme + " is of no README"))
                    .anchors();
            assertThat(anchors).as(link + " in " + readme).contains(link.replaceFirst(".*#", ""));
        }
    }

    /** Ten minutes to read. */
    @Test
    void theFirstIsShort() throws IOException {
        assertThat(Readme.all().get(0).length()).isLessThanOrEqualTo(250);
    }
}
