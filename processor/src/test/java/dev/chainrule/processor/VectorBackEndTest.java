package dev.chainrule.processor;

import static dev.chainrule.processor.testing.Formatting.assertFormatted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.testing.FrozenNetwork;
import dev.chainrule.processor.testing.PlainFloatNetwork;
import dev.chainrule.processor.testing.PlainNetwork;
import dev.chainrule.processor.testing.Program;
import dev.chainrule.processor.testing.RandomNetwork;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import dev.chainrule.runtime.FullGradientNetwork;
import dev.chainrule.runtime.InputDescription;
import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.weights.WeightFile;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks with {@code -Achainrule.vector=true}: with the Vector API and without, the same bits. */
class VectorBackEndTest {
    private static final String MODULE = "jdk.incubator.vector";

    /** How many of the topologies have wide layers for certain; they stand first. */
    private static final int SAVED = 10;

    @TempDir
    private static Path directory;

    private static List<Topology> topologies;
    private static String plain;

    /** Widths at and around the numbers of lanes, as loops, and random networks, as loops and as AUTO has them. */
    private static List<Topology> topologies() {
        Topology narrow = topology("Narrow", "20-3-7-2-5-1-4-6", Activation.TANH, Loss.HUBER);
        Stream<Topology> widths = Stream.of(
                topology("Exact", "16-32-64-16", Activation.TANH, Loss.SUM_OF_SQUARES),
                topology("Odd", "5-17-23-31-33-3", Activation.RELU, Loss.HUBER),
                topology("Tails", "3-35-41-44-66-67-70-100-18", Activation.SOFTSIGN, Loss.MEAN_SQUARED_ERROR),
                topology("Digits", "784-30-10", Activation.SIGMOID, Loss.LOG_COSH),
                topology("Gates", "9-24-13", Activation.GELU_TANH, Loss.HUBER),
                topology("Swish", "4-16-8-9", Activation.SILU, Loss.MEAN_SQUARED_ERROR),
                topology("Leaky", "6-19-11", Activation.LEAKY_RELU, Loss.SUM_OF_SQUARES),
                topology("Lone", "80-1", Activation.TANH, Loss.HUBER),
                narrow,
                withoutBiases("NarrowAndWithoutBiases", narrow),
                topology("ManyOfALayer", "3-150-9-2", Activation.SOFTSIGN, Loss.HUBER));
        Stream<Topology> random = LongStream.range(5000, 5010)
                .mapToObj(seed -> RandomNetwork.of(seed).topology());
        Stream<Topology> written = LongStream.range(5030, 5036)
                .mapToObj(seed -> RandomNetwork.of(seed).topology().with(Unroll.AUTO));
        Stream<Topology> looped = Stream.concat(widths, random).map(topology -> topology.with(Unroll.NONE));
        return Stream.concat(looped, written).toList();
    }

    private static Topology topology(String name, String sizes, Activation activation, Loss loss) {
        return Topologies.of(name, sizes, activation, activation, loss, Unroll.NONE);
    }

    private static Topology withoutBiases(String name, Topology topology) {
        List<Topology.Layer> layers = topology.layers().stream()
                .map(layer -> new Topology.Layer(layer.units(), layer.activation(), false))
                .toList();
        return new Topology(name, topology.inputs(), layers, topology.loss(), topology.unroll());
    }

    @BeforeAll
    static void compile() throws Exception {
        topologies = topologies();
        for (Topology topology : topologies.subList(0, SAVED)) {
            double[] parameters =
                    new Random(3).doubles(topology.parameters(), -0.5, 0.5).toArray();
            WeightFile.save(new PlainNetwork(topology, parameters), directory.resolve(topology.name()));
        }
        compile("plain");
        compile("vector", "-Achainrule.vector=true", "--add-modules", MODULE);
        plain = bits("plain", false);
        assertThat(plain.lines()).hasSize(topologies.size() + 2 * SAVED);
    }

    /** Plain code, whose widest loops all of HotSpot's compilers have taken. */
    @Test
    void interpreted() throws Exception {
        assertThat(bits("plain", false, "-Xint")).isEqualTo(plain);
    }

    @Test
    void withTheModule() throws Exception {
        assertThat(bits("vector", true, "--add-modules", MODULE)).isEqualTo(plain);
    }

    @Test
    void withoutTheModule() throws Exception {
        assertThat(bits("vector", false)).isEqualTo(plain);
    }

    /** Of two doubles. */
    @Test
    void withNarrowVectors() throws Exception {
        assertThatVectorsHaveTheBits(16);
    }

    /**
     * Of four doubles, as the widest of many machines are, and of one, of which the JVM does not warn here; those of
     * less are one, too.
     */
    @ParameterizedTest
    @ValueSource(ints = {32, 8})
    @Tag("slow")
    void withOtherVectors(int bytes) throws Exception {
        assertThatVectorsHaveTheBits(bytes);
    }

    private static void assertThatVectorsHaveTheBits(int bytes) throws Exception {
        assertThat(bits("vector", true, "--add-modules", MODULE, "-XX:-PrintWarnings", "-XX:MaxVectorSize=" + bytes))
                .isEqualTo(plain);
    }

    /** What HotSpot makes of a method depends on all that the process has run: no vector becomes an object even so. */
    @Test
    @Tag("slow")
    void nothingIsAllocatedAfterOtherNetworksRan() throws Exception {
        List<String> arguments = new ArrayList<>(List.of("12000", "100"));
        for (int number : new int[] {0, 1, 3, 7, 0, 3}) {
            arguments.add(topologies.get(number).networkName());
        }
        String allocated = output(AllocationTest.Meter.class, "vector", arguments, "--add-modules", MODULE, "-Xbatch");
        assertThat(allocated.lines().filter(line -> !line.contains("toString")))
                .hasSizeGreaterThan(40)
                .allSatisfy(line -> assertThat(line).endsWith(" 0"));
    }

    /** Two lanes and one are slower than plain code, above all in the kernels; four are not. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "-XX:MaxVectorSize=16; 2 false, 2 false, 4 true,",
                "-XX:MaxVectorSize=8; 1 false, 1 false, 2 false,",
                "-XX:MaxVectorSize=4; 1 false, 1 false, 2 false,",
                "-XX:MaxVectorSize=0; 1 false, 1 false, 2 false,",
                "-XX:+UseSerialGC; (([12] false|(4|8|16) true),( ?)){3}"
            })
    void vectorsOfFewLanesAreNotUsed(String option, String flags) throws Exception {
        Topology exact = topologies.get(0);
        List<String> names =
                List.of(exact.networkName(), exact.frozenName(), inFloat(exact).frozenName());
        assertThat(output(Flags.class, "vector", names, "--add-modules=" + MODULE, "-XX:-PrintWarnings", option)
                        .strip())
                .matches(flags);
    }

    @Test
    void theFormatterWouldChangeNothing() throws Exception {
        // Wide layers alone, narrow ones among them, a lone unit, none with biases: other widths are other numbers in
        // the same lines
        for (int number : List.of(0, 4, 7, SAVED - 1)) {
            Topology topology = topologies.get(number);
            for (String kind : List.of("", "Vector")) {
                for (String name : List.of(
                        topology.networkName(),
                        topology.networkName() + (kind.isEmpty() ? "Blocks" : ""),
                        topology.frozenName(),
                        inFloat(topology).frozenName())) {
                    String file = name.replace('.', '/') + kind + ".java";
                    String source = Files.readString(directory.resolve("vector").resolve(file));
                    assertThat(source.lines())
                            .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
                    assertFormatted(source);
                }
            }
        }
    }

    @Test
    void smallNetworksWithoutKernelsNeedNoVectors() throws Exception {
        Topology small =
                Topologies.of("Small", "2-2-1", Activation.SOFTSIGN, Activation.SOFTSIGN, Loss.HUBER, Unroll.AUTO);
        assertThat(compile("small", List.of(small), "-Achainrule.vector=true")).isEmpty();
        assertThat(directory.resolve("small/nets/SmallNetwork.class")).exists();
        assertThat(directory.resolve("small/nets/SmallNetworkVector.java")).doesNotExist();
    }

    private static void compile(String name, String... options) throws IOException {
        assertThat(compile(name, topologies, options)).doesNotContain("error");
    }

    /** What the compiler says. The module is not among those of any {@code --release}. */
    private static String compile(String name, List<Topology> topologies, String... options) throws IOException {
        Path output = Files.createDirectories(directory.resolve(name));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of(
                "-Achainrule.resources=" + directory,
                "-Achainrule.page=false",
                "-d",
                output.toString(),
                "-s",
                output.toString(),
                "-cp",
                classPath().toString()));
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavaCompiler.CompilationTask task = compiler.getTask(
                    messages,
                    files,
                    null,
                    arguments,
                    null,
                    topologies.stream().flatMap(VectorBackEndTest::files).toList());
            task.setProcessors(List.of(new NetworkProcessor()));
            task.call();
        }
        return messages.toString();
    }

    /** Where there is a file of weights, the network also frozen, and under another name in float. */
    private static Stream<JavaFileObject> files(Topology topology) {
        if (!Files.exists(directory.resolve(topology.name()))) {
            return Stream.of(file(topology, topology.declaration()));
        }
        String weights = ", weights = \"" + topology.name() + "\"";
        Topology inFloat = inFloat(topology);
        return Stream.of(
                file(topology, topology.declarationWith(weights)),
                file(inFloat, inFloat.declarationWithoutLoss(weights + FloatNetworksTest.FLOAT)));
    }

    private static Topology inFloat(Topology topology) {
        return new Topology(
                topology.name() + "Float", topology.inputs(), topology.layers(), topology.loss(), topology.unroll());
    }

    private static JavaFileObject file(Topology topology, String text) {
        Path name = Path.of("/" + topology.declarationName().replace('.', '/') + ".java");
        return new SimpleJavaFileObject(name.toUri(), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    /** What the networks compute in a JVM of its own, a line each; whether it loads the classes with vectors is checked. */
    private static String bits(String name, boolean loadsVectors, String... options) throws Exception {
        Path log = directory.resolve(name + Arrays.hashCode(options) + ".classes");
        List<String> classNames =
                new ArrayList<>(topologies.stream().map(Topology::networkName).toList());
        for (Topology topology : topologies.subList(0, SAVED)) {
            classNames.add(topology.frozenName());
            classNames.add(inFloat(topology).frozenName());
        }
        List<String> all = new ArrayList<>(List.of(options));
        all.add("-Xlog:class+load:file=" + log);
        String text = output(Bits.class, name, classNames, all.toArray(String[]::new));
        for (String kind : List.of("Network", "NoneFrozen", "FloatFrozen")) {
            assertThat(Files.readString(log, StandardCharsets.UTF_8).contains(kind + "Vector "))
                    .as("a class with vectors has been loaded for a " + kind)
                    .isEqualTo(loadsVectors);
        }
        return text;
    }

    /** What a program prints about classes that were compiled under a name. */
    private static String output(Class<?> program, String name, List<String> classNames, String... options)
            throws Exception {
        Path output = Files.createTempFile(directory, name, ".output");
        Path errors = Files.createTempFile(directory, name, ".errors");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", directory.resolve(name) + File.pathSeparator + classPath(), program.getName()));
        command.addAll(classNames);
        Process process = new ProcessBuilder(command)
                .redirectError(errors.toFile())
                .redirectOutput(output.toFile())
                .start();
        Program.awaitEnd(process);
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue())
                .as(text + Files.readString(errors, StandardCharsets.UTF_8))
                .isZero();
        return text;
    }

    private static String classPath() {
        return Stream.of(Network.class, TrainableNetwork.class, Bits.class)
                .map(VectorBackEndTest::location)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Prints how many lanes the vectors have that are for some classes, and whether these use them. */
    static final class Flags {
        private Flags() {}

        public static void main(String[] classNames) throws ReflectiveOperationException {
            for (String className : classNames) {
                System.out.print(value(className + "Vector", "LANES") + " " + value(className, "VECTOR") + ", ");
            }
        }

        private static Object value(String className, String name) throws ReflectiveOperationException {
            Field field = Class.forName(className).getDeclaredField(name);
            field.setAccessible(true);
            return field.get(null);
        }
    }

    /** Prints what networks compute from seeded numbers, bit by bit in one number for each method. */
    static final class Bits {
        private static final int RECORDS = 77;

        private Bits() {}

        /** For the networks of the classes named, live or frozen. */
        public static void main(String[] classNames) throws ReflectiveOperationException {
            for (String className : classNames) {
                if (className.endsWith("Frozen")) {
                    System.out.println(className + " " + of(new FrozenNetwork(Class.forName(className))));
                    continue;
                }
                Constructor<?> constructor = Class.forName(className).getDeclaredConstructor();
                constructor.setAccessible(true);
                TrainableNetwork network = (TrainableNetwork) constructor.newInstance();
                System.out.println(className + " " + of(network, 0.3) + " " + of(network, 20)); // the latter saturates
            }
        }

        private static String of(FrozenNetwork network) {
            Random random = new Random(4);
            StringBuilder bits = new StringBuilder();
            for (double scale : new double[] {1, 30}) { // the latter saturates
                double[] inputs = random.doubles((long) RECORDS * network.constant("INPUTS"), -scale, scale)
                        .toArray();
                double[] first = Arrays.copyOf(inputs, network.constant("INPUTS"));
                if (network.isInFloat()) {
                    float[] output = new float[network.constant("OUTPUTS")];
                    network.forward(PlainFloatNetwork.rounded(first), output);
                    float[] outputs = new float[RECORDS * output.length];
                    network.forward(PlainFloatNetwork.rounded(inputs), 0, RECORDS, outputs);
                    bits.append(Arrays.toString(output)).append(Arrays.hashCode(outputs));
                } else {
                    double[] output = new double[network.constant("OUTPUTS")];
                    network.forward(first, output);
                    double[] outputs = new double[RECORDS * output.length];
                    network.forward(inputs, 0, RECORDS, outputs);
                    bits.append(Arrays.toString(output)).append(Arrays.hashCode(outputs));
                }
            }
            return bits.toString();
        }

        private static String of(TrainableNetwork network, double scale) {
            Random random = new Random(1);
            Arrays.setAll(network.parameters(), i -> scale * random.nextGaussian());
            int in = network.inputs();
            int out = network.outputs();
            double[] inputs = random.doubles((long) RECORDS * in, -1, 1).toArray();
            Arrays.setAll(network.constants(), i -> 0.5 + random.nextDouble());
            int first = 0;
            for (InputDescription part : network.description().parts()) {
                for (int record = 0; record < RECORDS && part.categories() > 0; record++) {
                    inputs[record * in + first] = part.first() + random.nextInt(part.categories());
                }
                first += part.size();
            }
            double[] targets = new double[RECORDS * out];
            for (int record = 0; record < RECORDS; record++) {
                targets[record * out + random.nextInt(out)] = 1; // right for every loss
            }
            double[] input = Arrays.copyOf(inputs, in);
            double[] target = Arrays.copyOf(targets, out);
            double[] output = new double[out];
            double[] outputs = new double[RECORDS * out];
            double[] one = new double[network.parameters().length];
            double[] range = new double[network.parameters().length];
            double[] full = new double[network.parameters().length];
            double[] byInput = new double[in];
            double[] errors = {
                network.loss(input, target),
                network.backprop(input, target, one),
                network.backprop(inputs, targets, 1, RECORDS, range),
                network.inputGradient(input, target, byInput)
            };
            network.forward(input, output);
            network.forward(inputs, 1, RECORDS, outputs);
            if (network instanceof FullGradientNetwork fullGradient) {
                fullGradient.fullGradient(input, target, full);
            }
            return Stream.of(errors, output, outputs, one, range, full, byInput)
                    .map(values -> Integer.toHexString(Arrays.hashCode(values)))
                    .collect(Collectors.joining(" "));
        }
    }
}
