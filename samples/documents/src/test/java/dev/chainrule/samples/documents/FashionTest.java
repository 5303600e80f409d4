package dev.chainrule.samples.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chainrule.runtime.weights.WeightFile;
import dev.chainrule.samples.documents.fashion.FashionNetwork;
import dev.chainrule.samples.documents.fashion.FrozenClass;
import dev.chainrule.samples.documents.fashion.PictureFile;
import dev.chainrule.samples.documents.fashion.Pictures;
import dev.chainrule.samples.documents.fashion.SmallFashionNetwork;
import java.awt.image.BufferedImage;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FashionTest {
    private static final int TRAINING = 600;
    private static final int TEST = 50;
    private static final int PIXELS = 784;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private int run(String... arguments) {
        return Documents.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    /** Kind k is a white field of 7 x 9 pixels at a place of its own, in noise. */
    private static byte[] pictures(int count, long seed) {
        Random random = new Random(seed);
        byte[] pixels = new byte[count * PIXELS];
        for (int picture = 0; picture < count; picture++) {
            int kind = picture % 10;
            for (int i = 0; i < PIXELS; i++) {
                boolean isInField = i / 28 / 9 == kind / 4 && i % 28 / 7 == kind % 4;
                pixels[picture * PIXELS + i] = (byte) (isInField ? 255 : random.nextInt(100));
            }
        }
        return pixels;
    }

    private static byte[] labels(int count) {
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) (i % 10);
        }
        return labels;
    }

    private void write(String name, int magic, int[] dimensions, byte[] bytes) throws IOException {
        try (DataOutputStream file =
                new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(folder.resolve(name))))) {
            file.writeInt(magic);
            for (int dimension : dimensions) {
                file.writeInt(dimension);
            }
            file.write(bytes);
        }
    }

    /** Ten kinds that are easily told apart, but test picture 7 is said to be of kind 3. */
    private void writeDataSet() throws IOException {
        write("train-images-idx3-ubyte.gz", 0x803, new int[] {TRAINING, 28, 28}, pictures(TRAINING, 1));
        write("train-labels-idx1-ubyte.gz", 0x801, new int[] {TRAINING}, labels(TRAINING));
        write("t10k-images-idx3-ubyte.gz", 0x803, new int[] {TEST, 28, 28}, pictures(TEST, 2));
        byte[] labels = labels(TEST);
        labels[7] = 3;
        write("t10k-labels-idx1-ubyte.gz", 0x801, new int[] {TEST}, labels);
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private int train(String... more) {
        String[] arguments = {
            "fashion",
            "--epochs=2",
            "--data=" + folder,
            "--weights=" + path("w.safetensors"),
            "--chart=" + path("chart.png"),
            "--sheet=" + path("sheet.png")
        };
        String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return run(all);
    }

    /** 784 x 30 weights lead to hidden units; 19 of 20 are 0 then, and the kinds are still told. */
    @Test
    void isPrunedWhileItLearns() throws IOException {
        writeDataSet();
        assertThat(run("fashion-pruned", "--epochs=6", "--data=" + folder, "--weights=" + path("p.safetensors")))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains("95.0 % of the first layer's", "As many little by little, over 12 epochs:  accuracy 0.9800");
        SmallFashionNetwork network = new SmallFashionNetwork();
        WeightFile.load(network, folder.resolve("p.safetensors"));
        assertThat(Arrays.stream(network.parameters(), 0, 784 * 30).filter(w -> w == 0))
                .hasSize((int) Math.round(0.95 * 784 * 30));
    }

    @Test
    void learnsIsTestedDrawnAndFrozen() throws IOException {
        writeDataSet();
        assertThat(train()).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("550 pictures to train on, 50 held back", "Accuracy of the 50 held back: 1.0000")
                .contains("Accuracy of the 50 to test:   0.9800") // all but the one with the wrong label
                .containsPattern("\nDress            \\.     \\.     \\.     5     \\.     \\.     \\.     1 ")
                .containsPattern("\nSneaker          \\.     \\.     \\.     \\.     \\.     \\.     \\.     4 ");
        assertThat(ImageIO.read(folder.resolve("chart.png").toFile()).getWidth())
                .isEqualTo(960);
        Pictures test = Pictures.toTest(folder);
        BufferedImage sheet = ImageIO.read(folder.resolve("sheet.png").toFile());
        for (int row = 0; row < 28; row++) {
            for (int column = 0; column < 28; column++) {
                int shade = sheet.getRGB(12 + 4 * column + 2, 12 + 4 * row + 2) & 0xff;
                assertThat(shade).isEqualTo(255 - test.pixel(7, row, column));
            }
        }

        FashionNetwork network = new FashionNetwork();
        WeightFile.load(network, folder.resolve("w.safetensors"));
        FrozenClass frozen = FrozenClass.of(folder.resolve("w.safetensors"), folder.resolve("classes"));
        double[] expected = new double[10];
        for (int picture = 0; picture < 3; picture++) {
            network.forward(test.input(picture), expected);
            assertThat(frozen.probabilities(test.input(picture))).isEqualTo(expected);
        }

        String[] arguments = {
            "fashion-frozen",
            "--picture=4",
            "--data=" + folder,
            "--weights=" + path("w.safetensors"),
            "--classes=" + path("classes")
        };
        assertThat(run(arguments)).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("Test picture 4, which shows: Coat\n")
                .containsPattern("\nCoat +[01]\\.\\d{3} #{20,}\n");
    }

    @Test
    void theNumberOfThreadsChangesNoDigit() throws IOException {
        writeDataSet();
        assertThat(train("--threads=1")).as(err.toString()).isZero();
        byte[] one = Files.readAllBytes(folder.resolve("w.safetensors"));
        assertThat(train("--threads=3")).as(err.toString()).isZero();
        assertThat(Files.readAllBytes(folder.resolve("w.safetensors"))).isEqualTo(one);
    }

    @Test
    void whatIsWrongWithTheDataIsSaid() throws IOException {
        assertThat(run("fashion", "--data=" + path("none"))).isOne();
        assertThat(err.toString())
                .contains("there is no folder " + path("none"), "Debian's package dataset-fashion-mnist", "--data=DIR");
        writeDataSet();
        write("train-labels-idx1-ubyte.gz", 0x801, new int[] {TRAINING}, new byte[TRAINING - 1]);
        refuses("train-labels-idx1-ubyte.gz: the file does not hold the 600 bytes of its dimensions, [600]");
        write("train-labels-idx1-ubyte.gz", 0x801, new int[] {TRAINING - 1}, labels(TRAINING - 1));
        refuses("there are 600 pictures in train and 599 labels; expected as many");
        byte[] wrong = labels(TRAINING);
        wrong[17] = (byte) 200;
        write("train-labels-idx1-ubyte.gz", 0x801, new int[] {TRAINING}, wrong);
        refuses("label 17 in train is 200; expected 0 to 9");
        write("train-images-idx3-ubyte.gz", 0x803, new int[] {TRAINING, 14, 56}, pictures(TRAINING, 1));
        refuses("the dimensions are [600, 14, 56]; expected a number of items and then [28, 28]");
        write("train-images-idx3-ubyte.gz", 0x803, new int[] {Integer.MAX_VALUE, 28, 28}, new byte[10]);
        refuses("does not hold the " + (long) PIXELS * Integer.MAX_VALUE + " bytes");
        write("train-images-idx3-ubyte.gz", 0xd03, new int[] {TRAINING, 28, 28}, new byte[10]);
        refuses("the file begins with 0x00000d03; expected 0x00000803");
        Files.write(folder.resolve("train-images-idx3-ubyte.gz"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11});
        refuses("train-images-idx3-ubyte.gz: the file is not gzipped");
        Files.delete(folder.resolve("train-images-idx3-ubyte.gz"));
        refuses("there is no file " + path("train-images-idx3-ubyte.gz"));
    }

    private void refuses(String message) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Pictures.toTrain(folder))
                .withMessageContaining(message);
    }

    @Test
    void weightsThatDoNotFitAreTheCompilersErrorInTheUsersWords() throws IOException {
        writeDataSet();
        Path weights = folder.resolve("w.safetensors");
        assertThat(run("fashion-frozen", "--data=" + folder, "--weights=" + weights))
                .isOne();
        assertThat(err.toString()).contains("w.safetensors").doesNotContain("\tat ");
        Files.write(weights, new byte[100]);
        assertThat(run("fashion-frozen", "--data=" + folder, "--weights=" + weights))
                .isOne();
        assertThat(err.toString())
                .contains("the weights cannot be made a class")
                .doesNotContain("\tat ");
    }

    @Test
    void aPictureOfOnesOwnIsScaledAndInverted() throws IOException {
        BufferedImage image = new BufferedImage(56, 28, BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < 28; row++) {
            for (int column = 0; column < 56; column++) {
                image.setRGB(column, row, column < 28 ? 0x000000 : 0xffffff);
            }
        }
        Path file = folder.resolve("half.png");
        ImageIO.write(image, "png", file.toFile());
        double[] pixels = PictureFile.read(file);
        assertThat(pixels[14 * 28 + 3]).isEqualTo(1); // black is the piece
        assertThat(pixels[14 * 28 + 24]).isZero();
        assertThat(pixels[2 * 28 + 3]).isZero(); // above the picture, which is half as high as wide
    }

    @Test
    void theDataSetItselfHasAsManyPicturesOfEachKind() throws IOException {
        Path data = Path.of("/usr/share/datasets/fashion-mnist");
        assumeTrue(Files.isDirectory(data), "Debian's package dataset-fashion-mnist is not installed");
        for (Pictures pictures : new Pictures[] {Pictures.toTrain(data), Pictures.toTest(data)}) {
            int[] counts = new int[10];
            for (int i = 0; i < pictures.count(); i++) {
                counts[pictures.label(i)]++;
            }
            assertThat(counts).containsOnly(pictures.count() / 10);
        }
        assertThat(Pictures.toTrain(data).count()).isEqualTo(60_000);
        assertThat(Pictures.toTest(data).count()).isEqualTo(10_000);
    }
}
