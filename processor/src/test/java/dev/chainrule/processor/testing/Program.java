package dev.chainrule.processor.testing;

import dev.chainrule.runtime.TrainableNetwork;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A program that a test runs. */
public final class Program {
    /** Far more than any takes on a machine that has much else to do: past it, a program never ends. */
    private static final int MINUTES = 10;

    private static final String SUCCESS = "\nexit 0";

    private Program() {}

    /** Whether a program is there to be run. */
    public static boolean isInstalled(String name) {
        String path = System.getenv("PATH");
        return path != null
                && List.of(path.split(File.pathSeparator)).stream()
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    /** Runs a program in a folder; what it prints, with its exit code in the last line. */
    public static String output(Path folder, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.getOutputStream().close();
        awaitEnd(process);
        return Files.readString(output, StandardCharsets.UTF_8) + "\nexit " + process.exitValue();
    }

    /**
     * Runs a class of the tests in a JVM of its own, which has all of HotSpot's compilers unless options say otherwise, with the
     * runtime and a folder of generated classes on the class path; what it prints.
     */
    public static String java(Path folder, List<String> options, Class<?> main, List<String> arguments)
            throws IOException, InterruptedException {
        String classPath = Stream.of(
                        folder.toFile(), Compiled.location(main), Compiled.location(TrainableNetwork.class))
                .map(File::toString)
                .collect(Collectors.joining(File.pathSeparator));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String[] command = Stream.of(List.of(java), options, List.of("-cp", classPath, main.getName()), arguments)
                .flatMap(List::stream)
                .toArray(String[]::new);
        String output = output(folder, command);
        if (!output.endsWith(SUCCESS)) {
            throw new AssertionError(main + ": " + output);
        }
        return output.substring(0, output.length() - SUCCESS.length());
    }

    /** Waits until a program ends. */
    public static void awaitEnd(Process process) throws InterruptedException {
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                throw new AssertionError("not ended after " + MINUTES + " minutes: "
                        + process.info().commandLine().orElse("a program"));
            }
        } finally {
            process.destroyForcibly();
        }
    }
}
