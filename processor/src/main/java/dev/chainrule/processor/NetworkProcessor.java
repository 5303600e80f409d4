package dev.chainrule.processor;

import com.google.auto.service.AutoService;
import dev.chainrule.annotations.Derivative;
import dev.chainrule.processor.classes.BlockClass;
import dev.chainrule.processor.classes.DerivativeClass;
import dev.chainrule.processor.classes.FrozenWriter;
import dev.chainrule.processor.classes.NetworkWriter;
import dev.chainrule.processor.classes.NumbersClass;
import dev.chainrule.processor.classes.SourceText;
import dev.chainrule.processor.classes.StandaloneText;
import dev.chainrule.processor.classes.VectorClass;
import dev.chainrule.processor.code.FrozenStorage;
import dev.chainrule.processor.code.Program;
import dev.chainrule.processor.code.Storage;
import dev.chainrule.processor.declaration.NetworkDeclaration;
import dev.chainrule.processor.derivation.Derivation;
import dev.chainrule.processor.java.JavaFunctions;
import dev.chainrule.processor.java.JavaNumbers;
import dev.chainrule.processor.java.JavaSource;
import dev.chainrule.processor.loops.Lowering;
import dev.chainrule.processor.network.GeneratedType;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.TrainedNetwork;
import dev.chainrule.processor.page.Ensured;
import dev.chainrule.processor.proof.Certificate;
import dev.chainrule.processor.property.Property;
import dev.chainrule.processor.property.ProvedProperty;
import dev.chainrule.processor.resources.ResourceFolders;
import dev.chainrule.processor.schedule.Schedule;
import dev.chainrule.processor.validation.NetworkValidation;
import dev.chainrule.processor.validation.Problem;
import dev.chainrule.processor.validation.Properties;
import dev.chainrule.processor.validation.Validated;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** Generates a class for each type that carries {@code @Network}: reads, validates, derives, lowers, writes. */
@AutoService(Processor.class)
@SupportedAnnotationTypes({
    NetworkProcessor.NETWORK,
    NetworkProcessor.ENSURE,
    NetworkProcessor.ENSURES,
    NetworkProcessor.GENERATED
})
public final class NetworkProcessor extends AbstractProcessor {
    static final String NETWORK = "dev.chainrule.annotations.Network";

    static final String ENSURE = "dev.chainrule.annotations.Ensure";
    static final String ENSURES = "dev.chainrule.annotations.Ensures";

    /** On the generated classes; claimed so that -Xlint:processing does not complain of it. */
    static final String GENERATED = "javax.annotation.processing.Generated";

    /** Types with a value that does not compile yet: it may be a constant of a class that another declaration generates. */
    private final Set<String> unreadable = new LinkedHashSet<>();

    private Options options;
    private Reports reports;
    private Surroundings surroundings;
    private NamedFiles files;
    private GeneratedNames names;
    private GeneratedSources sources;
    private Documents documents;
    private Proofs proofs;
    private Certificates certificates;

    /** Makes a processor, as compilers do. */
    public NetworkProcessor() {}

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
        super.init(environment);
        Filer filer = environment.getFiler();
        ClassOutput classes = new ClassOutput(filer);
        options = new Options(environment.getOptions());
        reports = new Reports(environment.getMessager());
        surroundings = new Surroundings(environment, reports);
        files = new NamedFiles(
                new ResourceFolders(options.value(ResourceFolders.OPTION, ""), classes::folder), reports::error);
        names = new GeneratedNames(surroundings, reports::error);
        sources = new GeneratedSources(filer, reports);
        documents = new Documents(filer, classes, options, reports);
        proofs = new Proofs(options, reports);
        certificates = new Certificates(filer, documents);
    }

    @Override
    public Set<String> getSupportedOptions() {
        return Options.NAMES;
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        reports.guard(null, () -> {
            for (TypeElement type : declaring(annotations, round)) {
                reports.guard(type, () -> process(type));
            }
            if (round.processingOver()) {
                documents.write();
            }
        });
        return true;
    }

    /** The types to process in a round, and those that could not be read in the rounds before. */
    private List<TypeElement> declaring(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        for (TypeElement root : ElementFilter.typesIn(round.getRootElements())) {
            names.add(root);
        }
        List<TypeElement> types = new ArrayList<>();
        for (String name : unreadable) {
            types.add(elements().getTypeElement(name));
        }
        unreadable.clear();
        for (TypeElement annotation : annotations) {
            Set<TypeElement> annotated = ElementFilter.typesIn(round.getElementsAnnotatedWith(annotation));
            if (annotation.getQualifiedName().contentEquals(NETWORK)) {
                types.addAll(annotated);
            } else if (!annotation.getQualifiedName().contentEquals(GENERATED)) {
                annotated.forEach(type -> Properties.withoutNetwork(type).forEach(reports::error));
            }
        }
        return types;
    }

    private void process(TypeElement type) {
        NetworkDeclaration.of(type, elements())
                .ifPresentOrElse(
                        this::process,
                        () -> unreadable.add(type.getQualifiedName().toString()));
    }

    private void process(NetworkDeclaration declaration) {
        List<Problem> problems = new ArrayList<>(NetworkValidation.sources(declaration));
        options.unclear().forEach(what -> problems.add(Problem.with(declaration, "NeitherTrueNorFalse", what)));
        options.contradiction().ifPresent(what -> problems.add(Problem.with(declaration, "FmaOption", what)));
        problems.forEach(reports::error);
        if (!problems.isEmpty()) {
            return;
        }
        if (declaration.isImported()) {
            files.model(declaration)
                    .ifPresent(model -> process(
                            declaration,
                            NetworkValidation.of(declaration, model.network()),
                            network -> Optional.of(model.of(network))));
        } else {
            process(declaration, NetworkValidation.of(declaration), network -> files.weights(declaration, network));
        }
    }

    private void process(
            NetworkDeclaration declaration, Validated validated, Function<Network, Optional<TrainedNetwork>> numbers) {
        validated.problems().forEach(reports::error);
        validated.network().ifPresent(network -> {
            Properties.Checked properties = Properties.of(declaration, network);
            properties.problems().forEach(reports::error);
            if (!properties.problems().isEmpty()) {
                return;
            }
            Optional<TrainedNetwork> ofFile = declaration.isFrozen() ? numbers.apply(network) : Optional.empty();
            Optional<Documented> trainable =
                    declaration.isTrainable() ? generate(declaration, network, ofFile) : Optional.empty();
            Optional<Ensured> ensured = ofFile.flatMap(trained -> files.inPrecision(declaration, trained))
                    .flatMap(trained -> generateFrozen(declaration, trained, properties.properties()));
            trainable.ifPresent(made -> documents.make(declaration, made, ensured));
            if (!declaration.isTrainable()) {
                ensured.ifPresent(
                        of -> documents.make(declaration, typeFor(declaration, declaration.frozenName()), of));
            }
        });
    }

    /**
     * Generates the class that can be trained; returns what its documents are made of, where it is written.
     *
     * @param ofFile the network with the numbers of the file that it names, where it names one
     */
    private Optional<Documented> generate(
            NetworkDeclaration declaration, Network network, Optional<TrainedNetwork> ofFile) {
        GeneratedType type = typeFor(declaration, declaration.trainableName());
        if (surroundings.haveRuntime(declaration)) {
            Derivation derivation = Derivation.of(network);
            Program program = Lowering.of(derivation, options.isOn(Options.VECTOR));
            Set<Derivative> also = new TreeSet<>(declaration.also().value());
            JavaSource source = NetworkWriter.write(type, network, program, also, ofFile.isPresent());
            Map<GeneratedType, String> texts = new LinkedHashMap<>();
            texts.put(type, source.text());
            program.blocks()
                    .ifPresent(blocks -> texts.put(BlockClass.of(type), BlockClass.text(type, network, blocks)));
            if (!also.isEmpty()) {
                Program derivatives = Lowering.ofDerivatives(derivation, DerivativeClass.operations(also));
                texts.put(DerivativeClass.of(type), DerivativeClass.text(type, network, derivatives, also));
            }
            if (options.isFmaExact()) {
                texts.replaceAll((itsType, text) -> StandaloneText.withExactFma(itsType, text, JavaNumbers.DOUBLE));
            }
            ofFile.ifPresent(trained -> texts.put(NumbersClass.of(type), NumbersClass.text(type, trained)));
            String text = texts.get(type);
            Optional<String> vectors = VectorClass.text(type, program, access -> Storage.of(network, access));
            if (write(declaration, type, texts, vectors)) {
                double[] numbers = ofFile.map(TrainedNetwork::numbers).orElse(new double[0]);
                return Optional.of(
                        new Documented(type, derivation, program, new JavaSource(text, source.bodies()), numbers));
            }
        }
        return Optional.empty();
    }

    /** Generates the frozen class; returns what is ensured of it, where anything is. */
    private Optional<Ensured> generateFrozen(
            NetworkDeclaration declaration, TrainedNetwork trained, List<Property> properties) {
        GeneratedType type = typeFor(declaration, declaration.frozenName());
        JavaNumbers numbers = JavaNumbers.of(trained.precision());
        // For an fma of its own it needs the functions that call one, too
        boolean isStandalone = declaration.standalone().value() || options.isFmaExact();
        Schedule schedule = Schedule.of(trained);
        // Vector instructions would be in a class of their own
        Program program = Lowering.ofFrozen(
                trained,
                schedule,
                options.isOn(Options.VECTOR) && !isStandalone,
                declaration.also().value().contains(Derivative.JACOBIAN));
        boolean needsRuntime = !isStandalone
                && JavaFunctions.calledBy(program, numbers).stream()
                        .anyMatch(function -> function.startsWith(Surroundings.RUNTIME + "."));
        if (needsRuntime && !surroundings.haveRuntime(declaration)) {
            return Optional.empty();
        }
        String circuit = properties.isEmpty() ? "" : Certificate.circuit(trained);
        Map<String, String> earlier = properties.isEmpty() ? Map.of() : certificates.earlier(type);
        List<ProvedProperty> proved = proofs.of(declaration, trained, properties, circuit, earlier);
        String text = SourceText.of(
                type,
                FrozenWriter.write(
                        type, trained, schedule, program, declaration.labels().value(), proved));
        if (options.isFmaExact()) {
            text = StandaloneText.withExactFma(type, text, numbers);
        } else if (isStandalone) {
            text = StandaloneText.of(type, text);
        }
        boolean isWritten = write(
                declaration,
                type,
                new LinkedHashMap<>(Map.of(type, text)),
                VectorClass.text(
                        type,
                        program,
                        access -> FrozenStorage.inArrayOrBlock(trained, schedule.sparsity(), access, true)));
        if (isWritten && !proved.isEmpty()) {
            certificates.make(declaration, type, text, circuit, proved);
        }
        return properties.isEmpty()
                ? Optional.empty()
                : Optional.of(new Ensured(type.name(), trained, properties, proved));
    }

    private GeneratedType typeFor(NetworkDeclaration declaration, String name) {
        return new GeneratedType(
                elements().getPackageOf(declaration.type()).getQualifiedName().toString(),
                name,
                declaration.declaredName(),
                isPublic(declaration.type()),
                surroundings.have("javax.annotation.processing", "Generated", declaration));
    }

    private static boolean isPublic(Element type) {
        return !(type instanceof TypeElement)
                || type.getModifiers().contains(Modifier.PUBLIC) && isPublic(type.getEnclosingElement());
    }

    /** Writes classes and, where they have vector instructions, the one that holds them; returns whether that went well. */
    private boolean write(
            NetworkDeclaration declaration,
            GeneratedType type,
            Map<GeneratedType, String> texts,
            Optional<String> vectors) {
        String own = String.join("", texts.values());
        vectors.ifPresent(code -> texts.put(VectorClass.of(type), code));
        return names.take(declaration, texts)
                && (vectors.isEmpty() || surroundings.haveVectors(declaration))
                && surroundings.compile(own, declaration)
                && companionsFirst(texts).stream()
                        .allMatch(entry -> sources.write(declaration, entry.getKey(), entry.getValue()));
    }

    /** Without one of its companions a class would not compile. */
    private static List<Map.Entry<GeneratedType, String>> companionsFirst(Map<GeneratedType, String> texts) {
        List<Map.Entry<GeneratedType, String>> entries = new ArrayList<>(texts.entrySet());
        Collections.reverse(entries);
        return entries;
    }

    private Elements elements() {
        return processingEnv.getElementUtils();
    }
}
