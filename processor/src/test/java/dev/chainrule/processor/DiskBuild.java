package dev.chainrule.processor;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A build with its files in directories, as build tools run it. */
final class DiskBuild {
    private final Path sources;
    private final Path generated;
    private final Path classes;
    private final List<Path> files = new ArrayList<>();
    private final List<File> classPath = new ArrayList<>(List.of(UserCode.ANNOTATIONS, UserCode.RUNTIME));
    private Charset encoding = StandardCharsets.UTF_8;

    DiskBuild(Path directory) throws IOException {
        sources = Files.createDirectories(directory.resolve("src"));
        generated = Files.createDirectories(directory.resolve("generated"));
        classes = Files.createDirectories(directory.resolve("classes"));
    }

    /** Writes and reads every source in this encoding. */
    DiskBuild encodedAs(Charset charset) {
        encoding = charset;
        return this;
    }

    DiskBuild add(JavaFileObject source) throws IOException {
        Path file = sources.resolve(source.getName().replaceFirst("^/", ""));
        Files.createDirectories(file.getParent());
        Files.writeString(file, UserCode.text(source), encoding);
        files.add(file);
        return this;
    }

    /** Puts the classes of another build on the class path. */
    DiskBuild with(DiskBuild other) {
        classPath.add(other.classes.toFile());
        return this;
    }

    /** Compiles with the registered processors; returns all that the compiler says. */
    List<Diagnostic<? extends JavaFileObject>> compile(String... options) throws IOException {
        return compile(UserCode.processors(), options);
    }

    /** Compiles to one directory for classes and generated sources, as javac does where it is told of no other. */
    List<Diagnostic<? extends JavaFileObject>> compileInto(Path together, String... options) throws IOException {
        return compile(
                UserCode.processors(),
                List.of("-d", Files.createDirectories(together).toString()),
                options);
    }

    /** Compiles with these processors, or those of the processor path where there are none. */
    List<Diagnostic<? extends JavaFileObject>> compile(List<Processor> processors, String... options)
            throws IOException {
        return compile(processors, List.of("-d", classes.toString(), "-s", generated.toString()), options);
    }

    private List<Diagnostic<? extends JavaFileObject>> compile(
            List<Processor> processors, List<String> outputs, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("-encoding", encoding.name(), "-classpath"));
        all.add(classPath.stream().map(File::toString).collect(Collectors.joining(File.pathSeparator)));
        all.addAll(outputs);
        all.addAll(List.of(options));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavaCompiler.CompilationTask task =
                    compiler.getTask(null, manager, diagnostics, all, null, manager.getJavaFileObjectsFromPaths(files));
            if (!processors.isEmpty()) {
                task.setProcessors(processors);
            }
            task.call();
        }
        return diagnostics.getDiagnostics();
    }

    /** The generated sources and documents, by their files; documents are in UTF-8 whatever the encoding. */
    Map<String, String> generated() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (Path file : filesIn(generated)) {
            String name = generated.relativize(file).toString().replace('\\', '/');
            Charset charset = name.endsWith(".java") ? encoding : StandardCharsets.UTF_8;
            texts.put(name, Files.readString(file, charset));
        }
        return texts;
    }

    /** The class files. */
    List<String> classes() throws IOException {
        return filesIn(classes).stream()
                .map(file -> classes.relativize(file).toString().replace('\\', '/'))
                .toList();
    }

    private static List<Path> filesIn(Path directory) throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
