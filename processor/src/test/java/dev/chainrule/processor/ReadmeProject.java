package dev.chainrule.processor;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.Readme.Block;
import dev.chainrule.processor.testing.PlainNetwork;
import dev.chainrule.processor.testing.Program;
import dev.chainrule.processor.testing.TensorFiles;
import dev.chainrule.processor.testing.TensorFiles.Part;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import dev.chainrule.runtime.weights.ElementType;
import dev.chainrule.runtime.weights.OnnxFile;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A project of a user who follows the READMEs, laid out as Maven does. */
final class ReadmeProject {
    private static final String END = "\nexit 0";

    private final Path directory;
    private final Path sources;
    private final Path generated;
    private final Path classes;

    ReadmeProject(Path directory) throws IOException {
        this.directory = directory;
        this.sources = Files.createDirectories(directory.resolve("src/main/java"));
        this.generated = Files.createDirectories(directory.resolve("target/generated-sources/annotations"));
        this.classes = Files.createDirectories(directory.resolve("target/classes"));
        writeModels(Files.createDirectories(directory.resolve("src/main/resources")));
    }

    /** Writes the files that other tools are to have made: the 5-6-1 network of PyTorch, and one such as a model. */
    static void writeModels(Path folder) throws IOException {
        TensorFiles.write(
                folder.resolve("gate.safetensors"),
                Part.counting("0.weight", "F32", 6, 5),
                Part.counting("0.bias", "F32", 6),
                Part.counting("2.weight", "F32", 1, 6),
                Part.counting("2.bias", "F32", 1));
        Topology gate = Topologies.of("Gate", "5-6-1", Activation.SILU, Activation.SIGMOID, Loss.HUBER, Unroll.AUTO);
        double[] parameters = new Random(1).doubles(gate.parameters(), -1, 1).toArray();
        OnnxFile.save(new PlainNetwork(gate, parameters), folder.resolve("gate.onnx"), ElementType.FLOAT);
    }

    /** Adds a file, or puts it in the place of one of the same name; compiles all, and runs what has a {@code main}. */
    String add(Block block) throws IOException, InterruptedException {
        Files.writeString(sources.resolve(block.type() + ".java"), block.text());
        compile(block);
        return block.text().contains("void main(") ? run(block) : "";
    }

    /** The source of a generated class. */
    String generated(String name) throws IOException {
        return Files.readString(generated.resolve(name + ".java"));
    }

    private void compile(Block block) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options = List.of(
                "--release",
                "17",
                "-Xlint:all",
                "-Werror",
                "-Achainrule.page=false",
                "-classpath",
                UserCode.ANNOTATIONS + File.pathSeparator + UserCode.RUNTIME,
                "-d",
                classes.toString(),
                "-s",
                generated.toString());
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null);
                Stream<Path> files = Files.list(sources)) {
            JavaCompiler.CompilationTask task = compiler.getTask(
                    messages,
                    manager,
                    null,
                    options,
                    null,
                    manager.getJavaFileObjectsFromPaths(files.sorted().toList()));
            task.setProcessors(UserCode.processors());
            if (!task.call() || !messages.toString().isEmpty()) {
                throw new AssertionError(block.place() + ": " + messages);
            }
        }
    }

    private String run(Block block) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String output =
                Program.output(directory, java, "-cp", classes + File.pathSeparator + UserCode.RUNTIME, block.type());
        if (!output.endsWith(END)) {
            throw new AssertionError(block.place() + ": " + output);
        }
        return output.substring(0, output.length() - END.length());
    }
}
