package dev.chainrule.samples.documents;

import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** "Three ways to a gradient": trains the identity network three times from the same start and prints them side by side. */
public final class IdentityProgram {
    static final long SEED = 2;

    private IdentityProgram() {}

    /** Runs the program. */
    public static void main(String[] arguments) {
        print(System.out);
    }

    static void print(PrintStream out) {
        double[] start = IdentityTraining.initialParameters(SEED);
        List<IdentityTraining> trainings = Arrays.stream(GradientMethod.values())
                .map(method -> IdentityTraining.by(method, start))
                .toList();
        print(
                out,
                "Three ways to a gradient: 2-2-2-2 sigmoid units learn the identity%n"
                        + "Sum of squares over four records, learning rate %.1f, %d epochs, weights from N(0, 1), seed %d%n%n",
                IdentityTraining.LEARNING_RATE,
                IdentityTraining.EPOCHS,
                SEED);
        printErrors(out, trainings);
        printOutputs(out, trainings);
        printDifferences(out, trainings, IdentityTraining.largestDifferences(start));
        print(out, "%nThe generated source: %s%n", generatedSource());
    }

    private static void printErrors(PrintStream out, List<IdentityTraining> trainings) {
        print(out, "Error before epoch %18s %18s %18s%n", (Object[]) GradientMethod.values());
        for (int epoch = 0; epoch < IdentityTraining.EPOCHS; epoch += 10) {
            print(out, "%18d", epoch);
            for (IdentityTraining training : trainings) {
                print(out, " %18.12f", training.errors()[epoch]);
            }
            print(out, "%n");
        }
    }

    private static void printOutputs(PrintStream out, List<IdentityTraining> trainings) {
        print(out, "%nFinal outputs      %18s %18s %18s%n", (Object[]) GradientMethod.values());
        double[] input = new double[IdentityNetwork.INPUTS];
        double[] output = new double[IdentityNetwork.OUTPUTS];
        for (int record = 0; record < Identity.RECORDS; record++) {
            System.arraycopy(Identity.INPUTS, record * input.length, input, 0, input.length);
            print(out, "%15s%.0f %.0f", "", input[0], input[1]);
            for (IdentityTraining training : trainings) {
                training.network().forward(input, output);
                print(out, "      %.4f %.4f", output[0], output[1]);
            }
            print(out, "%n");
        }
    }

    private static void printDifferences(PrintStream out, List<IdentityTraining> trainings, double[] differences) {
        print(out, "%nOver the whole training, the gradient differs from backpropagation's by at most%n");
        for (GradientMethod method : List.of(GradientMethod.PERTURBATION, GradientMethod.FULL_GRADIENT)) {
            print(out, "  %-16s %.1e%n", method, differences[method.ordinal()]);
        }
        print(out, "%nTime of the training, with the JVM still warming up%n");
        for (GradientMethod method : GradientMethod.values()) {
            print(
                    out,
                    "  %-16s %.1f ms%n",
                    method,
                    trainings.get(method.ordinal()).nanoseconds() / 1e6);
        }
    }

    /** Beside the classes or the jar that this program runs from, where Maven leaves it. */
    private static String generatedSource() {
        String file = "generated-sources/annotations/"
                + IdentityNetwork.class.getName().replace('.', '/') + ".java";
        try {
            Path target = Path.of(IdentityProgram.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .getParent();
            Path source = target.resolve(file);
            return Files.exists(source)
                    ? Path.of("").toAbsolutePath().relativize(source).toString()
                    : "target/" + file;
        } catch (URISyntaxException e) {
            return "target/" + file;
        }
    }

    private static void print(PrintStream out, String format, Object... values) {
        out.print(String.format(Locale.ROOT, format, values));
    }
}
