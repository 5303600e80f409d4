package dev.chainrule.samples.benchmarks.speed;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The C compiler, as it is given every program that is compared with.
 *
 * @param name that of the command
 */
record CCompiler(String name) {
    private static final List<String> OPTIONS = List.of("-O3", "-march=native", "-ffast-math");

    /** None where there is none on the path. */
    static Optional<CCompiler> find() {
        String[] path = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator);
        return Stream.of("cc", "gcc", "clang")
                .filter(name -> Stream.of(path).anyMatch(entry -> Files.isExecutable(Path.of(entry, name))))
                .findFirst()
                .map(CCompiler::new);
    }

    /** Copies a source file of the resources into a directory. */
    static Path source(Path directory, String name) throws IOException {
        Path source = directory.resolve(name);
        try (InputStream resource = CCompiler.class.getResourceAsStream(name)) {
            Files.write(source, resource.readAllBytes());
        }
        return source;
    }

    /**
     * Makes a program.
     *
     * @param definitions what the preprocessor defines: {@code -DN0=2}
     * @param libraries {@code -lm}
     * @throws IllegalStateException with what the compiler says, if there is anything wrong
     */
    void compile(Path source, Path program, List<String> definitions, List<String> libraries) {
        List<String> command = new ArrayList<>(List.of(name));
        command.addAll(OPTIONS);
        command.addAll(definitions);
        command.addAll(List.of(source.toString(), "-o", program.toString()));
        command.addAll(libraries);
        new Fork(command).run();
    }

    /** What it calls itself, and its options. */
    String description() {
        String version =
                new Fork(List.of(name, "--version")).run().lines().findFirst().orElse(name);
        return version + ", " + String.join(" ", OPTIONS);
    }
}
