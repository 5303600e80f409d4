package dev.chainrule.samples.documents;

import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.training.Standardisation;
import dev.chainrule.samples.documents.frozen.Build;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import javax.tools.Diagnostic;

/**
 * The perceptrons of the admission records, twice with the same weights: for an applicant with the numbers as the file has them,
 * and for the same one with a gpa that is higher by {@code raise}.
 */
final class AdmissionsRaised {
    private static final String SHAPE = "Shape";

    private static final String DECLARATION = """
            import dev.chainrule.annotations.*;

            @Network(
                    parts = {
                        @Input(name = "gre"), @Input(name = "gpa"), @Input(name = "rank", categories = 4, first = 1),
                        @Input(name = "raise")
                    },
                    layers = {
                        @Layer(name = "scores", kind = LayerKind.CONCATENATE, from = {"gre", "gpa"}),
                        @Layer(name = "standardised", kind = LayerKind.SCALE),
                        @Layer(name = "hidden", units = %1$d, from = {"standardised", "rank"},
                                activation = Activation.SIGMOID, bias = false),
                        @Layer(name = "chance", units = 1, activation = Activation.SIGMOID, bias = false),
                        @Layer(name = "raised", kind = LayerKind.ADD, from = {"gpa", "raise"}),
                        @Layer(name = "raisedScores", kind = LayerKind.CONCATENATE, from = {"gre", "raised"}),
                        @Layer(name = "raisedStandardised", kind = LayerKind.SCALE),
                        @Layer(name = "raisedHidden", units = %1$d, from = {"raisedStandardised", "rank"},
                                activation = Activation.SIGMOID, bias = false, weightsOf = "hidden"),
                        @Layer(name = "raisedChance", units = 1,
                                activation = Activation.SIGMOID, bias = false, weightsOf = "chance")
                    },
                    outputs = {
                        @Output(layer = "chance", loss = Loss.HALF_SUM_OF_SQUARES),
                        @Output(layer = "raisedChance", loss = Loss.HALF_SUM_OF_SQUARES)
                    }%2$s)%3$s
            public final class %4$s {}
            """;

    private AdmissionsRaised() {}

    /** The declaration of a class with the weights of a file, and with a property. */
    static String ensured(String name, int hidden, String weights, String when, String then) {
        return DECLARATION.formatted(
                hidden,
                ",\n        weights = \"" + weights + "\"",
                "\n@Ensure(when = \"" + when + "\", then = \"" + then + "\")",
                name);
    }

    /**
     * The network without weights.
     *
     * @param folder where its classes are to go
     * @throws IOException if it cannot be compiled
     */
    static TrainableNetwork network(int hidden, Path folder) throws IOException {
        String declaration = DECLARATION.formatted(hidden, "", "", SHAPE);
        for (Diagnostic<?> said : Build.run(SHAPE, declaration, folder, folder, "-Achainrule.page=false")) {
            if (said.getKind() == Diagnostic.Kind.ERROR) {
                throw new IOException(said.toString());
            }
        }
        URL[] classes = {folder.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(classes, AdmissionsRaised.class.getClassLoader())) {
            return (TrainableNetwork)
                    loader.loadClass(SHAPE + "Network").getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IOException("the class in " + folder + " is not the one that was compiled", e);
        }
    }

    /**
     * Gives both branches the weights of a trained perceptron.
     *
     * @param fit how the records that it was trained on were standardised
     */
    static void fill(TrainableNetwork raised, TrainableNetwork perceptron, Standardisation fit) {
        // The second branch has no weights of its own, but constants: shifts and scales of gre and gpa
        System.arraycopy(perceptron.parameters(), 0, raised.parameters(), 0, raised.parameters().length);
        double[] constants = raised.constants();
        for (int column = 0; column < 2; column++) {
            for (int branch = 0; branch < 2; branch++) {
                constants[4 * branch + column] = fit.means()[column];
                constants[4 * branch + 2 + column] = 1 / fit.deviations()[column];
            }
        }
    }
}
