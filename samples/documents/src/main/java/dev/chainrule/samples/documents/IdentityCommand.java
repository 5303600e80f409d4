package dev.chainrule.samples.documents;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** "Three ways to a gradient": trains the identity network three times from the same start and prints them side by side. */
@Command(
        name = "identity",
        description = "From " + Titles.THREE_WAYS
                + ": a 2-2-2-2 network of sigmoid units learns the identity by perturbation, by the"
                + " full gradient equations and by backpropagation, from the same start.")
final class IdentityCommand extends Program {
    /** How many errors to print: the document has every tenth of 200. */
    private static final int ROWS = 20;

    @Option(names = "--seed", description = "Draw the weights from N(0, 1); otherwise they are the document's.")
    private Long seed;

    @Option(names = "--epochs", description = "How often to go through the four records.")
    private int epochs = 200;

    @Override
    void run() {
        double[] start = seed == null ? Identity.DOCUMENT.start() : IdentityTraining.randomStart(seed);
        List<IdentityTraining> trainings = IdentityTraining.inThreeWays(start, epochs);
        print("From %s: 2-2-2-2 sigmoid units learn the identity%n", Titles.THREE_WAYS);
        print(
                "Sum of squares over four records, learning rate %.1f, %d epochs, weights from N(0, 1), %s%n%n",
                Identity.LEARNING_RATE, epochs, seed == null ? "the document's" : "seed " + seed);
        printErrors(trainings);
        printOutputs(trainings);
        printDifferences(GradientDifferences.overTraining(start, epochs));
        printTimes(trainings);
        print("%nThe generated source: %s%n", generatedSource(program()));
    }

    private void printErrors(List<IdentityTraining> trainings) {
        printHeading("Error before epoch", trainings);
        for (int epoch = 0; epoch < epochs; epoch += Math.max(1, epochs / ROWS)) {
            print("%18d", epoch);
            for (IdentityTraining training : trainings) {
                print(" %18.12f", training.history().loss(epoch));
            }
            print(seed == null ? " %18s%n" : "%n", Identity.DOCUMENT.errorBefore(epoch, 12));
        }
    }

    private void printOutputs(List<IdentityTraining> trainings) {
        print("%n");
        printHeading("Final outputs", trainings);
        double[] output = new double[IdentityNetwork.OUTPUTS];
        for (int record = 0; record < Identity.INPUTS.length; record++) {
            double[] input = Identity.INPUTS[record];
            print("%15s%.0f %.0f", "", input[0], input[1]);
            for (IdentityTraining training : trainings) {
                training.network().forward(input, output);
                print("      %.4f %.4f", output[0], output[1]);
            }
            double[] document = Identity.DOCUMENT.outputs()[record];
            print(seed == null ? "      %.4f %.4f%n" : "%n", document[0], document[1]);
        }
    }

    private void printHeading(String first, List<IdentityTraining> trainings) {
        print("%-18s", first);
        trainings.forEach(training -> print(" %18s", training.label()));
        print(seed == null ? " %18s%n" : "%n", "the document");
    }

    private void printDifferences(GradientDifferences differences) {
        print("%nOver the whole training, the gradient differs from backpropagation's by at most%n");
        print("  perturbation     %.1e%n", differences.perturbation());
        print("  full gradient    %.1e%n", differences.fullGradient());
    }

    private void printTimes(List<IdentityTraining> trainings) {
        print("%nTime of the training, with the JVM still warming up%n");
        for (IdentityTraining training : trainings) {
            print("  %-16s %.1f ms%n", training.label(), training.history().nanoseconds(epochs - 1) / 1e6);
        }
    }

    /** Where Maven leaves it, beside the classes or the jar that this program runs from; of a jar elsewhere, in the repository. */
    static String generatedSource(Path program) {
        String file = "generated-sources/annotations/"
                + IdentityNetwork.class.getName().replace('.', '/') + ".java";
        Path source = program.resolveSibling(file).toAbsolutePath().normalize();
        return Files.exists(source)
                ? source.toString()
                : "samples/documents/target/" + file + ", in the repository once it is built";
    }

    /** The classes or the jar that this program runs from. */
    private static Path program() {
        try {
            return Path.of(IdentityCommand.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
