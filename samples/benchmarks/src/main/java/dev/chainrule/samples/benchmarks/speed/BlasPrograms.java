package dev.chainrule.samples.benchmarks.speed;

import dev.chainrule.samples.benchmarks.contenders.Shape;
import dev.chainrule.samples.benchmarks.contenders.TrainedNetwork;
import dev.chainrule.samples.benchmarks.contenders.TrainingTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The yardstick of trainings: {@code training.c} with OpenBLAS, compiled for each network.
 *
 * @param description compiler, and for which processor OpenBLAS has chosen its code
 */
record BlasPrograms(Path directory, String description) {
    /** The programs, built in a directory; none where there is no C compiler, or no OpenBLAS for it to find. */
    static Optional<BlasPrograms> build(Path out) throws IOException {
        // A program is started by its whole path.
        Path directory = out.toAbsolutePath();
        Optional<CCompiler> found = CCompiler.find();
        if (found.isEmpty()) {
            System.err.println("There is no C compiler here (cc, gcc or clang), so C with OpenBLAS is left out.");
            return Optional.empty();
        }
        CCompiler compiler = found.get();
        Path source = CCompiler.source(directory, "training.c");
        for (TrainedNetwork network : TrainedNetwork.values()) {
            try {
                compiler.compile(
                        source, program(directory, network), sizes(network.shape()), List.of("-lopenblas", "-lm"));
            } catch (IllegalStateException e) {
                System.err.println("OpenBLAS is left out, as a program with it does not compile (Debian has it as"
                        + " libopenblas-dev): " + e.getMessage());
                return Optional.empty();
            }
        }
        String core = new Fork(List.of(program(directory, TrainedNetwork.THIRTY).toString(), "core"))
                .run()
                .strip();
        return Optional.of(new BlasPrograms(directory, compiler.description() + ", OpenBLAS for " + core));
    }

    /** As {@link TrainingWorker}, without the contender. */
    Fork fork(TrainingTask task, List<String> how) {
        List<String> command = new ArrayList<>(List.of(
                program(directory, task.network()).toString(),
                Integer.toString(task.batch()),
                Integer.toString(task.threads()),
                Integer.toString(task.records()),
                Double.toString(TrainingTask.RATE)));
        command.addAll(how);
        return new Fork(command).with(Map.of("OPENBLAS_NUM_THREADS", Integer.toString(task.threads())));
    }

    private static Path program(Path directory, TrainedNetwork network) {
        return directory.resolve("training-" + network.name());
    }

    private static List<String> sizes(Shape shape) {
        return List.of("-DN0=" + shape.inputs(), "-DN1=" + shape.layers().get(0).units(), "-DN2=" + shape.outputs());
    }
}
