package dev.chainrule.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.testing.Mentioned;
import dev.chainrule.processor.testing.PlainNetwork;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import dev.chainrule.runtime.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Generated classes do not depend on what else their package holds: beside a type of every name that any of them mentions, each
 * kind of them becomes the same class file as without, byte for byte.
 */
class CrowdedPackageTest {
    /** What a declaration says besides the network: a class to train and its frozen form, or one that is only frozen. */
    private static final List<String> FORMS = List.of(
            "",
            ", precision = Precision.FLOAT",
            ", standalone = true",
            ", standalone = true, precision = Precision.FLOAT");

    @TempDir
    private static Path folder;

    private static final List<JavaFileObject> DECLARATIONS = new ArrayList<>();

    @BeforeAll
    static void declare() throws IOException {
        for (Topology topology : topologies().toList()) {
            double[] parameters =
                    new Random(12).doubles(topology.parameters(), -1, 1).toArray();
            WeightFile.save(new PlainNetwork(topology, parameters), folder.resolve(topology.name()));
            // To train and frozen, and one of the other forms by turns
            String other = FORMS.get(1 + DECLARATIONS.size() / 2 % 3);
            for (String form : List.of(FORMS.get(0), other)) {
                String values = ", weights = \"" + topology.name() + "\"" + form;
                String name = topology.name() + form.replaceAll("\\W", "");
                String text = (form.isEmpty()
                                ? topology.declarationWith(values)
                                : topology.declarationWithoutLoss(values))
                        .replace("final class " + topology.name(), "final class " + name)
                        .replace("import dev.chainrule.annotations.Unroll;", """
                                import dev.chainrule.annotations.Precision;
                                import dev.chainrule.annotations.Unroll;""");
                DECLARATIONS.add(JavaFileObjects.forSourceString("nets." + name, text));
            }
        }
    }

    /** Every activation and every loss, written out; loops, with all vector instructions that there are. */
    private static Stream<Topology> topologies() {
        return Stream.concat(
                Stream.of(Activation.values()).map(activation -> topology("Small", "2-3-1", activation, Unroll.FULL)),
                Stream.of(
                                Activation.SIGMOID,
                                Activation.TANH,
                                Activation.RELU,
                                Activation.LEAKY_RELU,
                                Activation.SOFTMAX)
                        .map(activation -> topology("Loops", "9-18-2", activation, Unroll.NONE)));
    }

    private static Topology topology(String name, String sizes, Activation activation, Unroll unroll) {
        Activation hidden = activation == Activation.SOFTMAX ? Activation.TANH : activation;
        Loss loss = switch (activation) {
            case SOFTMAX -> Loss.CATEGORICAL_CROSS_ENTROPY;
            case SIGMOID -> Loss.BINARY_CROSS_ENTROPY;
            default -> Loss.values()[activation.ordinal() % Loss.BINARY_CROSS_ENTROPY.ordinal()];
        };
        return Topologies.of(name + activation, sizes, hidden, activation, loss, unroll);
    }

    @Test
    void aTypeOfEveryNameThatGeneratedCodeMentions() {
        areTheSame("nets", "-Achainrule.vector=true", "DoubleVector");
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"'', -Achainrule.vector=true, FloatVector", "nets, -Achainrule.fma=exact, Double"})
    void aTypeOfEveryNameThatOtherCodeMentions(String packageName, String option, String amongThem) {
        areTheSame(packageName, option, amongThem);
    }

    private static void areTheSame(String packageName, String option, String amongThem) {
        String start = packageName.isEmpty() ? "" : "package " + packageName + ";\n";
        List<JavaFileObject> declarations = DECLARATIONS.stream()
                .map(file -> JavaFileObjects.forSourceString(
                        file.getName().replaceAll(".*/|\\.java", ""),
                        UserCode.text(file).replace("package nets;\n", start)))
                .toList();
        Compilation alone = UserCode.compile(option, folder, declarations);
        Map<String, String> sources = UserCode.generated(alone);
        Map<String, byte[]> classes = UserCode.classes(alone);
        Set<String> names = Mentioned.in(sources.values());
        classes.keySet().forEach(name -> names.remove(name.substring(name.lastIndexOf('.') + 1)));
        // Among them: what is imported, the first parts of packages, and functions
        assertThat(names)
                .contains("String", "Override", "Math", "IllegalArgumentException", "java", "dev", "fma", amongThem);

        List<JavaFileObject> files = new ArrayList<>(declarations);
        files.add(JavaFileObjects.forSourceString("Others", start + Mentioned.types(names)));
        Compilation crowded = UserCode.compile(option, folder, files);
        assertThat(UserCode.generated(crowded)).isEqualTo(sources);
        Map<String, byte[]> crowdedClasses = UserCode.classes(crowded);
        assertThat(crowdedClasses).hasSize(classes.size() + names.size());
        assertThat(classes)
                .allSatisfy(
                        (name, bytes) -> assertThat(crowdedClasses.get(name)).isEqualTo(bytes));
    }
}
