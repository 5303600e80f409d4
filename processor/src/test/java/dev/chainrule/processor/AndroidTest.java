package dev.chainrule.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.annotations.Network;
import dev.chainrule.processor.testing.AndroidSignatures;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.PlainNetwork;
import dev.chainrule.processor.testing.ReachableCode;
import dev.chainrule.processor.testing.Topology;
import dev.chainrule.runtime.training.Trainer;
import dev.chainrule.runtime.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From which API level of Android on generated classes find all that they and what they use of the runtime call. */
class AndroidTest {
    private static final double[] PARAMETERS =
            new Random(91).doubles(20_000, -1, 1).toArray();

    private static final String FMA = "double Math.fma(double, double, double)";
    private static final String FLOAT_FMA = "float Math.fma(float, float, float)";

    /** Numbers that stand as text in a class file need it. */
    private static final String BASE64 = "java.util.Base64.Decoder java.util.Base64.getMimeDecoder()";

    @TempDir
    Path folder;

    /** The classes that there are of a declaration. */
    enum Kind {
        LIVE(FMA),
        FROZEN(FMA),
        FROZEN_IN_FLOAT(FLOAT_FMA),
        STANDALONE(FMA),
        STANDALONE_IN_FLOAT(FLOAT_FMA);

        private final String fma;

        Kind(String fma) {
            this.fma = fma;
        }

        private Compiled compiled(List<Topology> topologies, Path folder, String option) {
            String standalone = name().startsWith("STANDALONE") ? ", standalone = true" : "";
            String precision = name().endsWith("FLOAT") ? FloatNetworksTest.FLOAT : "";
            List<PlainNetwork> networks = topologies.stream()
                    .map(topology -> new PlainNetwork(topology, Arrays.copyOf(PARAMETERS, topology.parameters())))
                    .toList();
            return this == LIVE
                    ? Compiled.of(new NetworkProcessor(), topologies, Topology::declaration, option)
                    : Compiled.frozenOnly(new NetworkProcessor(), networks, folder, standalone + precision, option);
        }
    }

    private static List<Topology> topologies() {
        return Stream.concat(StandaloneTest.topologies(), FrozenRunsTest.topologies().stream())
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void withMathFmaFrom33On(Kind kind) throws IOException {
        Map<String, byte[]> classes = classes(kind, FrozenRunsTest.topologies(), "-Achainrule.fma=math");
        assertThat(missing(33, classes)).isEmpty();
        assertThat(missing(26, classes)).containsExactly(kind.fma);
    }

    @ParameterizedTest
    @EnumSource
    void withAnExactFmaFrom26On(Kind kind) throws IOException {
        Map<String, byte[]> classes = classes(kind, topologies(), "-Achainrule.fma=exact");
        assertThat(missing(26, classes)).isEmpty();
        assertThat(missing(24, classes)).contains(BASE64);
    }

    /** Networks in one method, without functions that have tables. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LIVE")
    void withoutNumbersInTextFrom21On(Kind kind) throws IOException {
        Predicate<Topology> hasNone = topology -> topology.name().matches("OfIDENTITY|OfLEAKY_RELU");
        List<Topology> topologies = topologies().stream().filter(hasNone).toList();
        assertThat(missing(21, classes(kind, topologies, "-Achainrule.fma=exact")))
                .isEmpty();
    }

    @Test
    void annotations() throws IOException {
        String name = Network.class.getName().replace('.', '/');
        assertThat(missing(21, Map.of(name, ReachableCode.bytes(name)))).isEmpty();
    }

    /** Trainers and files need what the level has not that has Math.fma. */
    @Test
    void trainersAndFilesNeedMore() throws IOException {
        for (Class<?> type : List.of(Trainer.class, WeightFile.class)) {
            String name = type.getName().replace('.', '/');
            Map<String, byte[]> classes =
                    ReachableCode.from(Map.of(name, ReachableCode.bytes(name))).classes();
            assertThat(missing(33, classes)).as(name).contains("java.util.zip.CRC32C");
        }
    }

    /** The class files of a kind, and those of the runtime that they lead to. */
    private Map<String, byte[]> classes(Kind kind, List<Topology> topologies, String option) throws IOException {
        Compiled compiled = kind.compiled(topologies, Files.createTempDirectory(folder, "weights"), option);
        Map<String, byte[]> classes = new TreeMap<>();
        for (String name : compiled.classNames()) {
            classes.put(name.replace('.', '/'), compiled.bytes(name));
        }
        return ReachableCode.from(classes).classes();
    }

    private Set<String> missing(int level, Map<String, byte[]> classes) throws IOException {
        return AndroidSignatures.missing(level, classes, Files.createTempDirectory(folder, "classes"));
    }
}
