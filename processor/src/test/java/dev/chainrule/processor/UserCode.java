package dev.chainrule.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import dev.chainrule.annotations.Network;
import dev.chainrule.runtime.TrainableNetwork;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import javax.annotation.processing.Processor;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;

/** Sources as users write them, and what javac makes of them: in memory, for Java 17, under {@code -Xlint:all -Werror}. */
final class UserCode {
    static final File ANNOTATIONS = location(Network.class);
    static final File RUNTIME = location(TrainableNetwork.class);
    static final File PROCESSOR = location(NetworkProcessor.class);

    /** A small network that names all types of the runtime that generated code can name. */
    static final String NETWORK = "@Network(inputs = 2, layers = @Layer(units = 1, activation = Activation.SIGMOID),"
            + " loss = Loss.BINARY_CROSS_ENTROPY)";

    private UserCode() {}

    /** {@link #NETWORK} with a {@code className}. */
    static String named(String className) {
        return NETWORK.substring(0, NETWORK.length() - 1) + ", className = \"" + className + "\")";
    }

    /** A source file of a package, with the annotations imported. */
    static JavaFileObject source(String qualifiedName, String text) {
        int dot = qualifiedName.lastIndexOf('.');
        String start = dot < 0 ? "" : "package " + qualifiedName.substring(0, dot) + "; ";
        return JavaFileObjects.forSourceString(
                qualifiedName, start + "import dev.chainrule.annotations.*;\n" + text.strip() + "\n");
    }

    static JavaFileObject moduleInfo(String text) {
        return JavaFileObjects.forSourceString("module-info", text);
    }

    /** The compiler with the processor and the class path that the README tells users to set up. */
    static Compiler javac() {
        return Compiler.javac()
                .withProcessors(processors())
                .withClasspath(List.of(ANNOTATIONS, RUNTIME))
                .withOptions("--release", "17", "-Xlint:all", "-Werror");
    }

    /** A fresh instance of each processor that is registered, in the order of registration. */
    static List<Processor> processors() {
        return ServiceLoader.load(Processor.class).stream()
                .filter(provider -> provider.type().getName().startsWith("dev.chainrule."))
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    static Compilation compile(JavaFileObject... sources) {
        return javac().compile(sources);
    }

    /** Compiles with vector instructions, of a module that is among those of no release; fails if there is a problem. */
    static Compilation compileWithVectors(Path resources, List<JavaFileObject> sources) {
        return compile("-Achainrule.vector=true", resources, sources);
    }

    /** Compiles with an option of code generation, and the module of the Vector API; fails if there is a problem. */
    static Compilation compile(String option, Path resources, List<JavaFileObject> sources) {
        Compilation compilation = javac().withOptions(
                        "-Xlint:all",
                        "--add-modules",
                        "jdk.incubator.vector",
                        option,
                        "-Achainrule.page=false",
                        "-Achainrule.resources=" + resources)
                .compile(sources);
        assertThat(compilation.diagnostics())
                .extracting(diagnostic -> diagnostic.getMessage(null))
                .containsOnly("using incubating module(s): jdk.incubator.vector");
        return compilation;
    }

    /** The generated sources, by the qualified names of their classes. */
    static Map<String, String> generated(Compilation compilation) {
        Map<String, String> sources = new TreeMap<>();
        for (JavaFileObject file : compilation.generatedSourceFiles()) {
            sources.put(name(file, StandardLocation.SOURCE_OUTPUT), text(file));
        }
        return sources;
    }

    /** A class that the compilation made. */
    static Class<?> load(Compilation compilation, String name) {
        Map<String, byte[]> classes = classes(compilation);
        ClassLoader loader = new ClassLoader(UserCode.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String wanted) throws ClassNotFoundException {
                byte[] bytes = classes.get(wanted);
                if (bytes == null) {
                    throw new ClassNotFoundException(wanted);
                }
                return defineClass(wanted, bytes, 0, bytes.length);
            }
        };
        try {
            return loader.loadClass(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError("no class " + name + " among " + classes.keySet(), e);
        }
    }

    /** The class files, by the names of their classes. */
    static Map<String, byte[]> classes(Compilation compilation) {
        Map<String, byte[]> classes = new TreeMap<>();
        for (JavaFileObject file : compilation.generatedFiles()) {
            if (file.getKind() == JavaFileObject.Kind.CLASS) {
                classes.put(name(file, StandardLocation.CLASS_OUTPUT), bytes(file));
            }
        }
        return classes;
    }

    static File location(Class<?> type) {
        try {
            return new File(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String name(JavaFileObject file, StandardLocation location) {
        String path = file.toUri().getPath();
        return path.substring(location.getName().length() + 2, path.lastIndexOf('.'))
                .replace('/', '.');
    }

    static String text(JavaFileObject file) {
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
}
