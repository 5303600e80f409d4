package dev.chainrule.processor;

import static dev.chainrule.processor.testing.Vectors.assertSameBits;
import static dev.chainrule.processor.testing.Vectors.assertWithin;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.chainrule.processor.testing.ClassFiles;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.FormulaTruth;
import dev.chainrule.processor.testing.FrozenNetwork;
import dev.chainrule.processor.testing.GraphCase;
import dev.chainrule.processor.testing.GraphNetwork;
import dev.chainrule.processor.testing.GraphTruth;
import dev.chainrule.processor.testing.Program;
import dev.chainrule.runtime.FullGradientNetwork;
import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.weights.WeightFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random graphs against an oracle in forward mode; all back ends have the same bits. */
class RandomGraphNetworksTest {
    /** Of the graphs of every day one in so many is also frozen. */
    private static final int FROZEN_EVERY = 3;

    /** And one in so many is compiled with vectors, too. */
    private static final int VECTORS_EVERY = 10;

    @TempDir
    static Path folder;

    @Test
    void agreeWithTheOracle() throws Exception {
        agree(hundred(), FROZEN_EVERY, VECTORS_EVERY);
    }

    @Test
    @Tag("slow")
    void agreeWithTheOracleOnAllBackEnds() throws Exception {
        agree(hundred(), 1, 5);
    }

    /** The last has a layer that shares weights, with several paths through each of the two. */
    private static LongStream hundred() {
        return LongStream.concat(LongStream.range(1, 100), LongStream.of(1027));
    }

    @Test
    @Tag("long")
    void fiveHundredAgreeWithTheOracleOnAllBackEnds() throws Exception {
        agree(LongStream.range(1000, 1500), 1, 5);
    }

    private static void agree(LongStream seeds, int frozenEvery, int vectorsEvery) throws Exception {
        List<GraphCase> cases = seeds.mapToObj(GraphCase::of).toList();
        Compiled compiled = Compiled.ofGraphs(
                new NetworkProcessor(),
                cases.stream()
                        .flatMap(one -> Stream.of(one.with("AUTO"), one.with("NONE")))
                        .toList());
        int told = 0;
        for (GraphCase one : cases) {
            try {
                told += agree(compiled, one) ? 1 : 0;
            } catch (AssertionError e) {
                throw new AssertionError(one.declared() + "\n" + e.getMessage(), e);
            }
        }
        assertThat(told).isGreaterThan(cases.size() * 3 / 4);
        frozen(compiled, some(cases, frozenEvery));
        vectors(some(cases, vectorsEvery));
    }

    /** One in so many, the last of them among these. */
    private static List<GraphCase> some(List<GraphCase> cases, int every) {
        return IntStream.iterate(cases.size() - 1, i -> i >= 0, i -> i - every)
                .mapToObj(cases::get)
                .toList();
    }

    /** Whether the oracle could tell. */
    private static boolean agree(Compiled compiled, GraphCase one) {
        TrainableNetwork network = one.of(compiled, "AUTO");
        TrainableNetwork loops = one.of(compiled, "NONE");
        List<double[]> numbers = numbers(network, one.input(0), one.target(0));
        List<double[]> ofLoops = numbers(loops, one.input(0), one.target(0));
        for (int i = 0; i < numbers.size(); i++) {
            assertSameBits("loops, array " + i, ofLoops.get(i), numbers.get(i));
        }
        blocks(network, loops, one);
        for (String unroll : List.of("AUTO", "NONE")) {
            assertThat(ClassFiles.codeBytes(compiled.bytes(one.with(unroll).declarationName() + "Network")))
                    .allSatisfy((method, bytes) -> assertThat(bytes).as(method).isLessThanOrEqualTo(7000));
        }
        Optional<FormulaTruth.Record> truth =
                GraphTruth.of(one.declared(), one.parameters(), one.constants(), one.input(0), one.target(0));
        truth.ifPresent(record -> {
            int p = one.parameters().length;
            double[] gradient = record.gradient();
            double[] sizes = record.gradientSizes();
            Arrays.setAll(sizes, i -> Math.max(1, sizes[i]));
            assertWithin("outputs", numbers.get(0), record.outputs(), 1e-12, atLeastOne(record.sizes()));
            assertWithin("loss", numbers.get(1)[0], record.loss(), 1e-12 * Math.max(1, record.lossSize()));
            assertWithin("backprop", numbers.get(2), Arrays.copyOf(gradient, p), 1e-12, sizes);
            assertWithin(
                    "inputGradient",
                    numbers.get(3),
                    Arrays.copyOfRange(gradient, p, gradient.length),
                    1e-12,
                    Arrays.copyOfRange(sizes, p, sizes.length));
            if (network instanceof FullGradientNetwork) {
                assertWithin("fullGradient", numbers.get(4), Arrays.copyOf(gradient, p), 1e-12, sizes);
            }
        });
        return truth.isPresent();
    }

    private static double[] atLeastOne(double[] sizes) {
        return Arrays.stream(sizes).map(size -> Math.max(1, size)).toArray();
    }

    private static List<double[]> numbers(TrainableNetwork network, double[] input, double[] target) {
        double[] output = new double[network.outputs()];
        network.forward(input, output);
        double[] gradient = new double[network.parameters().length];
        double[] loss = {network.loss(input, target), network.backprop(input, target, gradient)};
        double[] byInput = new double[network.inputs()];
        network.inputGradient(input, target, byInput);
        double[] full = new double[gradient.length];
        if (network instanceof FullGradientNetwork fullGradient) {
            fullGradient.fullGradient(input, target, full);
        }
        return List.of(output, loss, gradient, byInput, full);
    }

    private static void blocks(TrainableNetwork network, TrainableNetwork loops, GraphCase one) {
        double[] gradient = new double[one.parameters().length];
        double error = 0;
        List<double[]> outputs = new ArrayList<>();
        for (int record = 0; record < GraphCase.RECORDS; record++) {
            error += network.backprop(one.input(record), one.target(record), gradient);
            double[] output = new double[network.outputs()];
            network.forward(one.input(record), output);
            outputs.add(output);
        }
        double[] all = outputs.stream().flatMapToDouble(Arrays::stream).toArray();
        for (TrainableNetwork other : List.of(network, loops)) {
            double[] sum = new double[gradient.length];
            assertSameBits(
                    "E of blocks", other.backprop(one.inputs(), one.targets(), 0, GraphCase.RECORDS, sum), error);
            assertSameBits("gradient of blocks", sum, gradient);
            double[] ofBlocks = new double[all.length];
            other.forward(one.inputs(), 0, GraphCase.RECORDS, ofBlocks);
            assertSameBits("outputs of blocks", ofBlocks, all);
        }
    }

    private static void frozen(Compiled live, List<GraphCase> cases) throws Exception {
        List<GraphNetwork> declarations = new ArrayList<>();
        for (GraphCase one : cases) {
            String name = one.declared().name();
            TrainableNetwork network = one.of(live, "AUTO");
            WeightFile.save(network, folder.resolve(name + ".safetensors"));
            String weights = ", weights = \"" + name + ".safetensors\"";
            // Written out and as loops by turns
            GraphNetwork declared = declarations.size() % 2 == 0 ? one.declared() : one.with("NONE");
            declarations.add(declared.withoutLosses().with("", weights));
        }
        Compiled compiled = Compiled.ofGraphs(new NetworkProcessor(), declarations, "-Achainrule.resources=" + folder);
        for (int i = 0; i < declarations.size(); i++) {
            GraphCase one = cases.get(i);
            FrozenNetwork frozen = compiled.frozen(declarations.get(i).declarationName() + "Frozen");
            double[] expected = new double[one.targets().length / GraphCase.RECORDS];
            one.of(live, "AUTO").forward(one.input(0), expected);
            double[] output = new double[expected.length];
            frozen.forward(one.input(0), output);
            assertSameBits(one.declared() + "\nfrozen", output, expected);
            double[] all = new double[one.targets().length];
            one.of(live, "AUTO").forward(one.inputs(), 0, GraphCase.RECORDS, all);
            double[] outputs = new double[all.length];
            frozen.forward(one.inputs(), 0, GraphCase.RECORDS, outputs);
            assertSameBits(one.declared() + "\nfrozen, range", outputs, all);
        }
    }

    /** In a JVM of its own, as the module has to be asked for. */
    private static void vectors(List<GraphCase> cases) throws Exception {
        List<GraphNetwork> some = cases.stream().map(one -> one.with("NONE")).toList();
        List<JavaFileObject> sources = some.stream()
                .map(network -> JavaFileObjects.forSourceString(network.declarationName(), network.declaration()))
                .toList();
        Compilation compilation = UserCode.compileWithVectors(folder, sources);
        Path classes = folder.resolve("vectors");
        for (Map.Entry<String, byte[]> type : UserCode.classes(compilation).entrySet()) {
            Path file = classes.resolve(type.getKey().replace('.', '/') + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, type.getValue());
        }
        List<String> names = some.stream()
                .map(network -> network.declarationName() + "Network")
                .toList();
        String inVectors = Program.java(
                classes, List.of("--add-modules", "jdk.incubator.vector"), VectorBackEndTest.Bits.class, names);
        assertThat(inVectors.lines().filter(line -> line.startsWith("nets."))).hasSize(names.size());
        assertThat(inVectors.replace("WARNING: Using incubator modules: jdk.incubator.vector\n", ""))
                .isEqualTo(Program.java(classes, List.of(), VectorBackEndTest.Bits.class, names));
    }
}
