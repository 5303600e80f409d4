package dev.chainrule.samples.benchmarks.speed;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Declared networks and what javac makes of them.
 *
 * @param classes where the generated sources go, too
 */
record Compilation(Path sources, Path classes) {
    /** Writes the declarations below a directory. */
    static Compilation of(Path directory, List<Declaration> declarations) throws IOException {
        Path sources = Files.createDirectories(directory.resolve("sources"));
        clear(sources);
        for (Declaration declaration : declarations) {
            Files.writeString(sources.resolve(declaration.simpleName() + ".java"), declaration.source());
        }
        return new Compilation(sources, directory.resolve("classes"));
    }

    /** Compiles all of them in this process. */
    void run(String... options) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException("This needs a JDK: there is no compiler here.");
        }
        clear(Files.createDirectories(classes));
        String classPath = System.getProperty("java.class.path");
        List<String> all = new ArrayList<>(List.of("-cp", classPath, "-processorpath", classPath));
        all.addAll(List.of("-d", classes.toString()));
        all.addAll(List.of(options));
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> paths = Files.list(sources)) {
            List<Path> declared = paths.sorted().toList();
            boolean good = compiler.getTask(
                            new PrintWriter(messages),
                            files,
                            null,
                            all,
                            null,
                            files.getJavaFileObjectsFromPaths(declared))
                    .call();
            if (!good) {
                throw new IllegalStateException(messages.toString());
            }
        }
    }

    /** Bytes of all files with such names that were made. */
    long size(String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void clear(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
    }
}
