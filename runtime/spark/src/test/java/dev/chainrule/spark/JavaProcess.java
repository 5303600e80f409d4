package dev.chainrule.spark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A JVM of its own, which is talked to by lines. */
final class JavaProcess implements AutoCloseable {
    private static final long MINUTES = 10;
    /** Stands for the end of the output; no line has a line's end in it. */
    private static final String END = "\n";

    private final String name;
    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> seen = new ArrayList<>();

    /** Starts the JDK of this JVM. */
    JavaProcess(String name, Path folder, Map<String, String> environment, List<String> arguments) throws IOException {
        this.name = name;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        process = builder.start();
        Thread reader = new Thread(this::read, name);
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add(e.toString());
        }
        lines.add(END);
    }

    /** Waits for a line in which the pattern is found, and returns its first group. */
    String await(String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        try {
            for (String line = lines.poll(MINUTES, TimeUnit.MINUTES); line != null && !line.equals(END); ) {
                seen.add(line);
                Matcher matcher = compiled.matcher(line);
                if (matcher.find()) {
                    return matcher.group(1);
                }
                line = lines.poll(MINUTES, TimeUnit.MINUTES);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List<String> last = seen.subList(Math.max(0, seen.size() - 100), seen.size());
        throw new AssertionError(name + " has not said " + pattern + ", but last:\n" + String.join("\n", last));
    }

    /** Says a line to it. */
    void say(String line) {
        PrintWriter input = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        input.println(line);
    }

    /** Ends it and all that it has started, at once, as {@code kill -9} does, and waits for that. */
    @Override
    public void close() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(handle -> handle.onExit().join());
    }
}
