package dev.chainrule.processor.onnx;

import static dev.chainrule.processor.testing.OnnxBuilder.FLOAT;
import static dev.chainrule.processor.testing.OnnxBuilder.doubles;
import static dev.chainrule.processor.testing.OnnxBuilder.floats;
import static dev.chainrule.processor.testing.OnnxBuilder.integer;
import static dev.chainrule.processor.testing.OnnxBuilder.message;
import static dev.chainrule.processor.testing.OnnxBuilder.reals;
import static dev.chainrule.processor.testing.OnnxBuilder.tensorAttribute;

import com.google.protobuf.CodedOutputStream;
import com.sun.management.ThreadMXBean;
import dev.chainrule.processor.testing.Golden;
import dev.chainrule.processor.testing.Golden.PyTorchModel;
import dev.chainrule.processor.testing.OnnxBuilder;
import dev.chainrule.processor.testing.OnnxBuilder.Encoding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Damaged models have problems or are networks; nothing is thrown, and no memory is taken that the file's length does not explain. */
class OnnxDamageTest {
    private static final int MUTATIONS = 2000;

    /** What a byte of a file may take: an empty message is an object with lists. */
    private static final long BYTES_A_BYTE = 200;

    /** What a file of any length may take, as classes may load on the way. */
    private static final long BYTES = 4_000_000;

    /** A message is one line and not long, whatever the names are. */
    private static final Pattern PRINTABLE = Pattern.compile("[ -~]{1,4000}");

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Small ones, of all forms of numbers. */
    static Stream<byte[]> smallModels() {
        OnnxBuilder layers = floats().input("x", -1, 3)
                .node("Gemm", "z", "x w b", integer("transB", 1))
                .node("Sigmoid", "s", "z")
                .node("Mul", "a", "z s")
                .node("Gemm", "u", "a v c")
                .node("Softmax", "y", "u", integer("axis", -1))
                .output("y", -1, 2)
                .tensor("w", new double[12], 4, 3)
                .tensor("b", new double[4], 4)
                .encoded(Encoding.PACKED)
                .tensor("v", new double[8], 4, 2)
                .encoded(Encoding.ONE_BY_ONE)
                .tensor("c", new double[2], 2);
        OnnxBuilder constants = doubles()
                .input("x", -1, 2, 2)
                .node(
                        "Constant",
                        "w",
                        "",
                        tensorAttribute(
                                "value",
                                OnnxBuilder.tensor("", OnnxBuilder.DOUBLE, Encoding.PACKED, new double[8], 4, 2)))
                .node("Constant", "shape", "", OnnxBuilder.integers("value_ints", -1, 4))
                .node("Constant", "unused", "", reals("value_floats", 1, 2, 3))
                .node("Reshape", "f", "x shape")
                .node("MatMul", "m", "f w")
                .node("Add", "z", "b m")
                .node("Pow", "zzz", "z three")
                .node("Tanh", "y", "z")
                .tensor("b", new double[2], 2)
                .integers("three", new double[] {3})
                .output("y", -1, 2);
        return Stream.of(layers.bytes(), constants.bytes());
    }

    /** Those of PyTorch too, where they are there. */
    static Stream<byte[]> models() throws IOException {
        List<byte[]> models = new ArrayList<>(smallModels().toList());
        if (Golden.isPresent()) {
            for (PyTorchModel model : Golden.pyTorchModels()) {
                models.add(Files.readAllBytes(Golden.pyTorch().resolve(model.name() + ".onnx")));
            }
        }
        return models.stream();
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyTruncationHasAnOutcome(byte[] model) {
        for (int length = 0; length < model.length; length++) {
            check("the first " + length + " bytes", Arrays.copyOf(model, length));
        }
    }

    @ParameterizedTest
    @MethodSource("smallModels")
    void everyBitFlipHasAnOutcome(byte[] model) {
        for (int bit = 0; bit < 8 * model.length; bit++) {
            byte[] damaged = model.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            check("bit " + bit + " flipped", damaged);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void mutationsHaveAnOutcome(byte[] model) {
        for (int seed = 0; seed < MUTATIONS; seed++) {
            check("mutation " + seed, mutation(model, new Random(seed)));
        }
    }

    @Test
    void noiseHasAnOutcome() {
        for (int seed = 0; seed < MUTATIONS; seed++) {
            Random random = new Random(seed);
            byte[] noise = new byte[random.nextInt(100)];
            random.nextBytes(noise);
            check("noise " + seed, noise);
        }
    }

    private static byte[] mutation(byte[] model, Random random) {
        byte[] damaged = model;
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(damaged.length);
            int length = Math.min(random.nextInt(20), damaged.length - at);
            damaged = switch (random.nextInt(4)) {
                case 0 -> joined(damaged, at, new byte[0], at + length);
                case 1 -> joined(damaged, at + length, damaged.clone(), at);
                case 2 -> joined(damaged, at, noise(random, length), at + length);
                default -> joined(damaged, at, noise(random, 1), at + 1);
            };
        }
        return damaged;
    }

    private static byte[] noise(Random random, int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    /** The start of a model up to a place, other bytes, and the end of the model from another place on. */
    private static byte[] joined(byte[] model, int end, byte[] middle, int start) {
        byte[] joined = Arrays.copyOf(model, end + middle.length + model.length - start);
        System.arraycopy(middle, 0, joined, end, middle.length);
        System.arraycopy(model, start, joined, end + middle.length, model.length - start);
        return joined;
    }

    private static void check(String what, byte[] model) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        Imported imported;
        try {
            imported = OnnxImport.of(model, List.of(), 1_000_000);
        } catch (RuntimeException | Error e) {
            throw new AssertionError(what + ": " + HexFormat.of().formatHex(model), e);
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        if (allocated > BYTES + BYTES_A_BYTE * model.length) {
            throw new AssertionError(what + " takes " + allocated + " bytes");
        }
        if (imported.network().isPresent() != imported.problems().isEmpty()) {
            throw new AssertionError(what + " yields " + imported);
        }
        for (OnnxProblem problem : imported.problems()) {
            if (!PRINTABLE.matcher(problem.message()).matches()) {
                throw new AssertionError(what + " is said to be: " + problem);
            }
        }
    }

    /** Lengths far beyond the file's end, at every level. */
    @Test
    void lengthsThatAreNotThereTakeNoMemory() throws IOException {
        for (int field : new int[] {1, 5, 7, 8, 25}) {
            check("a field " + field + " of 2 GB", lengthOnly(field, Integer.MAX_VALUE));
            check("a field " + field + " of a negative length", lengthOnly(field, -1));
        }
        check(
                "a tensor of 2 GB",
                floats().initializer(message(tensor -> {
                            tensor.writeInt64(1, Integer.MAX_VALUE);
                            tensor.writeInt32(2, FLOAT);
                            tensor.writeUInt32NoTag(9 << 3 | 2);
                            tensor.writeUInt32NoTag(Integer.MAX_VALUE);
                        }))
                        .bytes());
        check(
                "a shape that many numbers would fill",
                floats().input("x", -1, 3)
                        .node("MatMul", "y", "x w")
                        .tensor("w", new double[6], Long.MAX_VALUE, Long.MAX_VALUE)
                        .output("y", -1, 2)
                        .bytes());
    }

    private static byte[] lengthOnly(int field, int length) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream coded = CodedOutputStream.newInstance(bytes);
        coded.writeUInt32NoTag(field << 3 | 2);
        coded.writeUInt32NoTag(length);
        coded.flush();
        return bytes.toByteArray();
    }

    /** Groups in groups, which a reader without a limit would follow until its stack ends. */
    @Test
    void groupsInGroupsEnd() {
        byte[] groups = new byte[1_000_000];
        Arrays.fill(groups, (byte) (15 << 3 | 3));
        check("groups in groups", groups);
    }

    /** Layers that share their weights are more parameters than the file has bytes for. */
    @Test
    void sharedWeightsAreCountedBeforeTheyAreCopied() {
        OnnxBuilder model = floats().input("a0", -1, 300).tensor("w", new double[90_000], 300, 300);
        for (int i = 0; i < 200; i++) {
            model.node("MatMul", "a" + (i + 1), "a" + i + " w");
        }
        check("layers that share their weights", model.output("a200", -1, 300).bytes());
    }

    /** Products of sums double their terms at each node, unless they are refused. */
    @Test
    void expressionsDoNotGrow() {
        OnnxBuilder model = floats().input("x", -1, 1)
                .node("MatMul", "a0", "x w")
                .tensor("w", new double[] {1}, 1, 1)
                .tensor("one", new double[] {1});
        for (int i = 0; i < 1000; i++) {
            String operator = i % 2 == 0 ? "Add" : "Mul";
            model.node(operator, "a" + (i + 1), "a" + i + (i % 2 == 0 ? " one" : " a" + i));
        }
        check("a thousand sums and products", model.output("a1000", -1, 1).bytes());
    }
}
