package dev.chainrule.samples.benchmarks.speed;

import dev.chainrule.samples.benchmarks.contenders.FixedNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What the annotation processor costs a build: time and memory of javac, without it and with it. */
record BuildCost(Path directory) {
    /** How javac runs. */
    private enum Processing {
        NONE("-proc:none"),
        ONLY("-proc:only"),
        ALL();

        private final List<String> options;

        Processing(String... options) {
            this.options = List.of(options);
        }
    }

    /** What {@link CompileWorker} prints, in its order. */
    private enum Quantity {
        MILLISECONDS,
        ALLOCATED,
        HEAP
    }

    private record Key(String sources, Processing processing, Quantity quantity) {}

    Table table(int rounds) throws IOException {
        Table table = new Table(
                "build",
                "javac alone, ms",
                "with the processor, ms",
                "all, ms",
                "allocated, MB: alone",
                "all",
                "heap, MB: alone",
                "all",
                "generated sources, kB",
                "classes, kB");
        add(table, rounds, "784-30-10", List.of(declaration("Digits", FixedNetwork.DIGITS)));
        add(
                table,
                rounds,
                "100 networks 3-4-4-1",
                IntStream.range(0, 100)
                        .mapToObj(i -> declaration("Small" + i, FixedNetwork.FOUR))
                        .toList());
        return table;
    }

    private static Declaration declaration(String name, FixedNetwork network) {
        return new Declaration(name, network.shape(), "AUTO");
    }

    private void add(Table table, int rounds, String name, List<Declaration> declarations) throws IOException {
        Compilation compilation = Compilation.of(directory.resolve(name.replace(' ', '-')), declarations);
        Rounds<Key> measured = new Rounds<>();
        for (int round = 0; round < rounds; round++) {
            for (Processing processing : Processing.values()) {
                double[] numbers = fork(compilation, processing).numbers();
                for (Quantity quantity : Quantity.values()) {
                    measured.add(new Key(name, processing, quantity), numbers[quantity.ordinal()]);
                }
            }
        }
        List<Object> cells = new ArrayList<>(List.of(name));
        for (Processing processing : Processing.values()) {
            cells.add(measured.of(new Key(name, processing, Quantity.MILLISECONDS)));
        }
        for (Quantity memory : List.of(Quantity.ALLOCATED, Quantity.HEAP)) {
            cells.add(measured.of(new Key(name, Processing.NONE, memory)).brief());
            cells.add(measured.of(new Key(name, Processing.ALL, memory)).brief());
        }
        // The last round has compiled all.
        cells.add(Spread.number(compilation.size(".java") / 1e3));
        cells.add(Spread.number(compilation.size("Network.class") / 1e3));
        table.add(cells.toArray());
    }

    private static Fork fork(Compilation compilation, Processing processing) {
        List<String> arguments = new ArrayList<>(
                List.of(compilation.sources().toString(), compilation.classes().toString()));
        arguments.addAll(processing.options);
        return Fork.java(CompileWorker.class, arguments);
    }
}
