package dev.chainrule.samples.benchmarks.speed;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A process to start, which prints numbers, one a line.
 *
 * @param variables of its environment, besides those of this process
 */
record Fork(List<String> command, Map<String, String> variables) {
    Fork {
        command = List.copyOf(command);
        variables = Map.copyOf(variables);
    }

    Fork(List<String> command) {
        this(command, Map.of());
    }

    /** The same with these variables. */
    Fork with(Map<String, String> variables) {
        return new Fork(command, variables);
    }

    /** A JVM like this one, on the same class path. */
    static Fork java(Class<?> main, List<String> arguments) {
        return java(List.of(), List.of(), main, arguments);
    }

    /** The same with options of the JVM. */
    static Fork java(List<String> options, Class<?> main, List<String> arguments) {
        return java(options, List.of(), main, arguments);
    }

    /**
     * The same for measuring, where nothing may go on behind the scenes: it waits for its compiler.
     *
     * @param round which {@link Layout} it has
     * @param options more options of the JVM
     * @param more directories or jars at the end of the class path
     */
    static Fork measuring(int round, List<String> options, List<Path> more, Class<?> main, List<String> arguments) {
        List<String> all = new ArrayList<>(List.of("-Xbatch"));
        all.addAll(Layout.options(round));
        all.addAll(options);
        return java(all, more, main, arguments);
    }

    private static Fork java(List<String> options, List<Path> more, Class<?> main, List<String> arguments) {
        StringBuilder classPath = new StringBuilder(System.getProperty("java.class.path"));
        more.forEach(path -> classPath.append(File.pathSeparator).append(path));
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(options);
        if (Runtime.version().feature() >= 24) {
            // ONNX Runtime loads a native library, of which later JVMs warn.
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", classPath.toString(), main.getName()));
        command.addAll(arguments);
        return new Fork(command);
    }

    double number() {
        return numbers()[0];
    }

    double[] numbers() {
        return run().lines().mapToDouble(Double::parseDouble).toArray();
    }

    /** Runs it to its end and returns what it printed. */
    String run() {
        try {
            Path errors = Files.createTempFile("speed", ".txt");
            try {
                ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
                builder.environment().putAll(variables);
                Process process = builder.start();
                String output = new String(process.getInputStream().readAllBytes());
                if (process.waitFor() != 0) {
                    throw new IllegalStateException(String.join(" ", command) + ": " + Files.readString(errors));
                }
                return output;
            } finally {
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
