package dev.chainrule.processor;

import static dev.chainrule.processor.UserCode.source;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.testing.PlainNetwork;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.runtime.weights.WeightFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a build ends that is to prove properties: tanh(tanh(2 x_0 - x_1) + 0.5 x_1), the outer one without tanh. */
class PropertyTest {
    private static final String BOX = "-1 <= x_0 && x_0 <= 1 && 0 <= x_1 && x_1 <= 1";

    @TempDir
    Path folder;

    @BeforeEach
    void save() throws IOException {
        // z1_0 = 2 x_0 - x_1, z1_1 = 0.25 x_1; y = tanh z1_0 + 2 tanh z1_1
        WeightFile.save(
                new PlainNetwork(
                        Topologies.of("Saved", "2-2-1", Activation.TANH, Activation.IDENTITY, Loss.HUBER, Unroll.AUTO),
                        new double[] {2, 0, -1, 0.25, 0, 0, 1, 2, 0}),
                folder.resolve("w.safetensors"));
    }

    private Compilation compile(String precision, String ensures, String... options) {
        return UserCode.javac()
                .withOptions(Stream.concat(
                                Stream.of("--release", "17", "-Xlint:all", "-Achainrule.resources=" + folder),
                                Stream.of(options))
                        .toArray())
                .compile(source(
                        "nets.Given",
                        "@Network(inputs = 2, layers = {@Layer(units = 2, activation = Activation.TANH), @Layer(units = 1)},"
                                + " weights = \"w.safetensors\"" + precision + ")\n" + ensures
                                + "\nfinal class Given {}"));
    }

    private static String ensure(String then) {
        return "@Ensure(when = \"" + BOX + "\", then = \"" + then + "\")";
    }

    private static String only(Compilation compilation, Diagnostic.Kind kind) {
        List<String> messages = compilation.diagnostics().stream()
                .filter(diagnostic ->
                        diagnostic.getKind() == kind || diagnostic.getKind() == Diagnostic.Kind.MANDATORY_WARNING)
                .map(diagnostic -> diagnostic.getMessage(null))
                .toList();
        assertThat(compilation.diagnostics())
                .as("%s", compilation.diagnostics())
                .hasSize(1);
        return messages.get(0);
    }

    @Test
    void whatIsProvedStandsInTheComment() {
        Compilation compilation = compile("", ensure("y_0 < 1.3 && y_0 > -1"));
        assertThat(compilation.diagnostics()).isEmpty();
        assertThat(UserCode.text(compilation.generatedSourceFiles().get(0)))
                .containsPattern(
                        " \\*   Proved of what forward computes, to the bit, by \\d+ box(es)?; the tightest margin is 0\\.\\d+\n")
                .contains(
                        " *     if -1 &lt;= x_0 &amp;&amp; x_0 &lt;= 1 &amp;&amp; 0 &lt;= x_1 &amp;&amp; x_1 &lt;= 1\n")
                .contains(" *     then y_0 &lt; 1.3 &amp;&amp; y_0 > -1\n");
    }

    @Test
    void whatIsBrokenIsAnErrorWithAnInputThatBreaksIt() {
        for (String precision : List.of("", ", precision = Precision.FLOAT")) {
            String message = only(compile(precision, ensure("y_0 > -0.96")), Diagnostic.Kind.ERROR);
            Matcher numbers = Pattern.compile(
                            "\\[PropertyBroken\\] The network breaks this: the input \\{(\\S+?)f?, (\\S+?)f?\\} gives the output"
                                    + " \\{(\\S+?)f?\\}\\. Train it for this property, or change the property\\.")
                    .matcher(message);
            assertThat(numbers.matches()).as(message).isTrue();
            double x0 = Double.parseDouble(numbers.group(1));
            double x1 = Double.parseDouble(numbers.group(2));
            double y = Math.tanh(2 * x0 - x1) + 2 * Math.tanh(0.25 * x1);
            assertThat(x0).isBetween(-1.0, 1.0);
            assertThat(x1).isBetween(0.0, 1.0);
            assertThat(y).isLessThan(-0.96 + 1e-6);
            assertThat(Double.parseDouble(numbers.group(3)))
                    .isLessThanOrEqualTo(-0.96)
                    .isCloseTo(y, org.assertj.core.api.Assertions.within(1e-6));
        }
    }

    @Test
    void whatIsUndecidedIsAnErrorUnlessItMayBe() {
        // The least value is tanh(-2): this holds by 1e-4 alone
        String ensure = ensure("y_0 > -0.9641").replace(")", ", boxes = 2)");
        String text =
                "[NotDecided] This is neither proved nor broken by 2 boxes: 0.00 % of the inputs are decided, and 3"
                        + " boxes are left, of which the first is x_0 from ";
        assertThat(only(compile("", ensure), Diagnostic.Kind.ERROR)).startsWith(text);
        assertThat(only(compile("", ensure, "-Achainrule.prove=warn"), Diagnostic.Kind.WARNING))
                .startsWith(text);
        assertThat(only(compile("", ensure, "-Achainrule.prove=false"), Diagnostic.Kind.WARNING))
                .isEqualTo(
                        "[NotProved] The property is taken as it is, without a proof, as -Achainrule.prove=false says.");
        assertThat(compile("", ensure("y_0 > -0.9641")).diagnostics()).isEmpty();
    }

    @Test
    void oneOfSeveralIsTold() {
        assertThat(only(compile("", ensure("y_0 < 2") + "\n" + ensure("y_0 < 0")), Diagnostic.Kind.ERROR))
                .startsWith("[PropertyBroken] @Ensure number 2: The network breaks this: the input {");
    }

    @Test
    void anOptionThatIsNoAnswer() {
        assertThat(only(compile("", ensure("y_0 < 2"), "-Achainrule.prove=maybe"), Diagnostic.Kind.ERROR))
                .isEqualTo("[NeitherTrueNorFalse] -Achainrule.prove=maybe is neither true nor warn nor false.");
    }

    /** What the certificate of the build before tells need not be found again, unless it or the network is another one. */
    @Test
    void whatIsProvedIsProvedOnce() throws Exception {
        DiskBuild build = new DiskBuild(folder)
                .add(source(
                        "nets.Given",
                        "@Network(inputs = 2, layers = {@Layer(units = 2, activation = Activation.TANH), @Layer(units = 1)},"
                                + " loss = Loss.HUBER, weights = \"w.safetensors\")\n" + ensure("y_0 < 1.3")
                                + "\nfinal class Given {}"));
        String resources = "-Achainrule.resources=" + folder;
        assertThat(build.compile(resources)).isEmpty();
        Path certificate = folder.resolve("generated/nets/GivenFrozen.certificate");
        String text = Files.readString(certificate);
        String first = build.generated().get("nets/GivenFrozen.java");

        assertThat(build.compile(resources)).isEmpty();
        assertThat(build.generated().get("nets/GivenFrozen.java")).isEqualTo(first);
        assertThat(Files.readString(certificate)).isEqualTo(text);

        // What is not as it was written is not read
        String changed = text.replaceFirst("boxes \\d+", "boxes 123");
        Files.writeString(certificate, changed);
        assertThat(build.compile(resources)).isEmpty();
        assertThat(Files.readString(certificate)).isEqualTo(text);

        // Something that only a reader can know
        String body = changed.substring(0, changed.lastIndexOf("sha256 "));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
        Files.writeString(certificate, body + "sha256 " + HexFormat.of().formatHex(digest) + "\n");
        assertThat(build.compile(resources)).isEmpty();
        assertThat(build.generated().get("nets/GivenFrozen.java")).contains("to the bit, by 123 boxes;");
        assertThat(Files.readString(folder.resolve("generated/nets/GivenNetwork.html")))
                .contains("Proved, by 123 boxes;", "const PROPERTIES = ");

        WeightFile.save(
                new PlainNetwork(
                        Topologies.of("Saved", "2-2-1", Activation.TANH, Activation.IDENTITY, Loss.HUBER, Unroll.AUTO),
                        new double[] {2, 0, -1, 0.25, 0, 0, 1, 1.9, 0}),
                folder.resolve("w.safetensors"));
        assertThat(build.compile(resources)).isEmpty();
        assertThat(build.generated().get("nets/GivenFrozen.java")).doesNotContain("123 boxes");
    }
}
