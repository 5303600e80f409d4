package dev.chainrule.samples.benchmarks.speed;

import dev.chainrule.samples.benchmarks.contenders.FixedNetwork;
import dev.chainrule.samples.benchmarks.contenders.Operation;
import dev.chainrule.samples.benchmarks.contenders.Shape;
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
 * The yardstick: {@code network.c}, compiled for each network.
 *
 * @param compiler what the compiler calls itself
 */
record CPrograms(Path directory, String compiler) {
    private static final List<String> OPTIONS = List.of("-O3", "-march=native", "-ffast-math");

    /**
     * The programs, built in a directory; none where there is no C compiler.
     *
     * @param real the type that they compute in: {@code double} or {@code float}
     */
    static Optional<CPrograms> build(Path out, String real) throws IOException {
        // A program is started by its whole path.
        Path directory = out.toAbsolutePath();
        Optional<String> found = findCompiler();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        String compiler = found.get();
        Path source = directory.resolve("network.c");
        try (InputStream resource = CPrograms.class.getResourceAsStream("network.c")) {
            Files.write(source, resource.readAllBytes());
        }
        for (FixedNetwork network : FixedNetwork.values()) {
            List<String> command = new ArrayList<>(List.of(compiler));
            command.addAll(OPTIONS);
            command.add("-DREAL=" + real);
            command.addAll(sizes(network.shape()));
            Path program = directory.resolve(network.name());
            command.addAll(List.of(source.toString(), "-o", program.toString(), "-lm"));
            new Fork(command).run();
        }
        String name = new Fork(List.of(compiler, "--version"))
                .run()
                .lines()
                .findFirst()
                .orElse(compiler);
        return Optional.of(new CPrograms(directory, name + ", " + String.join(" ", OPTIONS)));
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

    private static Optional<String> findCompiler() {
        String[] path = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator);
        return Stream.of("cc", "gcc", "clang")
                .filter(name -> Stream.of(path).anyMatch(entry -> Files.isExecutable(Path.of(entry, name))))
                .findFirst();
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
