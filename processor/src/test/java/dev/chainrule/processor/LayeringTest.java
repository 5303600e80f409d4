package dev.chainrule.processor;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.chainrule.annotations.Network;
import dev.chainrule.runtime.TrainableNetwork;
import java.net.URL;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows between packages that must never be. */
class LayeringTest {
    private static final String JAVA = "java..";
    private static final String ANNOTATIONS = "dev.chainrule.annotations..";
    private static final String RUNTIME = "dev.chainrule.runtime..";
    private static final String FLIGHT_RECORDER = "jdk.jfr..";
    private static final String PROCESSOR = "dev.chainrule.processor..";
    private static final String ROOT = "dev.chainrule.processor";
    private static final String DECLARATION = ROOT + ".declaration..";
    private static final String VALIDATION = ROOT + ".validation..";
    private static final String MODEL = ROOT + ".model..";
    private static final String DERIVATION = ROOT + ".derivation..";
    private static final String ROUTINE = ROOT + ".routine..";
    private static final String RENDERING = ROOT + ".rendering..";
    private static final String WRITING = ROOT + ".writing..";
    private static final String RESOURCES = ROOT + ".resources..";
    private static final String WEIGHTS = ROOT + ".weights..";
    private static final String ONNX = ROOT + ".onnx..";
    private static final String PROTOBUF = "com.google.protobuf..";
    private static final String KERNELS = ROOT + ".kernels..";
    private static final String PAGE = ROOT + ".page..";
    private static final String JAVAPOET = "com.palantir.javapoet..";
    private static final String COMPILER = "javax..";
    private static final String PROCESSING = "javax.annotation.processing..";

    /** What is shipped, without tests. */
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrls(List.of(
                    location(Network.class), location(TrainableNetwork.class), location(NetworkProcessor.class)));

    static Stream<ArchRule> rules() {
        return Stream.of(
                onlyUses(ANNOTATIONS, JAVA),
                onlyUses(RUNTIME, JAVA, FLIGHT_RECORDER),
                // Modules of the JDK that a platform may lack
                runtimeNeverUsesOutside("dev.chainrule.runtime.jfr", FLIGHT_RECORDER),
                runtimeNeverUsesOutside("dev.chainrule.runtime.data", "java.sql.."),
                slices().matching("dev.chainrule.runtime.(*)..").should().beFreeOfCycles(),
                onlyUses(MODEL, JAVA, ANNOTATIONS),
                onlyUses(DERIVATION, JAVA, ANNOTATIONS, MODEL),
                neverUses(ROUTINE, COMPILER, JAVAPOET),
                neverUses(ROUTINE, DECLARATION, VALIDATION, RENDERING, WRITING),
                neverUses(RENDERING, COMPILER, JAVAPOET),
                neverUses(RENDERING, DECLARATION, VALIDATION, WRITING),
                neverUses(WRITING, DECLARATION, VALIDATION, PROCESSING),
                neverUses(PAGE, COMPILER, JAVAPOET),
                neverUses(PAGE, DECLARATION, VALIDATION, WRITING),
                neverUses(DECLARATION, VALIDATION, WRITING, PROCESSING, JAVAPOET),
                neverUses(VALIDATION, WRITING, PROCESSING, JAVAPOET),
                onlyUses(RESOURCES, JAVA),
                // The two arrows to the runtime: there is one reader of weight files and one set of kernels, not two
                onlyUses(WEIGHTS, JAVA, MODEL, RESOURCES, "dev.chainrule.runtime.weights", "dev.chainrule.runtime"),
                onlyUses(ONNX, JAVA, ANNOTATIONS, MODEL, RESOURCES, PROTOBUF),
                neverUsesOutside(List.of(ONNX), PROTOBUF),
                onlyUses(KERNELS, JAVA, "dev.chainrule.runtime"),
                neverUsesOutside(List.of(WEIGHTS, KERNELS), RUNTIME),
                slices().matching(ROOT + ".(*)..").should().beFreeOfCycles());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(ArchRule rule) {
        rule.check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ANNOTATIONS,
                RUNTIME,
                ROOT,
                DECLARATION,
                VALIDATION,
                MODEL,
                DERIVATION,
                ROUTINE,
                RENDERING,
                WRITING,
                RESOURCES,
                WEIGHTS,
                ONNX,
                KERNELS,
                PAGE
            })
    void everyPackageHasClasses(String identifier) {
        assertThat(CLASSES.that(resideInAPackage(identifier))).isNotEmpty();
    }

    /** Arrows that do exist: a rule against them finds them, so that rules of this form can fail. */
    @Test
    void rulesCanFail() {
        List<ArchRule> broken = List.of(
                onlyUses(DERIVATION, JAVA, ANNOTATIONS),
                runtimeNeverUsesOutside("dev.chainrule.runtime.data", FLIGHT_RECORDER),
                runtimeNeverUsesOutside("dev.chainrule.runtime.jfr", "java.sql.."),
                neverUses(ROOT, PROCESSING),
                neverUses(ROUTINE, DERIVATION),
                neverUses(WRITING, JAVAPOET, COMPILER),
                neverUses(VALIDATION, COMPILER),
                neverUses(PROCESSOR, ANNOTATIONS),
                onlyUses(WEIGHTS, JAVA, MODEL, RESOURCES),
                onlyUses(ONNX, JAVA, ANNOTATIONS, MODEL, RESOURCES),
                neverUsesOutside(List.of(WEIGHTS), RUNTIME));
        assertThat(broken)
                .allSatisfy(rule -> assertThat(rule.evaluate(CLASSES).hasViolation())
                        .as(rule.getDescription())
                        .isTrue());
    }

    /** A package that no rule knows would be free to use what it likes. */
    @Test
    void everyPackageIsKnown() {
        Set<String> packages = CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !name.equals(ROOT))
                .collect(Collectors.toSet());
        List<String> known = List.of(
                ANNOTATIONS,
                RUNTIME,
                DECLARATION,
                VALIDATION,
                MODEL,
                DERIVATION,
                ROUTINE,
                RENDERING,
                WRITING,
                RESOURCES,
                WEIGHTS,
                ONNX,
                KERNELS,
                PAGE);
        assertThat(packages)
                .allSatisfy(name -> assertThat(known)
                        .anyMatch(identifier -> (name + ".").startsWith(identifier.replace("..", "."))));
    }

    private static ArchRule neverUses(String identifier, String... others) {
        return noClasses()
                .that()
                .resideInAPackage(identifier)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others);
    }

    /** Everything of the processor but some packages, that is. */
    private static ArchRule neverUsesOutside(List<String> identifiers, String... others) {
        return noClasses()
                .that()
                .resideInAPackage(PROCESSOR)
                .and()
                .resideOutsideOfPackages(identifiers.toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others);
    }

    private static ArchRule runtimeNeverUsesOutside(String identifier, String other) {
        return noClasses()
                .that()
                .resideInAPackage(RUNTIME)
                .and()
                .resideOutsideOfPackage(identifier)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(other);
    }

    /** Of itself and these, that is. */
    private static ArchRule onlyUses(String identifier, String... others) {
        String[] allowed =
                Stream.concat(Stream.of(identifier), Stream.of(others)).toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(identifier)
                .should()
                .dependOnClassesThat(resideOutsideOfPackages(allowed));
    }

    private static URL location(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
