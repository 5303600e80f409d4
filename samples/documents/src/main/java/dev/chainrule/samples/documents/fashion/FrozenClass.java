package dev.chainrule.samples.documents.fashion;

import dev.chainrule.samples.documents.frozen.CompiledClass;
import java.io.IOException;
import java.nio.file.Path;

/** Saved weights of {@link Fashion} as a class of its own. */
public final class FrozenClass {
    /** The shape is that of {@link Fashion}; the loss is of no use any more. */
    private static final String DECLARATION = """
            import dev.chainrule.annotations.Activation;
            import dev.chainrule.annotations.Layer;
            import dev.chainrule.annotations.Network;

            @Network(
                    inputs = 784,
                    layers = {
                        @Layer(units = 128, activation = Activation.RELU),
                        @Layer(units = 10, activation = Activation.SOFTMAX)
                    },
                    weights = "%s",
                    standalone = true)
            public final class Clothes {}
            """;

    private final CompiledClass compiled;

    private FrozenClass(CompiledClass compiled) {
        this.compiled = compiled;
    }

    /**
     * Compiles the class.
     *
     * @param weights a file in the safetensors format
     * @param folder where the class is to go
     * @throws IOException if it cannot be compiled, with what the compiler says
     */
    public static FrozenClass of(Path weights, Path folder) throws IOException {
        return new FrozenClass(CompiledClass.of("Clothes", DECLARATION, Pictures.KINDS.size(), weights, folder));
    }

    /** The class file, all that an application needs. */
    public Path file() {
        return compiled.file();
    }

    /** Runs the class on the pixels of a picture, and returns the probabilities of the kinds. */
    public double[] probabilities(double[] input) throws IOException {
        return compiled.forward(input);
    }
}
