package dev.chainrule.samples.documents.frozen;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles declarations as an application's build would: javac, and the processor on its path. */
public final class Build {
    private Build() {}

    /**
     * Compiles one declaration.
     *
     * @param name that of the declared class, in the unnamed package
     * @param declaration its source
     * @param classes where the classes are to go; it is made where it is not there
     * @param resources where the processor finds the files that the declaration names
     * @param more options of javac
     * @return what javac says: no error where the classes are there
     * @throws IOException if there is no compiler, or the folder cannot be made
     */
    public static List<Diagnostic<? extends JavaFileObject>> run(
            String name, String declaration, Path classes, Path resources, String... more) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IOException("this compiles a class, and this Java has no compiler; run it with a JDK");
        }
        String classPath = System.getProperty("java.class.path");
        List<String> options = new ArrayList<>(List.of(
                "--release",
                "17",
                "-d",
                Files.createDirectories(classes).toString(),
                "-classpath",
                classPath,
                "-processorpath",
                classPath,
                "-processor",
                "dev.chainrule.processor.NetworkProcessor",
                "-Achainrule.resources=" + resources));
        options.addAll(List.of(more));
        JavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return declaration;
                    }
                };
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        compiler.getTask(null, null, said, options, null, List.of(source)).call();
        return said.getDiagnostics();
    }
}
