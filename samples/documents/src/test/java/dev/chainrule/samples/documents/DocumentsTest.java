package dev.chainrule.samples.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import picocli.CommandLine;

/** The command line, and the numbers that the documents print. */
class DocumentsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"identity", "unit-step", "backprop-step", "forward-4-3-2", "mlp"})
    void everyProgramHasHelp(String program) {
        assertThat(run(program, "--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: documents " + program);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void withoutAProgramItPrintsTheUsage() {
        assertThat(run()).isZero();
        assertThat(out.toString()).contains("Usage: documents", "identity", "backprop-step");
    }

    @ParameterizedTest
    @CsvSource({"idendity, ''", "unit-step, --rate=1", "mlp, --decay=fast", "identity, --epochs"})
    void aWrongCommandLineIsSaidInAWord(String program, String option) {
        assertThat(option.isEmpty() ? run(program) : run(program, option)).isEqualTo(2);
        assertThat(err.toString()).isNotBlank().doesNotContain("\tat ");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"identity, --epochs=0", "mlp, --decay=-1"})
    void aValueThatIsRefusedIsSaidInAWord(String program, String option) {
        assertThat(run(program, option)).isNotZero();
        assertThat(err.toString()).isNotBlank().doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource({
        "output,            0.512",
        "output error,      0.122",
        "hidden error,      0.003",
        "step of W (w2_0_0),0.0302",
        "step of w (w1_0_0),0.00015"
    })
    void backpropStepRoundsToTheDocument(String row, String document) {
        run("backprop-step");
        String line = out.toString()
                .lines()
                .filter(text -> text.startsWith(row + " ") && text.endsWith(" " + document))
                .findFirst()
                .orElseThrow();
        String[] words = line.trim().split(" +");
        double ours = Double.parseDouble(words[words.length - 2]);
        int decimals = document.length() - document.indexOf('.') - 1;
        assertThat(String.format(Locale.ROOT, "%." + decimals + "f", ours)).isEqualTo(document);
    }

    @Test
    void unitStepByHand() {
        // h = 0.1 (-0.8) + 0.3 0.5 = 0.07
        double output = 1 / (1 + Math.exp(-0.07));
        double term = (0.2 - output) * output * (1 - output);
        UnitStepCommand.UnitStep step = UnitStepCommand.UnitStep.ofTheDocument();
        assertThat(step.output()).isEqualTo(output, within(1e-15));
        assertThat(step.errorTerm()).isEqualTo(term, within(1e-15));
        assertThat(step.weights())
                .containsExactly(new double[] {-0.8 + 0.5 * term * 0.1, 0.5 + 0.5 * term * 0.3}, within(1e-15));
    }

    @Test
    void forwardPassPrintsTheDocumentsLayers() {
        assertThat(run("forward-4-3-2")).isZero();
        assertThat(out.toString()).contains("[0.41492192 0.42604313 0.50024340]", "[0.49815196 0.48539772]");
    }

    @Test
    void identityPrintsThreeTrainingsSideBySide() {
        assertThat(run("identity", "--epochs=50")).isZero();
        assertThat(out.toString().lines().filter(line -> line.matches(" +(0|10|20|30|40)( +\\d\\.\\d{12}){3,4}")))
                .hasSize(5);
        assertThat(out.toString()).contains("Final outputs", "IdentityNetwork.java");
    }

    @Test
    void mlpDrawsItsGraph(@TempDir Path folder) throws Exception {
        Path drawing = folder.resolve("graph.svg");
        assertThat(run("mlp", "--graph=" + drawing)).as(err.toString()).isZero();
        Document svg = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Files.newInputStream(drawing));
        assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(svg.getElementsByTagName("circle").getLength()).isGreaterThanOrEqualTo(3 + 4 + 4 + 1);
        assertThat(svg.getElementsByTagName("line").getLength()).isGreaterThanOrEqualTo(12 + 16 + 4);
    }

    private int run(String... arguments) {
        CommandLine commandLine = Documents.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        int exitCode = commandLine.execute(arguments);
        commandLine.getOut().flush();
        return exitCode;
    }
}
