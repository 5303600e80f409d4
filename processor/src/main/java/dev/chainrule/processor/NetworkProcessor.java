package dev.chainrule.processor;

import com.google.auto.service.AutoService;
import dev.chainrule.processor.declaration.NetworkDeclaration;
import dev.chainrule.processor.model.GeneratedType;
import dev.chainrule.processor.model.Network;
import dev.chainrule.processor.routine.Lowering;
import dev.chainrule.processor.routine.Program;
import dev.chainrule.processor.validation.NetworkValidation;
import dev.chainrule.processor.validation.Problem;
import dev.chainrule.processor.validation.Validated;
import dev.chainrule.processor.writing.DotGraph;
import dev.chainrule.processor.writing.LatexDocument;
import dev.chainrule.processor.writing.NetworkWriter;
import dev.chainrule.processor.writing.SourceText;
import dev.chainrule.processor.writing.VectorClass;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.annotation.processing.SupportedOptions;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;

/** Generates a class for each type that carries {@code @Network}: reads, validates, derives, lowers, writes. */
@AutoService(Processor.class)
@SupportedOptions({NetworkProcessor.LATEX, NetworkProcessor.DOT, NetworkProcessor.VECTOR})
@SupportedAnnotationTypes({NetworkProcessor.NETWORK, NetworkProcessor.GENERATED})
public final class NetworkProcessor extends AbstractProcessor {
    static final String NETWORK = "dev.chainrule.annotations.Network";

    /** On the generated classes; claimed so that -Xlint:processing does not complain of it. */
    static final String GENERATED = "javax.annotation.processing.Generated";

    /** The option that asks for the derivation as a LaTeX document beside each generated class. */
    static final String LATEX = "chainrule.latex";

    /** The option that asks for the graph in the language of Graphviz beside each generated class. */
    static final String DOT = "chainrule.dot";

    /** The option that asks for vector instructions by the module jdk.incubator.vector, where it is there at run time. */
    static final String VECTOR = "chainrule.vector";

    private final Set<String> sourceTypes = new HashSet<>();
    private final Map<String, NetworkDeclaration> generated = new HashMap<>();

    /** Said once, for all declarations. */
    private boolean runtimeIsMissing;

    /** Types with a value that does not compile yet: it may be a constant of a class that another declaration generates. */
    private final Set<String> unreadable = new LinkedHashSet<>();

    /** Makes a processor, as compilers do. */
    public NetworkProcessor() {}

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        for (TypeElement root : ElementFilter.typesIn(round.getRootElements())) {
            sourceTypes.add(root.getQualifiedName().toString());
        }
        List<TypeElement> types = new ArrayList<>();
        for (String name : unreadable) {
            types.add(elements().getTypeElement(name));
        }
        unreadable.clear();
        for (TypeElement annotation : annotations) {
            if (annotation.getQualifiedName().contentEquals(NETWORK)) {
                types.addAll(ElementFilter.typesIn(round.getElementsAnnotatedWith(annotation)));
            }
        }
        for (TypeElement type : types) {
            NetworkDeclaration.of(type, elements())
                    .ifPresentOrElse(
                            this::process,
                            () -> unreadable.add(type.getQualifiedName().toString()));
        }
        return true;
    }

    private void process(NetworkDeclaration declaration) {
        Validated validated = NetworkValidation.of(declaration);
        validated.problems().forEach(this::print);
        validated.network().ifPresent(network -> generate(declaration, network));
    }

    private void generate(NetworkDeclaration declaration, Network network) {
        GeneratedType type = typeFor(declaration);
        if (elements().getTypeElement(moduleOf(declaration), "dev.chainrule.runtime.TrainableNetwork") == null) {
            if (!runtimeIsMissing) {
                print(Problem.with(
                        declaration,
                        "RuntimeMissing",
                        "The generated class needs dev.chainrule:chainrule-runtime; add it to the dependencies"
                                + " (and 'requires dev.chainrule.runtime' to module-info, where there is one)."));
            }
            runtimeIsMissing = true;
        } else if (sourceTypes.contains(type.qualifiedName())) {
            print(Problem.named(
                    declaration,
                    "NameTaken",
                    "There is a type " + type.qualifiedName() + " already; give another className."));
        } else if (generated.putIfAbsent(type.qualifiedName(), declaration) != null) {
            print(Problem.named(
                    declaration,
                    "NameTaken",
                    generated.get(type.qualifiedName()).type().getQualifiedName() + " generates " + type.qualifiedName()
                            + " already; give another className."));
        } else {
            Program program = Lowering.of(network, isOn(VECTOR));
            write(declaration, type, SourceText.of(NetworkWriter.write(type, network, program)));
            if (program.vectorCalls().findAny().isPresent()) {
                write(declaration, VectorClass.of(type), VectorClass.text(VectorClass.of(type), program));
            }
            if (isOn(LATEX)) {
                writeDocument(declaration, type, ".tex", LatexDocument.of(type, network));
            }
            if (isOn(DOT)) {
                writeDocument(declaration, type, ".dot", DotGraph.of(type, network));
            }
        }
    }

    private boolean isOn(String option) {
        return Boolean.parseBoolean(processingEnv.getOptions().get(option));
    }

    private GeneratedType typeFor(NetworkDeclaration declaration) {
        String packageName =
                elements().getPackageOf(declaration.type()).getQualifiedName().toString();
        String prefix = packageName.isEmpty() ? "" : packageName + ".";
        ModuleElement module = moduleOf(declaration);
        Set<String> shadowed = GeneratedType.USED_OF_JAVA_LANG.stream()
                .filter(name -> elements().getTypeElement(module, prefix + name) != null)
                .collect(Collectors.toUnmodifiableSet());
        return new GeneratedType(
                packageName,
                declaration.generatedName(),
                declaration.declaredName(),
                isPublic(declaration.type()),
                shadowed,
                elements().getTypeElement(module, GENERATED) != null);
    }

    private static boolean isPublic(Element type) {
        return !(type instanceof TypeElement)
                || type.getModifiers().contains(Modifier.PUBLIC) && isPublic(type.getEnclosingElement());
    }

    private void write(NetworkDeclaration declaration, GeneratedType type, String text) {
        try (Writer writer = processingEnv
                .getFiler()
                .createSourceFile(type.qualifiedName(), declaration.type())
                .openWriter()) {
            writer.write(text);
        } catch (IOException e) {
            print(Problem.named(
                    declaration, "NotWritten", type.qualifiedName() + " cannot be written: " + e.getMessage()));
        }
    }

    /** Beside the sources, where no jar picks it up. */
    private void writeDocument(NetworkDeclaration declaration, GeneratedType type, String extension, String text) {
        String file = type.name() + extension;
        try (Writer writer = processingEnv
                .getFiler()
                .createResource(StandardLocation.SOURCE_OUTPUT, type.packageName(), file, declaration.type())
                .openWriter()) {
            writer.write(text);
        } catch (IOException e) {
            print(Problem.named(declaration, "NotWritten", file + " cannot be written: " + e.getMessage()));
        }
    }

    private void print(Problem problem) {
        processingEnv
                .getMessager()
                .printMessage(
                        Diagnostic.Kind.ERROR,
                        problem.text(),
                        problem.element(),
                        problem.annotation(),
                        problem.value());
    }

    private Elements elements() {
        return processingEnv.getElementUtils();
    }

    private ModuleElement moduleOf(NetworkDeclaration declaration) {
        return elements().getModuleOf(declaration.type());
    }
}
