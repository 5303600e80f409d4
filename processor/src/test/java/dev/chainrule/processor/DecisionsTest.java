package dev.chainrule.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chainrule.processor.testing.AllocatedBytes;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.FormulaNetwork;
import dev.chainrule.processor.testing.FormulaNetwork.Layer;
import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.weights.WeightFile;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What networks decide: live ones over ranges of records, frozen ones record by record, with names. */
class DecisionsTest {
    private static final String SUM = "loss = Loss.SUM_OF_SQUARES";

    /** Its outputs are its inputs. */
    private static final FormulaNetwork THREE =
            new FormulaNetwork("Three", 3, List.of(new Layer(3, "activation = Activation.IDENTITY", false)), SUM, "");

    private static final FormulaNetwork ONE =
            new FormulaNetwork("One", 1, List.of(new Layer(1, "activation = Activation.SIGMOID", false)), SUM, "");

    private static final FormulaNetwork TANH =
            new FormulaNetwork("Tangent", 1, List.of(new Layer(1, "activation = Activation.TANH", false)), SUM, "");

    private static final double[] IDENTITY = {1, 0, 0, 0, 1, 0, 0, 0, 1};

    @TempDir
    static Path folder;

    private static Compiled live;
    private static Compiled frozen;

    @BeforeAll
    static void compile() throws Exception {
        live = Compiled.ofFormulas(new NetworkProcessor(), List.of(THREE, ONE, TANH));
        WeightFile.save(live.instance(THREE, IDENTITY), folder.resolve("three.safetensors"));
        WeightFile.save(live.instance(ONE, new double[] {1}), folder.resolve("one.safetensors"));
        frozen = Compiled.ofFormulas(
                new NetworkProcessor(),
                Stream.of("DOUBLE", "FLOAT")
                        .flatMap(precision -> Stream.of(
                                THREE.with(
                                        precision,
                                        ", weights = \"three.safetensors\", labels = {\"low\", \"\\\"mid\\\"\", \"high\"},"
                                                + " precision = Precision." + precision),
                                ONE.with(
                                        precision,
                                        ", weights = \"one.safetensors\", labels = {\"no\", \"yes\"}, precision ="
                                                + " Precision." + precision)))
                        .toList(),
                "-Achainrule.resources=" + folder);
    }

    @Test
    void theGreatestOutputTheFirstOfEquals() {
        double[] inputs = {1, 2, 3, 5, 5, 4, -1, -1, -1, 0, Double.NaN, 9, -0.0, 0.0, -5};
        int[] classes = {7, 7, 7, 7, 7};
        live.instance(THREE, IDENTITY).classify(inputs, 1, 5, classes);
        assertThat(classes).containsExactly(7, 0, 0, -1, 0);
    }

    /** Some blocks of records and a part of one; nothing is allocated once there is room for them. */
    @Test
    void manyRecordsTakeNoMemory() {
        double[] inputs = new double[3 * 300];
        int[] expected = new int[300];
        for (int record = 0; record < 300; record++) {
            expected[record] = record * record % 3;
            inputs[3 * record + expected[record]] = 1;
        }
        int[] classes = new int[300];
        TrainableNetwork network = live.instance(THREE, IDENTITY);
        network.classify(inputs, 0, 300, classes);
        assertThat(classes).containsExactly(expected);
        assertThat(AllocatedBytes.of(100, () -> network.classify(inputs, 10, 299, classes)))
                .isZero();
    }

    @Test
    void aSingleSigmoidByItsThreshold() {
        int[] classes = new int[4];
        live.instance(ONE, new double[] {1}).classify(new double[] {0, -1e-300, 40, Double.NaN}, 0, 4, classes);
        // sigmoid(-1e-300) rounds to 0.5
        assertThat(classes).containsExactly(1, 1, 1, -1);
        live.instance(ONE, new double[] {1}).classify(new double[] {-1, 1, -9, 3}, 0, 4, classes);
        assertThat(classes).containsExactly(0, 1, 0, 1);
    }

    @Test
    void aSingleOutputOfAnotherActivationDecidesNothing() {
        TrainableNetwork network = live.instance(TANH, new double[] {1});
        assertThatThrownBy(() -> network.classify(new double[] {1}, 0, 1, new int[1]))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("A single output decides where its activation is SIGMOID, and this one's is TANH");
    }

    @Test
    void frozenClassesDecideAndNameTheirAnswers() throws Exception {
        assertThat(answer("nets.ThreeDOUBLEFrozen", new double[] {1, 3, 2}, 3)).isEqualTo("1 \"mid\"");
        assertThat(answer("nets.ThreeDOUBLEFrozen", new double[] {4, 4, 2}, 3)).isEqualTo("0 low");
        assertThat(answer("nets.OneDOUBLEFrozen", new double[] {0}, 1)).isEqualTo("1 yes");
        assertThat(answer("nets.OneDOUBLEFrozen", new double[] {-0.1}, 1)).isEqualTo("0 no");
        assertThat(answer("nets.ThreeFLOATFrozen", new float[] {1, 3, 9}, 3)).isEqualTo("2 high");
        assertThat(answer("nets.OneFLOATFrozen", new float[] {-1}, 1)).isEqualTo("0 no");
        assertThatThrownBy(() -> answer("nets.ThreeDOUBLEFrozen", new double[] {1, Double.NaN, 2}, 3))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("-1 is no answer; expected 0 to 2");
        assertThatThrownBy(() -> answer("nets.OneFLOATFrozen", new float[] {Float.NaN}, 1))
                .cause()
                .hasMessage("-1 is no answer; expected 0 to 1");
    }

    private static String answer(String name, Object input, int outputs) throws Exception {
        Class<?> type = frozen.type(name);
        Class<?> array = input.getClass();
        Object output = array == double[].class ? new double[outputs] : new float[outputs];
        Method classify = type.getDeclaredMethod("classify", array, array);
        classify.setAccessible(true);
        Method label = type.getDeclaredMethod("label", int.class);
        label.setAccessible(true);
        int answer = (int) classify.invoke(null, input, output);
        return answer + " " + label.invoke(null, answer);
    }
}
