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
    private static final String NETWORK = ROOT + ".network..";
    private static final String EQUATIONS = ROOT + ".equations..";
    private static final String RULES = ROOT + ".rules..";
    private static final String FORMULA = ROOT + ".formula..";
    private static final String PROPERTY = ROOT + ".property..";
    private static final String PROOF = ROOT + ".proof..";
    private static final String LAYERS = ROOT + ".layers..";
    private static final String DERIVATION = ROOT + ".derivation..";
    private static final String REWRITE = ROOT + ".rewrite..";
    private static final String SCHEDULE = ROOT + ".schedule..";
    private static final String CODE = ROOT + ".code..";
    private static final String LOOPS = ROOT + ".loops..";
    private static final String NOTATION = ROOT + ".notation..";
    private static final String PRINTER = ROOT + ".java..";
    private static final String GENERATED = ROOT + ".classes..";
    private static final String DOCUMENTS = ROOT + ".documents..";
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
                onlyUses(EQUATIONS, JAVA),
                onlyUses(NETWORK, JAVA, ANNOTATIONS, EQUATIONS),
                onlyUses(RULES, JAVA, ANNOTATIONS, NETWORK, EQUATIONS),
                onlyUses(PROPERTY, JAVA, ANNOTATIONS),
                onlyUses(FORMULA, JAVA, ANNOTATIONS, NETWORK, EQUATIONS, RULES, RESOURCES, PROPERTY),
                // The prover computes the bits that ship, with the kernels of the runtime, and without what is left out
                onlyUses(
                        PROOF,
                        JAVA,
                        ANNOTATIONS,
                        NETWORK,
                        EQUATIONS,
                        RULES,
                        REWRITE,
                        SCHEDULE,
                        PROPERTY,
                        "dev.chainrule.runtime"),
                onlyUses(LAYERS, JAVA, ANNOTATIONS, NETWORK, EQUATIONS, RULES),
                onlyUses(DERIVATION, JAVA, ANNOTATIONS, NETWORK, EQUATIONS, RULES, LAYERS),
                onlyUses(REWRITE, JAVA, EQUATIONS),
                onlyUses(SCHEDULE, JAVA, ANNOTATIONS, NETWORK, EQUATIONS, DERIVATION),
                neverUses(CODE, COMPILER, JAVAPOET),
                neverUses(CODE, DECLARATION, VALIDATION, NOTATION, PRINTER, GENERATED),
                neverUses(LOOPS, COMPILER, JAVAPOET),
                neverUses(LOOPS, DECLARATION, VALIDATION, NOTATION, PRINTER, GENERATED),
                onlyUses(NOTATION, JAVA, EQUATIONS, RULES),
                neverUses(PRINTER, COMPILER, JAVAPOET),
                neverUses(PRINTER, DECLARATION, VALIDATION, GENERATED, LOOPS),
                neverUses(GENERATED, DECLARATION, VALIDATION, PROCESSING),
                neverUses(DOCUMENTS, COMPILER, JAVAPOET, DECLARATION, VALIDATION, CODE, PRINTER, GENERATED),
                neverUses(PAGE, COMPILER, JAVAPOET),
                neverUses(PAGE, DECLARATION, VALIDATION, GENERATED),
                neverUses(DECLARATION, VALIDATION, GENERATED, PROCESSING, JAVAPOET),
                neverUses(VALIDATION, GENERATED, PROCESSING, JAVAPOET),
                onlyUses(RESOURCES, JAVA),
                // Two more arrows to the runtime: there is one reader of weight files and one set of kernels, not two
                onlyUses(
                        WEIGHTS,
                        JAVA,
                        ANNOTATIONS,
                        NETWORK,
                        FORMULA,
                        RESOURCES,
                        "dev.chainrule.runtime.weights",
                        "dev.chainrule.runtime"),
                onlyUses(ONNX, JAVA, ANNOTATIONS, NETWORK, EQUATIONS, RULES, FORMULA, NOTATION, RESOURCES, PROTOBUF),
                neverUsesOutside(List.of(ONNX), PROTOBUF),
                onlyUses(KERNELS, JAVA, "dev.chainrule.runtime"),
                neverUsesOutside(List.of(WEIGHTS, KERNELS, PROOF), RUNTIME),
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
                NETWORK,
                EQUATIONS,
                RULES,
                FORMULA,
                PROPERTY,
                PROOF,
                LAYERS,
                DERIVATION,
                REWRITE,
                SCHEDULE,
                CODE,
                LOOPS,
                NOTATION,
                PRINTER,
                GENERATED,
                DOCUMENTS,
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
                neverUses(LOOPS, EQUATIONS),
                neverUses(GENERATED, JAVAPOET, COMPILER),
                neverUses(VALIDATION, COMPILER),
                neverUses(PROCESSOR, ANNOTATIONS),
                onlyUses(WEIGHTS, JAVA, ANNOTATIONS, NETWORK, FORMULA, RESOURCES),
                onlyUses(ONNX, JAVA, ANNOTATIONS, NETWORK, RESOURCES),
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
                NETWORK,
                EQUATIONS,
                RULES,
                FORMULA,
                PROPERTY,
                PROOF,
                LAYERS,
                DERIVATION,
                REWRITE,
                SCHEDULE,
                CODE,
                LOOPS,
                NOTATION,
                PRINTER,
                GENERATED,
                DOCUMENTS,
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
