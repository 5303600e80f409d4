package dev.chainrule.processor.testing;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import dev.chainrule.annotations.Network;
import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.weights.WeightFile;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;

/**
 * Declarations compiled by one javac, in memory, as a user compiles them: with the annotations and the runtime on the class
 * path and nothing else, for Java 17, under {@code -Xlint:all -Werror}. Without pages, unless asked for them.
 */
public final class Compiled {
    private static final List<File> CLASS_PATH = List.of(location(Network.class), location(TrainableNetwork.class));

    private final Map<String, String> sources = new HashMap<>();
    private final Map<String, String> pages = new HashMap<>();
    private final Map<String, byte[]> classes = new HashMap<>();
    private final ClassLoader loader = new Loader();

    private Compiled(Compilation compilation) {
        for (JavaFileObject file : compilation.generatedFiles()) {
            if (file.getKind() == JavaFileObject.Kind.SOURCE) {
                sources.put(className(file, StandardLocation.SOURCE_OUTPUT), text(file));
            } else if (file.getKind() == JavaFileObject.Kind.HTML
                    && file.getName().startsWith("/" + StandardLocation.SOURCE_OUTPUT)) {
                pages.put(className(file, StandardLocation.SOURCE_OUTPUT), text(file));
            } else if (file.getKind() == JavaFileObject.Kind.CLASS) {
                classes.put(className(file, StandardLocation.CLASS_OUTPUT), bytes(file));
            }
        }
    }

    /**
     * Compiles the declarations of {@code topologies}.
     *
     * @param processor a fresh instance
     * @throws AssertionError if javac says anything, with all it says and the topologies it is about
     */
    public static Compiled of(Processor processor, Collection<Topology> topologies) {
        return of(processor, topologies, Topology::declaration);
    }

    /** The same with pages. */
    public static Compiled withPages(Processor processor, Collection<Topology> topologies) {
        return withPages(processor, topologies, Topology::declaration);
    }

    /** The same from other declarations. */
    public static Compiled withPages(
            Processor processor, Collection<Topology> topologies, Function<Topology, String> declaration) {
        return compiled(processor, topologies, declaration, List.of("-Achainrule.page=true"));
    }

    /** The pages alone: no class is compiled. */
    public static Compiled pagesOf(Processor processor, Collection<Topology> topologies) {
        return compiled(processor, topologies, Topology::declaration, List.of("-Achainrule.page=true", "-proc:only"));
    }

    /** The pages of graphs alone. */
    public static Compiled pagesOfGraphs(Processor processor, Collection<GraphNetwork> networks) {
        return ofGraphs(processor, networks, "-Achainrule.page=true", "-proc:only");
    }

    /**
     * Saves networks and compiles their declarations with the files as weights.
     *
     * @param folder where to save them
     * @param values more values of the annotation: {@code , standalone = true}
     * @param options more options of the compiler
     */
    public static Compiled frozen(
            Processor processor, Collection<PlainNetwork> networks, Path folder, String values, String... options) {
        save(networks, folder);
        return of(
                processor,
                networks.stream().map(PlainNetwork::declared).toList(),
                topology -> topology.declarationWith(weights(topology) + values),
                with(folder, options));
    }

    /** The same from declarations without a loss: frozen networks alone. */
    public static Compiled frozenOnly(
            Processor processor, Collection<PlainNetwork> networks, Path folder, String values, String... options) {
        save(networks, folder);
        return of(
                processor,
                networks.stream().map(PlainNetwork::declared).toList(),
                topology -> topology.declarationWithoutLoss(weights(topology) + values),
                with(folder, options));
    }

    private static String[] with(Path folder, String... options) {
        return Stream.concat(Stream.of(options), Stream.of("-Achainrule.resources=" + folder))
                .toArray(String[]::new);
    }

    private static String weights(Topology topology) {
        return ", weights = \"" + topology.name() + ".safetensors\"";
    }

    private static void save(Collection<PlainNetwork> networks, Path folder) {
        for (PlainNetwork network : networks) {
            try {
                WeightFile.save(network, folder.resolve(network.declared().name() + ".safetensors"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Compiles declarations.
     *
     * @param declaration the source of each
     * @param options more options of the compiler
     */
    public static Compiled of(
            Processor processor,
            Collection<Topology> topologies,
            Function<Topology, String> declaration,
            String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.add("-Achainrule.page=false");
        return compiled(processor, topologies, declaration, all);
    }

    private static Compiled compiled(
            Processor processor,
            Collection<Topology> topologies,
            Function<Topology, String> declaration,
            List<String> options) {
        Map<String, Topology> byFile =
                topologies.stream().collect(Collectors.toMap(Compiled::fileName, topology -> topology));
        List<JavaFileObject> files = topologies.stream()
                .map(topology ->
                        JavaFileObjects.forSourceString(topology.declarationName(), declaration.apply(topology)))
                .toList();
        return compiled(processor, files, byFile, options);
    }

    /** Compiles networks with formulas, without pages unless an option asks for them. */
    public static Compiled ofFormulas(Processor processor, Collection<FormulaNetwork> networks, String... options) {
        return ofFiles(
                processor,
                networks.stream()
                        .map(network ->
                                JavaFileObjects.forSourceString(network.declarationName(), network.declaration()))
                        .toList(),
                options);
    }

    /** Compiles graphs, without pages unless an option asks for them. */
    public static Compiled ofGraphs(Processor processor, Collection<GraphNetwork> networks, String... options) {
        return ofFiles(
                processor,
                networks.stream()
                        .map(network ->
                                JavaFileObjects.forSourceString(network.declarationName(), network.declaration()))
                        .toList(),
                options);
    }

    /** Compiles sources by the names of their classes, without pages. */
    public static Compiled of(Processor processor, Map<String, String> sources, String... options) {
        return ofFiles(
                processor,
                sources.entrySet().stream()
                        .map(entry -> JavaFileObjects.forSourceString(entry.getKey(), entry.getValue()))
                        .toList(),
                options);
    }

    /** Compiles one source, without pages. */
    public static Compiled ofSource(Processor processor, String name, String source, String... options) {
        return ofFiles(processor, List.of(JavaFileObjects.forSourceString(name, source)), options);
    }

    private static Compiled ofFiles(Processor processor, List<JavaFileObject> files, String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        if (!all.contains("-Achainrule.page=true")) {
            all.add("-Achainrule.page=false");
        }
        return compiled(processor, files, Map.of(), all);
    }

    private static Compiled compiled(
            Processor processor, List<JavaFileObject> files, Map<String, Topology> byFile, List<String> options) {
        List<String> all = new ArrayList<>(List.of("--release", "17", "-Xlint:all", "-Werror"));
        all.addAll(options);
        Compilation compilation = Compiler.javac()
                .withProcessors(processor)
                .withClasspath(CLASS_PATH)
                .withOptions(all.toArray())
                .compile(files);
        if (!compilation.diagnostics().isEmpty()) {
            throw new AssertionError(compilation.diagnostics().stream()
                    .map(diagnostic -> describe(diagnostic.getSource(), byFile) + diagnostic)
                    .collect(Collectors.joining("\n")));
        }
        return new Compiled(compilation);
    }

    /** The generated source of a class. */
    public String source(String className) {
        return present(className, sources.get(className));
    }

    /** The names of the classes that were generated. */
    public Set<String> generatedNames() {
        return Set.copyOf(sources.keySet());
    }

    /** The names of all classes. */
    public Set<String> classNames() {
        return Set.copyOf(classes.keySet());
    }

    /** The page beside the generated source of a class. */
    public String page(String className) {
        return present(className, pages.get(className));
    }

    /** Whether there is a page beside the generated source of a class. */
    public boolean hasPage(String className) {
        return pages.containsKey(className);
    }

    /** The class file of a class. */
    public byte[] bytes(String className) {
        return present(className, classes.get(className));
    }

    /** Writes the class file of a class into a folder of classes. */
    public void write(String className, Path folder) {
        Path file = folder.resolve(className.replace('.', '/') + ".class");
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes(className));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A network of its own parameters, all zero. */
    public TrainableNetwork instance(Topology topology) {
        return instance(topology.networkName(), new Class<?>[0]);
    }

    /** A network of the caller's parameters. */
    public TrainableNetwork instance(Topology topology, double[] parameters) {
        return instance(topology.networkName(), new Class<?>[] {double[].class}, parameters);
    }

    /** A network of this name, of its own parameters. */
    public TrainableNetwork instance(String className) {
        return instance(className, new Class<?>[0]);
    }

    /** A network with formulas, of its own parameters. */
    public TrainableNetwork instance(FormulaNetwork network) {
        return instance(network.declarationName() + "Network", new Class<?>[0]);
    }

    /** A network with formulas, of the caller's parameters. */
    public TrainableNetwork instance(FormulaNetwork network, double[] parameters) {
        return instance(network.declarationName() + "Network", new Class<?>[] {double[].class}, parameters);
    }

    /** A graph of the caller's numbers; of its own parameters and constants where there are no constants. */
    public TrainableNetwork instance(GraphNetwork network, double[] parameters, double[] constants) {
        String className = network.declarationName() + "Network";
        return constants.length == 0
                ? instance(className, new Class<?>[] {double[].class}, parameters)
                : instance(className, new Class<?>[] {double[].class, double[].class}, parameters, constants);
    }

    /** The frozen class of a topology. */
    public FrozenNetwork frozen(Topology topology) {
        return frozen(topology.frozenName());
    }

    /** The class of this name. */
    public Class<?> type(String name) {
        try {
            return loader.loadClass(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError("no " + name + " among " + classes.keySet(), e);
        }
    }

    /** The frozen class of this name. */
    public FrozenNetwork frozen(String name) {
        return new FrozenNetwork(type(name));
    }

    private TrainableNetwork instance(String className, Class<?>[] types, Object... arguments) {
        try {
            var constructor = loader.loadClass(className).getDeclaredConstructor(types);
            // The class is as visible as its declaration: to its own package
            constructor.setAccessible(true);
            return (TrainableNetwork) constructor.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("no instance of " + className, e);
        }
    }

    private <T> T present(String className, T value) {
        if (value == null) {
            throw new AssertionError("no " + className + " among the sources " + sources.keySet() + " and the classes "
                    + classes.keySet());
        }
        return value;
    }

    /** {@code /SOURCE_OUTPUT/nets/Random1Network.java} is of {@code nets.Random1Network}. */
    private static String className(JavaFileObject file, StandardLocation location) {
        String path = file.toUri().getPath();
        return path.substring(location.getName().length() + 2, path.lastIndexOf('.'))
                .replace('/', '.');
    }

    private static String fileName(Topology topology) {
        return topology.declarationName().replace('.', '/') + ".java";
    }

    /** The topology that a message is about, as far as its file says. */
    private static String describe(JavaFileObject file, Map<String, Topology> byFile) {
        if (file == null) {
            return "";
        }
        URI uri = file.toUri();
        return byFile.entrySet().stream()
                .filter(entry -> uri.getPath()
                        .replaceFirst("(Network|Frozen)(Vector)?\\.java$", ".java")
                        .endsWith("/" + entry.getKey()))
                .map(entry -> entry.getValue() + "\n")
                .findFirst()
                .orElse("");
    }

    /** Where the classes of the annotations are. */
    public static String annotations() {
        return CLASS_PATH.get(0).toString();
    }

    /** Where the classes of the runtime are. */
    public static String runtime() {
        return CLASS_PATH.get(1).toString();
    }

    static File location(Class<?> type) {
        try {
            return new File(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(JavaFileObject file) {
        try {
            return file.getCharContent(false).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(JavaFileObject file) {
        try (InputStream stream = file.openInputStream()) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Loader extends ClassLoader {
        Loader() {
            super(Compiled.class.getClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = classes.get(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}
