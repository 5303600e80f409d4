package dev.chainrule.processor;

import dev.chainrule.processor.declaration.NetworkDeclaration;
import dev.chainrule.processor.validation.Problem;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** What is there for generated code: the types that it can see, and the release that it is compiled for. Says what is missing. */
final class Surroundings {
    /** The package of the runtime. */
    static final String RUNTIME = "dev.chainrule.runtime";

    private static final SourceVersion TEXT_BLOCKS = SourceVersion.RELEASE_15;

    private static final SourceVersion RECORDS = SourceVersion.RELEASE_16;

    private final Elements elements;
    private final SourceVersion release;
    private final Reports reports;

    /** What was said: once for all declarations. */
    private final Set<String> said = new HashSet<>();

    Surroundings(ProcessingEnvironment environment, Reports reports) {
        this.elements = environment.getElementUtils();
        this.release = environment.getSourceVersion();
        this.reports = reports;
    }

    /** The type of this name, if a declaration can see one. */
    Optional<TypeElement> type(String name, NetworkDeclaration declaration) {
        ModuleElement module = module(declaration);
        return Optional.ofNullable(
                module == null ? elements.getTypeElement(name) : elements.getTypeElement(module, name));
    }

    /**
     * Whether a package's type can be seen. Asked of its package: by its name, a type of the unnamed package could hide
     * the latter.
     */
    boolean have(String packageName, String name, NetworkDeclaration declaration) {
        ModuleElement module = module(declaration);
        PackageElement itsPackage = module == null
                ? elements.getPackageElement(packageName)
                : elements.getPackageElement(module, packageName);
        return itsPackage != null
                && itsPackage.getEnclosedElements().stream()
                        .anyMatch(type -> type.getSimpleName().contentEquals(name));
    }

    /** The module of a declaration; null in Java 8, which has none. */
    private ModuleElement module(NetworkDeclaration declaration) {
        return elements.getModuleOf(declaration.type());
    }

    /** Whether the runtime can be seen. */
    boolean haveRuntime(NetworkDeclaration declaration) {
        return have(RUNTIME, "TrainableNetwork", declaration)
                || isMissing(
                        declaration,
                        "RuntimeMissing",
                        "The generated class needs dev.chainrule:chainrule-runtime; add it to the dependencies"
                                + " (and 'requires dev.chainrule.runtime' to module-info, where there is one).");
    }

    /** Whether the module of vector instructions can be seen. */
    boolean haveVectors(NetworkDeclaration declaration) {
        return have("jdk.incubator.vector", "VectorSpecies", declaration)
                || isMissing(
                        declaration,
                        "VectorModuleMissing",
                        "-A" + Options.VECTOR
                                + "=true needs the module jdk.incubator.vector; compile with --add-modules"
                                + " jdk.incubator.vector and with -source and -target in place of --release, which has no"
                                + " such module (and add 'requires static jdk.incubator.vector' to module-info, where there"
                                + " is one).");
    }

    /** Whether the release has what a generated text is made of. */
    boolean compile(String text, NetworkDeclaration declaration) {
        if (text.contains("\"\"\"") && release.compareTo(TEXT_BLOCKS) < 0) {
            return isTooOld(declaration, "the text blocks that its numbers are in", TEXT_BLOCKS);
        }
        if (text.contains("NetworkDescription") && !hasRecords()) {
            return isTooOld(declaration, "records, as the runtime's description of a network is", RECORDS);
        }
        return !text.contains("Math.fma") || hasFma() || isTooOld(declaration, "Math.fma", SourceVersion.RELEASE_9);
    }

    private boolean hasRecords() {
        try {
            return elements.getTypeElement("java.lang.Record") != null;
        } catch (RuntimeException notThere) {
            // The Eclipse compiler's way to say that a class of the runtime needs what an old platform lacks
            return false;
        }
    }

    private boolean hasFma() {
        TypeElement math = elements.getTypeElement("java.lang.Math");
        return math != null
                && ElementFilter.methodsIn(math.getEnclosedElements()).stream()
                        .anyMatch(method -> method.getSimpleName().contentEquals("fma"));
    }

    private boolean isTooOld(NetworkDeclaration declaration, String what, SourceVersion since) {
        return isMissing(
                declaration,
                "ReleaseTooOld",
                "The generated class is compiled for Java " + release.ordinal() + ", which does not have " + what
                        + "; compile with --release " + since.ordinal() + " or later.");
    }

    /** False, once it is said. */
    private boolean isMissing(NetworkDeclaration declaration, String code, String message) {
        if (said.add(message)) {
            reports.error(Problem.with(declaration, code, message));
        }
        return false;
    }
}
