package dev.chainrule.processor;

import com.google.auto.service.AutoService;
import dev.chainrule.processor.declaration.NetworkDeclaration;
import dev.chainrule.processor.model.GeneratedType;
import dev.chainrule.processor.model.Network;
import dev.chainrule.processor.model.TrainedNetwork;
import dev.chainrule.processor.page.DerivationPage;
import dev.chainrule.processor.rendering.JavaFunctions;
import dev.chainrule.processor.rendering.JavaNumbers;
import dev.chainrule.processor.rendering.JavaSource;
import dev.chainrule.processor.resources.ResourceFolders;
import dev.chainrule.processor.routine.Lowering;
import dev.chainrule.processor.routine.Program;
import dev.chainrule.processor.validation.NetworkValidation;
import dev.chainrule.processor.validation.Problem;
import dev.chainrule.processor.validation.Validated;
import dev.chainrule.processor.writing.DotGraph;
import dev.chainrule.processor.writing.FrozenWriter;
import dev.chainrule.processor.writing.LatexDocument;
import dev.chainrule.processor.writing.NetworkWriter;
import dev.chainrule.processor.writing.SourceText;
import dev.chainrule.processor.writing.StandaloneText;
import dev.chainrule.processor.writing.VectorClass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.annotation.processing.SupportedOptions;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.tools.Diagnostic;

/** Generates a class for each type that carries {@code @Network}: reads, validates, derives, lowers, writes. */
@AutoService(Processor.class)
@SupportedOptions({
    NetworkProcessor.LATEX,
    NetworkProcessor.DOT,
    NetworkProcessor.PAGE,
    NetworkProcessor.VECTOR,
    ResourceFolders.OPTION
})
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

    /** The option that turns off the page that shows the derivation beside each generated class, or names a folder for it. */
    static final String PAGE = "chainrule.page";

    private static final Pattern FOLDER = Pattern.compile("\\w[\\w.-]*(/\\w[\\w.-]*)*");

    private static final String RUNTIME = "dev.chainrule.runtime";

    /** Said once, for all declarations. */
    private boolean runtimeIsMissing;

    /** Types with a value that does not compile yet: it may be a constant of a class that another declaration generates. */
    private final Set<String> unreadable = new LinkedHashSet<>();

    private GeneratedNames names;
    private GeneratedFiles files;
    private NamedFiles named;

    /** Makes a processor, as compilers do. */
    public NetworkProcessor() {}

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
        super.init(environment);
        names = new GeneratedNames(elements(), this::print);
        files = new GeneratedFiles(environment.getFiler(), this::print);
        String folders = environment.getOptions().getOrDefault(ResourceFolders.OPTION, "");
        named = new NamedFiles(new ResourceFolders(folders, files::classOutput), this::print);
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        for (TypeElement root : ElementFilter.typesIn(round.getRootElements())) {
            names.add(root);
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
        if (round.processingOver()) {
            files.writePages();
        }
        return true;
    }

    private void process(NetworkDeclaration declaration) {
        List<Problem> problems = NetworkValidation.sources(declaration);
        problems.forEach(this::print);
        if (!problems.isEmpty()) {
            return;
        }
        if (declaration.isImported()) {
            named.model(declaration)
                    .ifPresent(model -> process(
                            declaration.with(model.inputs(), model.layers()),
                            network -> Optional.of(new TrainedNetwork(network, model.parameters()))));
        } else {
            process(declaration, network -> named.weights(declaration, network));
        }
    }

    private void process(NetworkDeclaration declaration, Function<Network, Optional<TrainedNetwork>> parameters) {
        Validated validated = NetworkValidation.of(declaration);
        validated.problems().forEach(this::print);
        validated.network().ifPresent(network -> {
            if (declaration.isTrainable()) {
                generate(declaration, network);
            }
            if (declaration.isFrozen()) {
                parameters
                        .apply(network)
                        .flatMap(trained -> named.inPrecision(declaration, trained))
                        .ifPresent(trained -> generateFrozen(declaration, trained));
            }
        });
    }

    private void generate(NetworkDeclaration declaration, Network network) {
        GeneratedType type = typeFor(declaration, declaration.trainableName());
        if (hasRuntime(declaration)) {
            Program program = Lowering.of(network, isOn(VECTOR));
            JavaSource source = NetworkWriter.write(type, network, program);
            if (write(declaration, type, source.text(), program, JavaNumbers.DOUBLE)) {
                writeDocuments(declaration, type, network, program, source);
            }
        }
    }

    private void writeDocuments(
            NetworkDeclaration declaration, GeneratedType type, Network network, Program program, JavaSource source) {
        if (isOn(LATEX)) {
            files.document(declaration, type, ".tex", LatexDocument.of(type, network));
        }
        if (isOn(DOT)) {
            files.document(declaration, type, ".dot", DotGraph.of(type, network));
        }
        if (network.parameters() <= DerivationPage.PARAMETERS) {
            pageFolder(declaration)
                    .ifPresent(folder -> files.page(
                            declaration, type, folder, () -> DerivationPage.of(type, network, program, source)));
        }
    }

    /** The folder among the generated sources that pages are to be in, empty for each class's own, if there are to be any. */
    private Optional<String> pageFolder(NetworkDeclaration declaration) {
        String folder = processingEnv.getOptions().getOrDefault(PAGE, "true");
        if (folder.equalsIgnoreCase("false")) {
            return Optional.empty();
        } else if (folder.equalsIgnoreCase("true")) {
            return Optional.of("");
        } else if (FOLDER.matcher(folder).matches()) {
            return Optional.of(folder);
        }
        print(Problem.with(
                declaration,
                "PageFolder",
                "-A" + PAGE + "=" + folder + " is neither true nor false nor a folder such as pages/networks,"
                        + " which is made among the generated sources."));
        return Optional.empty();
    }

    private void generateFrozen(NetworkDeclaration declaration, TrainedNetwork trained) {
        GeneratedType type = typeFor(declaration, declaration.frozenName());
        JavaNumbers numbers = JavaNumbers.of(trained.precision());
        boolean isStandalone = declaration.standalone().value();
        // Vector instructions would be in a class of their own
        Program program = Lowering.ofFrozen(trained, isOn(VECTOR) && !isStandalone);
        boolean needsRuntime = !isStandalone
                && JavaFunctions.calledBy(program, numbers).stream()
                        .anyMatch(function -> function.startsWith(RUNTIME + "."));
        if (!needsRuntime || hasRuntime(declaration)) {
            String text = SourceText.of(type, FrozenWriter.write(type, trained, program));
            write(declaration, type, isStandalone ? StandaloneText.of(type, text) : text, program, numbers);
        }
    }

    /** Whether the runtime can be seen; says so where it cannot. */
    private boolean hasRuntime(NetworkDeclaration declaration) {
        if (isVisible(declaration, RUNTIME, "TrainableNetwork")) {
            return true;
        }
        if (!runtimeIsMissing) {
            print(Problem.with(
                    declaration,
                    "RuntimeMissing",
                    "The generated class needs dev.chainrule:chainrule-runtime; add it to the dependencies"
                            + " (and 'requires dev.chainrule.runtime' to module-info, where there is one)."));
        }
        runtimeIsMissing = true;
        return false;
    }

    private boolean isOn(String option) {
        return Boolean.parseBoolean(processingEnv.getOptions().get(option));
    }

    private GeneratedType typeFor(NetworkDeclaration declaration, String name) {
        return new GeneratedType(
                elements().getPackageOf(declaration.type()).getQualifiedName().toString(),
                name,
                declaration.declaredName(),
                isPublic(declaration.type()),
                isVisible(declaration, "javax.annotation.processing", "Generated"));
    }

    private static boolean isPublic(Element type) {
        return !(type instanceof TypeElement)
                || type.getModifiers().contains(Modifier.PUBLIC) && isPublic(type.getEnclosingElement());
    }

    /** Writes a class and, where it has vector instructions, the one that holds them; returns whether that went well. */
    private boolean write(
            NetworkDeclaration declaration, GeneratedType type, String text, Program program, JavaNumbers numbers) {
        Map<GeneratedType, String> texts = new LinkedHashMap<>();
        texts.put(type, text);
        if (program.vectorCalls().findAny().isPresent()) {
            GeneratedType vectors = VectorClass.of(type);
            texts.put(vectors, VectorClass.text(vectors, program, numbers));
        }
        return names.take(declaration, texts)
                && texts.entrySet().stream()
                        .allMatch(entry -> files.source(declaration, entry.getKey(), entry.getValue()));
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

    /** Whether a type can be seen. Asked of its package: by its name, a type of the unnamed package could hide the latter. */
    private boolean isVisible(NetworkDeclaration declaration, String packageName, String name) {
        PackageElement itsPackage =
                elements().getPackageElement(elements().getModuleOf(declaration.type()), packageName);
        return itsPackage != null
                && itsPackage.getEnclosedElements().stream()
                        .anyMatch(type -> type.getSimpleName().contentEquals(name));
    }
}
