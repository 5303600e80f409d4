package dev.chainrule.processor;

import static dev.chainrule.processor.UserCode.source;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.testing.PlainNetwork;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.runtime.weights.ElementType;
import dev.chainrule.runtime.weights.WeightFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said, on the value of {@code weights}, of a file that was saved here and does not fit. */
class WeightsErrorsTest {
    private static final String VALUES = "inputs = 2, layers = {@Layer(units = 3, activation = Activation.TANH),"
            + " @Layer(units = 1)}, loss = Loss.HUBER, weights = \"w.safetensors\"";

    private final double[] parameters = new double[13];

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void save() throws IOException {
        file = folder.resolve("w.safetensors");
        WeightFile.save(network("2-3-1", Activation.TANH), file);
    }

    private PlainNetwork network(String sizes, Activation hidden) {
        return new PlainNetwork(
                Topologies.of("Saved", sizes, hidden, Activation.IDENTITY, Loss.HUBER, Unroll.AUTO), parameters);
    }

    private Compilation compile(String values) {
        return UserCode.javac()
                .withOptions("--release", "17", "-Xlint:all", "-Werror", "-Achainrule.resources=" + folder)
                .compile(source("nets.Given", "@Network(" + values + ")\nfinal class Given {}"));
    }

    /** The whole output of the compiler is one error, on the name of the file. */
    private void assertError(String values, String message) {
        Compilation compilation = compile(values);
        assertThat(compilation.diagnostics()).singleElement().satisfies(diagnostic -> {
            assertThat(diagnostic.getMessage(null)).isEqualTo(message);
            assertThat(diagnostic.getLineNumber()).isEqualTo(2);
            assertThat(diagnostic.getColumnNumber()).isEqualTo("@Network(".length() + values.indexOf("\"w.") + 1);
        });
    }

    @Test
    void aFileThatFits() throws IOException {
        assertThat(compile(VALUES).diagnostics()).isEmpty();
        WeightFile.save(network("2-3-1", Activation.TANH), file, ElementType.FLOAT);
        assertThat(UserCode.generated(compile(VALUES)))
                .containsOnlyKeys(
                        "nets.GivenNetwork", "nets.GivenNetworkBlocks", "nets.GivenNetworkNumbers", "nets.GivenFrozen");
    }

    /** There is nothing to train, so that the loss that the file's network was trained for does not matter. */
    @Test
    void aLossThatIsNotDeclared() {
        Compilation compilation = compile(VALUES.replace("loss = Loss.HUBER, ", ""));
        assertThat(compilation.diagnostics()).isEmpty();
        assertThat(UserCode.generated(compilation)).containsOnlyKeys("nets.GivenFrozen");
    }

    @Test
    void aFileThatIsNotThere() throws IOException {
        Files.delete(file);
        assertError(
                VALUES,
                "[FileNotFound] There is no file \"w.safetensors\"; looked in " + folder
                        + ": put it into one of them or name its folder by the compiler option -Achainrule.resources=<folder>.");
    }

    /** The other class does not suffer from it. */
    @Test
    void theTrainableClassIsGeneratedWithoutTheFile() throws IOException {
        Files.delete(file);
        DiskBuild build =
                new DiskBuild(folder).add(source("nets.Given", "@Network(" + VALUES + ")\nfinal class Given {}"));
        assertThat(build.compile("-Achainrule.page=false")).hasSize(1);
        assertThat(build.generated()).containsOnlyKeys("nets/GivenNetwork.java", "nets/GivenNetworkBlocks.java");
    }

    @Test
    void aWeightThatIsTooLargeForFloat() throws IOException {
        String values = VALUES + FloatNetworksTest.FLOAT;
        assertThat(compile(values).diagnostics()).isEmpty();
        parameters[10] = -3.5e38;
        WeightFile.save(network("2-3-1", Activation.TANH), file);
        assertThat(compile(VALUES).diagnostics()).isEmpty();
        assertError(
                values,
                "[TooLargeForFloat] w2_1_0 is -3.5E38, and the largest float 3.4028235E38; choose precision = DOUBLE.");
    }

    @Test
    void namesThatLeadElsewhere() {
        for (String name : List.of(
                "/w.safetensors",
                "../w.safetensors",
                "a/../w.safetensors",
                "./w.safetensors",
                "a//w",
                "w/",
                "C:/w",
                "a\\\\w",
                "a\\nw")) {
            String value = "\"" + name + "\"";
            Compilation compilation = compile(VALUES.replace("\"w.safetensors\"", value));
            assertThat(compilation.diagnostics())
                    .as(name)
                    .singleElement()
                    .satisfies(diagnostic -> assertThat(diagnostic.getMessage(null))
                            .isEqualTo("[FileNameNotRelative] \""
                                    + name.replace("\\\\", "\\").replace("\\n", "\\u000a")
                                    + "\" cannot name a file here; give a path relative to a folder of resources, with / and"
                                    + " without .., such as models/xor.safetensors."));
        }
    }

    @Test
    void aMalformedFile() throws IOException {
        Files.writeString(file, "no such format");
        assertError(
                VALUES,
                "[WeightsRefused] " + file + ": the header is to have 2335225762885431150 bytes; expected at most 6");
    }

    @Test
    void aDamagedFile() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        assertThat(compile(VALUES).diagnostics())
                .singleElement()
                .satisfies(diagnostic -> assertThat(diagnostic.getMessage(null))
                        .startsWith("[WeightsRefused] " + file + ": the metadata has the chainrule.crc32c \""));
    }

    @Test
    void anotherActivation() throws IOException {
        WeightFile.save(network("2-3-1", Activation.RELU), file);
        assertError(
                VALUES,
                "[WeightsRefused] " + file
                        + ": the metadata has the chainrule.topology \"2-3(RELU)-1(IDENTITY) HUBER\"; expected"
                        + " \"2-3(TANH)-1(IDENTITY) HUBER\"");
    }

    @Test
    void anotherActivationWithoutALoss() throws IOException {
        WeightFile.save(network("2-3-1", Activation.RELU), file);
        assertError(
                VALUES.replace("loss = Loss.HUBER, ", ""),
                "[WeightsRefused] " + file
                        + ": the metadata has the chainrule.topology \"2-3(RELU)-1(IDENTITY) HUBER\"; expected"
                        + " \"2-3(TANH)-1(IDENTITY)\"");
    }

    @Test
    void anotherLoss() {
        assertError(
                VALUES.replace("HUBER", "LOG_COSH"),
                "[WeightsRefused] " + file
                        + ": the metadata has the chainrule.topology \"2-3(TANH)-1(IDENTITY) HUBER\"; expected"
                        + " \"2-3(TANH)-1(IDENTITY) LOG_COSH\"");
    }

    @Test
    void anotherSize() {
        String message = compile(VALUES.replace("units = 3", "units = 4"))
                .diagnostics()
                .get(0)
                .getMessage(null);
        assertThat(message).startsWith("[WeightsDoNotFit] " + file + " is not of this network; ");
        assertThat(message.lines().skip(1).map(String::strip))
                .containsExactly(
                        "the declaration expects             the file holds",
                        "! \"layer1.weight\" [2, 4] F64 or F32   \"layer1.weight\" [2, 3] F64",
                        "! \"layer1.bias\" [4] F64 or F32        \"layer1.bias\" [3] F64",
                        "! \"layer2.weight\" [4, 1] F64 or F32   \"layer2.weight\" [3, 1] F64",
                        "\"layer2.bias\" [1] F64 or F32        \"layer2.bias\" [1] F64");
    }

    /** Saving refuses it, so that it is put into the file's last number, b2_0. */
    @Test
    void aNumberThatIsNotFinite() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] = 0x7f;
        bytes[bytes.length - 2] = (byte) 0xf8;
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        // Without our metadata there is no checksum
        Files.write(file, text.replace("chainrule.", "othertool.").getBytes(StandardCharsets.ISO_8859_1));
        assertError(
                VALUES,
                "[WeightsRefused] " + file + ": tensor \"layer2.bias\" has NaN for b2_0; expected finite numbers");
    }
}
