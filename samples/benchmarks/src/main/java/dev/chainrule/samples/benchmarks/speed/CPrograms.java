package dev.chainrule.samples.benchmarks.speed;

import dev.chainrule.samples.benchmarks.contenders.FixedNetwork;
import dev.chainrule.samples.benchmarks.contenders.Operation;
import dev.chainrule.samples.benchmarks.contenders.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The yardstick: {@code network.c}, compiled for each network.
 *
 * @param compiler what the compiler calls itself
 */
record CPrograms(Path directory, String compiler) {
    /**
     * The programs, built in a directory; none where there is no C compiler.
     *
     * @param real the type that they compute in: {@code double} or {@code float}
     */
    static Optional<CPrograms> build(Path out, String real) throws IOException {
        // A program is started by its whole path.
        Path directory = out.toAbsolutePath();
        Optional<CCompiler> found = CCompiler.find();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        CCompiler compiler = found.get();
        Path source = CCompiler.source(directory, "network.c");
        for (FixedNetwork network : FixedNetwork.values()) {
            List<String> definitions = new ArrayList<>(List.of("-DREAL=" + real));
            definitions.addAll(sizes(network.shape()));
            compiler.compile(source, directory.resolve(network.name()), definitions, List.of("-lm"));
        }
        return Optional.of(new CPrograms(directory, compiler.description()));
    }

    Fork values(FixedNetwork network, Operation operation) {
        return fork(network, operation, List.of("values"));
    }

    Fork time(FixedNetwork network, Operation operation, Timing timing) {
        return fork(network, operation, timing.arguments());
    }

    Fork fork(FixedNetwork network, Operation operation, List<String> how) {
        List<String> command =
                new ArrayList<>(List.of(directory.resolve(network.name()).toString(), operation.toString()));
        command.addAll(how);
        return new Fork(command);
    }

    private static List<String> sizes(Shape shape) {
        List<String> sizes = new ArrayList<>(List.of("-DN0=" + shape.inputs()));
        for (int l = 1; l <= shape.layers().size(); l++) {
            Shape.Dense layer = shape.layers().get(l - 1);
            sizes.add("-DN" + l + "=" + layer.units());
            sizes.add("-DF" + l + "=" + layer.unit());
        }
        return sizes;
    }
}
