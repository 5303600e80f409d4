package dev.chainrule.samples.documents;

import dev.chainrule.samples.documents.fashion.FrozenClass;
import dev.chainrule.samples.documents.fashion.PictureFile;
import dev.chainrule.samples.documents.fashion.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What {@link FashionCommand} has learned, as a class that needs nothing but the JDK. */
@Command(
        name = "fashion-frozen",
        description =
                "Compiles the weights that 'fashion' saved to a class that needs nothing but the JDK, and lets it say what a"
                        + " picture shows.")
final class FashionFrozenCommand extends Program {
    /** From the background to the darkest. */
    private static final String SHADES = " .:-=+*#%@";

    private static final int BAR = 40;

    @Option(names = "--weights", paramLabel = "FILE", description = "The weights.")
    private Path weights = Path.of("fashion.safetensors");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data set's four files, gzipped, as Debian's package dataset-fashion-mnist has them.")
    private Path data = Path.of("/usr/share/datasets/fashion-mnist");

    @Option(names = "--picture", paramLabel = "N", description = "Which of the test pictures, from 0.")
    private int number;

    @Option(
            names = "--image",
            paramLabel = "FILE",
            description = "A PNG, GIF or JPEG in place of a test picture, one piece on a light background.")
    private Path image;

    @Option(names = "--classes", paramLabel = "DIR", description = "Where the class is to go.")
    private Path classes = Path.of("fashion-classes");

    @Override
    void run() throws IOException {
        double[] picture = image == null ? testPicture() : PictureFile.read(image);
        FrozenClass frozen = FrozenClass.of(weights, classes);
        print("%s: %d KB, for any JVM from 17 on%n%n", frozen.file(), Files.size(frozen.file()) / 1024);
        printPicture(picture);
        double[] probabilities = frozen.probabilities(picture);
        for (int kind = 0; kind < probabilities.length; kind++) {
            print(
                    "%-12s %.3f %s%n",
                    Pictures.KINDS.get(kind), probabilities[kind], "#".repeat((int)
                                    Math.round(BAR * probabilities[kind])));
        }
    }

    private double[] testPicture() throws IOException {
        Pictures test = Pictures.toTest(data);
        if (number < 0 || number >= test.count()) {
            throw new IllegalArgumentException("--picture is " + number + "; expected 0 to " + (test.count() - 1));
        }
        print("Test picture %d, which shows: %s%n", number, Pictures.KINDS.get(test.label(number)));
        return test.input(number);
    }

    private void printPicture(double[] picture) {
        for (int row = 0; row < Pictures.SIDE; row++) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < Pictures.SIDE; column++) {
                char shade =
                        SHADES.charAt((int) Math.round(picture[row * Pictures.SIDE + column] * (SHADES.length() - 1)));
                line.append(shade).append(shade); // as characters are about twice as high as wide
            }
            print("%s%n", line.toString().stripTrailing());
        }
    }
}
