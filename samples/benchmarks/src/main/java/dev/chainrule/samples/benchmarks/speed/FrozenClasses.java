package dev.chainrule.samples.benchmarks.speed;

import dev.chainrule.runtime.weights.WeightFile;
import dev.chainrule.samples.benchmarks.contenders.Evaluator;
import dev.chainrule.samples.benchmarks.contenders.FixedNetwork;
import dev.chainrule.samples.benchmarks.contenders.FloatEvaluator;
import dev.chainrule.samples.benchmarks.contenders.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The five networks frozen with the common parameters, compiled when the program runs. */
final class FrozenClasses {
    private FrozenClasses() {}

    /** Compiles them below a directory, with options of the compiler; returns where the classes are. */
    static Path build(Path directory, String... options) throws IOException {
        List<Declaration> declarations = new ArrayList<>();
        for (FixedNetwork network : FixedNetwork.values()) {
            double[] parameters = Numbers.of(network.shape()).parameters();
            Path file = Files.createDirectories(directory).resolve(network.name() + ".safetensors");
            WeightFile.save(network.generated(parameters), file);
            declarations.add(declaration(network, Evaluator.class, "double", "DOUBLE"));
            declarations.add(declaration(network, FloatEvaluator.class, "float", "FLOAT"));
        }
        Compilation compilation = Compilation.of(directory, declarations);
        List<String> all = new ArrayList<>(List.of(options));
        all.add("-Achainrule.resources=" + directory.toAbsolutePath());
        compilation.run(all.toArray(String[]::new));
        return compilation.classes();
    }

    /** A new evaluator of a network; the directory of the classes is on the class path. */
    static <T> T load(FixedNetwork network, Class<T> type) throws ReflectiveOperationException {
        String declaration = Declaration.PACKAGE + "." + name(network, type);
        Class.forName(declaration + "Frozen"); // initialises it: the parameters come before the shift
        Layout.shift();
        Class<?> evaluator = Class.forName(declaration + "$Run");
        return type.cast(evaluator.getConstructor().newInstance());
    }

    private static Declaration declaration(FixedNetwork network, Class<?> evaluator, String real, String precision) {
        String name = name(network, evaluator);
        String values = ", weights = \"%s.safetensors\", precision = Precision.%s".formatted(network.name(), precision);
        String members = """

                    final class Run implements %s {
                        @Override
                        public void forward(%s[] input, %s[] output) {
                            %sFrozen.forward(input, output);
                        }
                    }
                """.formatted(evaluator.getName(), real, real, name);
        return new Declaration(name, network.shape(), "AUTO", values, members);
    }

    private static String name(FixedNetwork network, Class<?> evaluator) {
        return network.name() + (evaluator == FloatEvaluator.class ? "Float" : "");
    }
}
