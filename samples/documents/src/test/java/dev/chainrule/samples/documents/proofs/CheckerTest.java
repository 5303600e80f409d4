package dev.chainrule.samples.documents.proofs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Input;
import dev.chainrule.annotations.Layer;
import dev.chainrule.annotations.LayerKind;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;
import dev.chainrule.annotations.Output;
import dev.chainrule.runtime.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checker takes what is proved and refuses what is not, though its digest is right. */
class CheckerTest {
    private static final String BOX = "-1 <= x_0 && x_0 <= 1 && -1 <= x_1 && x_1 <= 1 && 0 <= x_2 && x_2 <= 0.5";

    /** What is proved, before it is frozen. */
    @Network(
            inputs = 3,
            layers = {
                @Layer(units = 4, activation = Activation.TANH),
                @Layer(units = 4, activation = Activation.TANH),
                @Layer(units = 1, activation = Activation.TANH)
            },
            loss = Loss.SUM_OF_SQUARES)
    static final class Small {}

    @TempDir
    static Path folder;

    private static Proving proving;
    private static String text;

    @BeforeAll
    static void prove() throws IOException {
        Random random = new Random(3);
        double[] parameters = random.doubles(41, -1, 1).toArray();
        CheckerTest_SmallNetwork network = new CheckerTest_SmallNetwork(parameters);
        WeightFile.save(network, folder.resolve("w.safetensors"));
        proving = Proving.compiled("Proved", declaration("TANH", "TANH", bound(network, random)), folder, folder);
        assertThat(proving.outcome()).isEqualTo("proved");
        text = Files.readString(proving.certificate());
    }

    private static String declaration(String first, String second, String then) {
        return """
                import dev.chainrule.annotations.*;
                @Network(
                        inputs = 3,
                        layers = {
                            @Layer(units = 4, activation = Activation.%s),
                            @Layer(units = 4, activation = Activation.%s),
                            @Layer(units = 1, activation = Activation.TANH)
                        },
                        weights = "w.safetensors")
                @Ensure(when = "%s", then = "%s")
                public final class Proved {}
                """.formatted(first, second, BOX, then);
    }

    /** One that holds by little, so that the proof has to cut. */
    private static String bound(CheckerTest_SmallNetwork network, Random random) {
        double greatest = -1;
        double[] output = new double[1];
        for (int i = 0; i < 100_000; i++) {
            network.forward(
                    new double[] {2 * random.nextDouble() - 1, 2 * random.nextDouble() - 1, random.nextDouble() / 2},
                    output);
            greatest = Math.max(greatest, output[0]);
        }
        return "y_0 < " + (greatest + 0.007);
    }

    @Test
    void takesWhatIsProved() throws IOException {
        Path source = proving.source();
        Checking checking = Checking.of(proving.certificate(), proving.classes(), source);
        assertThat(checking.className()).isEqualTo("ProvedFrozen");
        assertThat(checking.leaves()).isGreaterThan(10);
        assertThat(checking.properties())
                .singleElement()
                .asString()
                .startsWith("if " + BOX + "\n  then y_0 < 0.")
                .containsPattern(
                        "\n  which is, as checked:\n    x_0 from -1.0 to 1.0\n    x_1 from -1.0 to 1.0\n    x_2 from 0.0 to"
                                + " 0.5\n    0\\.\\d+ - y_0 > 0$");
    }

    /** All kinds of layers, categories, formulas and softmax, in both precisions. */
    @Network(
            parts = {@Input(name = "state", size = 2), @Input(name = "rank", categories = 3, first = 1)},
            layers = {
                @Layer(name = "raw", kind = LayerKind.SCALE, from = "state"),
                @Layer(
                        name = "h",
                        units = 4,
                        from = {"raw", "rank"},
                        activation = Activation.GELU),
                @Layer(name = "g", units = 4, formula = "z > 0.1 ? z * sigmoid(z) : abs(a * z) - z^2; a = 0.5"),
                @Layer(
                        name = "m",
                        kind = LayerKind.MULTIPLY,
                        from = {"g", "h"}),
                @Layer(
                        name = "r",
                        kind = LayerKind.ADD,
                        from = {"m", "g"},
                        activation = Activation.LEAKY_RELU),
                @Layer(name = "out", units = 3, activation = Activation.SOFTMAX)
            },
            loss = Loss.HUBER)
    static final class Graph {}

    @Test
    void takesGraphs() throws IOException {
        Random random = new Random(4);
        double[] parameters =
                random.doubles(4 * 5 + 4 + 4 * 4 + 4 + 4 + 4 * 3 + 3, -1, 1).toArray();
        CheckerTest_GraphNetwork network =
                new CheckerTest_GraphNetwork(parameters, new double[] {0.5, -0.5, 1.25, 0.75});
        WeightFile.save(network, folder.resolve("g.safetensors"));
        double least = 1;
        double[] output = new double[3];
        for (int i = 0; i < 20_000; i++) {
            double[] input = {random.nextDouble(), -random.nextDouble(), 2 + random.nextInt(2)};
            network.forward(input, output);
            least = Math.min(least, output[1] - 0.5 * output[2]);
        }
        for (String precision : List.of("DOUBLE", "FLOAT")) {
            Proving graph = Proving.compiled(
                    "Proved",
                    GRAPH.formatted(precision, "y_1 - 0.5 * y_2 > " + (least - 0.002)),
                    folder,
                    folder.resolve(precision));
            assertThat(graph.outcome()).isEqualTo("proved");
            Checking checking = Checking.of(graph.certificate(), graph.classes(), null);
            assertThat(checking.leaves()).as(precision).isGreaterThan(2);
        }
    }

    private static final String GRAPH = """
            import dev.chainrule.annotations.*;
            @Network(
                    parts = {@Input(name = "state", size = 2), @Input(name = "rank", categories = 3, first = 1)},
                    layers = {
                        @Layer(name = "raw", kind = LayerKind.SCALE, from = "state"),
                        @Layer(name = "h", units = 4, from = {"raw", "rank"}, activation = Activation.GELU),
                        @Layer(name = "g", units = 4, formula = "z > 0.1 ? z * sigmoid(z) : abs(a * z) - z^2; a = 0.5"),
                        @Layer(name = "m", kind = LayerKind.MULTIPLY, from = {"g", "h"}),
                        @Layer(name = "r", kind = LayerKind.ADD, from = {"m", "g"}, activation = Activation.LEAKY_RELU),
                        @Layer(name = "out", units = 3, activation = Activation.SOFTMAX)
                    },
                    weights = "g.safetensors",
                    precision = Precision.%s)
            @Ensure(when = "0 <= state_0 && state_0 <= 1 && -1 <= state_1 && state_1 <= 0 && 2 <= rank && rank <= 3",
                    then = "%s")
            public final class Proved {}
            """;

    /** The same weights twice, for a record and for a raised one. */
    @Network(
            parts = {@Input(name = "x", size = 2), @Input(name = "raise", size = 2)},
            layers = {
                @Layer(name = "h", units = 3, from = "x", activation = Activation.SIGMOID),
                @Layer(name = "y", units = 1, activation = Activation.TANH),
                @Layer(
                        name = "raised",
                        kind = LayerKind.ADD,
                        from = {"x", "raise"}),
                @Layer(name = "g", units = 3, activation = Activation.SIGMOID, weightsOf = "h"),
                @Layer(name = "v", units = 1, activation = Activation.TANH, weightsOf = "y")
            },
            outputs = {
                @Output(layer = "y", loss = Loss.HALF_SUM_OF_SQUARES),
                @Output(layer = "v", loss = Loss.HALF_SUM_OF_SQUARES)
            })
    static final class Twins {}

    private static final String TWINS = """
            import dev.chainrule.annotations.*;
            @Network(
                    parts = {@Input(name = "x", size = 2), @Input(name = "raise", size = 2)},
                    layers = {
                        @Layer(name = "h", units = 3, from = "x", activation = Activation.SIGMOID),
                        @Layer(name = "y", units = 1, activation = Activation.TANH),
                        @Layer(name = "raised", kind = LayerKind.ADD, from = {"x", "raise"}),
                        @Layer(name = "g", units = 3, activation = Activation.SIGMOID, weightsOf = "h"),
                        @Layer(name = "v", units = 1, activation = Activation.TANH, weightsOf = "y")
                    },
                    outputs = {@Output(layer = "y"), @Output(layer = "v")},
                    weights = "twins.safetensors")
            @Ensure(when = "-1 <= x_0 && x_0 <= 1 && -1 <= x_1 && x_1 <= 1"
                    + " && 0 <= raise_0 && raise_0 <= 2 && 0 <= raise_1 && raise_1 <= 2", then = "v_0 >= y_0")
            public final class Proved {}
            """;

    @Test
    void takesAnOrderAndRefusesWhatIsNone() throws IOException {
        double[] parameters = {0.5, -0.5, 0, 0.25, -2, 1, 0.125, -0.125, 0, 1, -1, 0.5, 0.25};
        WeightFile.save(new CheckerTest_TwinsNetwork(parameters), folder.resolve("twins.safetensors"));
        Proving twins = Proving.compiled("Proved", TWINS, folder, folder.resolve("twins"));
        assertThat(twins.error()).isEmpty();
        assertThat(twins.margin()).isZero();
        assertThat(Checking.of(twins.certificate(), twins.classes(), twins.source())
                        .leaves())
                .isEqualTo(1);
        // A weight of one branch, of another sign in both, a raise below 0, more to spare, a function that falls
        String certificate = Files.readString(twins.certificate());
        for (String[] damage : new String[][] {
            {"0.125 0.5 0.25\n", "0.125 0.5625 0.25\n"},
            {"0.25 1.0 -1.0 0.5\n", "0.25 1.0 1.0 0.5\n"},
            {"input 0.0 2.0\n", "input -0.0625 2.0\n"},
            {"leaf 0 0.0\n", "leaf 0 1.0E-300\n"},
            {"( sigmoid z )", "( softplus z )"},
            {"( sigmoid z )", "( - ( sigmoid z ) )"}
        }) {
            boolean isInBoth = damage[0].contains("-1.0") || damage[0].startsWith("(");
            String changed = isInBoth
                    ? certificate.replace(damage[0], damage[1])
                    : certificate.replaceFirst(damage[0], damage[1]);
            assertThat(changed).as(certificate).isNotEqualTo(certificate);
            Path file = folder.resolve("damaged.certificate");
            String body = changed.substring(0, changed.lastIndexOf("sha256 "));
            Files.writeString(file, body + "sha256 " + Certificate.digest(body) + "\n");
            assertThatThrownBy(() -> Checking.of(file, twins.classes(), null))
                    .as(damage[1])
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("a leaf is said to hold by ");
        }
    }

    @Test
    void refusesAnotherSource() throws IOException {
        Path other = folder.resolve("Other.java");
        String source = Files.readString(proving.source());
        int digit = source.indexOf("0.", source.indexOf(" = ")) + 3;
        char changed = source.charAt(digit) == '1' ? '2' : '1';
        Files.writeString(other, source.substring(0, digit) + changed + source.substring(digit + 1));
        assertThatThrownBy(() -> Checking.of(proving.certificate(), proving.classes(), other))
                .isInstanceOf(IOException.class)
                .hasMessage(other + " is not the source that the certificate is of");
    }

    @Test
    void refusesWhatIsDamaged() throws IOException {
        damage(250);
    }

    @Test
    @Tag("long")
    void refusesAThousandThatAreDamaged() throws IOException {
        damage(1_000);
    }

    private static void damage(int count) throws IOException {
        Random random = new Random(7);
        Set<String> kinds = new HashSet<>();
        Path file = folder.resolve("damaged.certificate");
        for (int i = 0; i < count; i++) {
            String damaged = damaged(i % 5, random);
            String body = damaged.substring(0, damaged.lastIndexOf("sha256 "));
            Files.writeString(file, body + "sha256 " + Certificate.digest(body) + "\n");
            try {
                Checking.of(file, proving.classes(), null);
                throw new AssertionError("damage " + i + " is taken: " + difference(damaged));
            } catch (IOException refused) {
                kinds.add(refused.getMessage().replaceAll("[-+\\d.,E\\[\\] ]+", " "));
            }
        }
        assertThat(kinds).hasSizeGreaterThan(2);
    }

    @Test
    void refusesOneWithAnotherDigest() throws IOException {
        Path file = folder.resolve("unsealed.certificate");
        Files.writeString(file, text.replaceFirst("leaf 0 0\\.", "leaf 0 0.0"));
        assertThatThrownBy(() -> Checking.of(file, proving.classes(), null))
                .isInstanceOf(IOException.class)
                .hasMessage("the certificate is not as it was written: its digest is another one");
    }

    /** A leaf removed, a cut moved, a margin raised, a weight changed, a box made larger. */
    private static String damaged(int kind, Random random) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        String[] heads = {"leaf", "cut", "leaf", "", "input"};
        int line;
        do {
            line = random.nextInt(lines.size());
        } while (kind == 3 ? !isRow(lines.get(line)) : !lines.get(line).startsWith(heads[kind]));
        String[] words = lines.get(line).split(" ");
        int last = words.length - 1;
        switch (kind) {
            case 0 -> words = new String[0];
            case 1 -> words[last - random.nextInt(2)] = Double.toString(random.nextDouble());
            case 2 -> words[last] = Double.toString(Double.parseDouble(words[last]) * (1 + 1e-7) + 1e-7);
            case 3 -> {
                int word = random.nextInt(words.length);
                words[word] = Double.toString(Double.parseDouble(words[word]) + 1e-3);
            }
            default -> words[last] = Double.toString(Double.parseDouble(words[last]) + 1 + random.nextInt(9));
        }
        lines.set(line, String.join(" ", words));
        return String.join("\n", lines) + "\n";
    }

    /** Whether a line has the weights of a unit. */
    private static boolean isRow(String line) {
        return line.matches("-?\\d.* .*") && !line.contains("(");
    }

    private static String difference(String damaged) {
        List<String> before = text.lines().toList();
        List<String> after = damaged.lines().toList();
        for (int i = 0; i < Math.min(before.size(), after.size()); i++) {
            if (!before.get(i).equals(after.get(i))) {
                return before.get(i) + " is now " + after.get(i);
            }
        }
        return "lines are missing";
    }
}
