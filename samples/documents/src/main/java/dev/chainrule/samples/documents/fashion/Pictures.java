package dev.chainrule.samples.documents.fashion;

import dev.chainrule.runtime.training.OneHot;
import dev.chainrule.runtime.training.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Pictures of clothes with what they show.
 *
 * @param pixels 28 x 28 a picture, row by row, from 0 for the background to 255
 * @param labels of each picture, the number of its kind
 */
public record Pictures(byte[] pixels, byte[] labels) {
    /** Pixels in a row of a picture, and rows. */
    public static final int SIDE = 28;

    /** What the labels 0 to 9 mean, as the data set's authors name them. */
    public static final List<String> KINDS = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

    static final int PIXELS = SIDE * SIDE;

    /** The 60,000 pictures to train on. */
    public static Pictures toTrain(Path folder) throws IOException {
        return read(folder, "train");
    }

    /** The 10,000 pictures to test with. */
    public static Pictures toTest(Path folder) throws IOException {
        return read(folder, "t10k");
    }

    private static Pictures read(Path folder, String name) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(
                    "there is no folder " + folder
                            + "; install Debian's package dataset-fashion-mnist, or name the folder of its four files with --data=DIR");
        }
        IdxFile pictures = IdxFile.read(folder.resolve(name + "-images-idx3-ubyte.gz"), SIDE, SIDE);
        IdxFile labels = IdxFile.read(folder.resolve(name + "-labels-idx1-ubyte.gz"));
        int count = pictures.dimensions()[0];
        if (labels.dimensions()[0] != count) {
            throw new IOException(folder + ": there are " + count + " pictures in " + name + " and "
                    + labels.dimensions()[0] + " labels; expected as many");
        }
        for (int i = 0; i < count; i++) {
            if (labels.bytes()[i] < 0 || labels.bytes()[i] >= KINDS.size()) {
                throw new IOException(folder + ": label " + i + " in " + name + " is " + (labels.bytes()[i] & 0xff)
                        + "; expected 0 to " + (KINDS.size() - 1));
            }
        }
        return new Pictures(pictures.bytes(), labels.bytes());
    }

    /** How many there are. */
    public int count() {
        return labels.length;
    }

    /** What a picture shows, the index of its kind. */
    public int label(int picture) {
        return labels[picture];
    }

    /** A pixel, from 0 for the background to 255. */
    public int pixel(int picture, int row, int column) {
        return pixels[picture * PIXELS + row * SIDE + column] & 0xff;
    }

    /** The pixels of a picture from 0 to 1. */
    public double[] input(int picture) {
        double[] input = new double[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            input[i] = (pixels[picture * PIXELS + i] & 0xff) / 255.0;
        }
        return input;
    }

    /** Records of the pixels from 0 to 1 and the one-hot kind. */
    public Records records() {
        double[] inputs = new double[pixels.length];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (pixels[i] & 0xff) / 255.0;
        }
        double[] targets = new double[count() * KINDS.size()];
        for (int i = 0; i < count(); i++) {
            OneHot.encode(labels[i], KINDS.size(), targets, i * KINDS.size());
        }
        return Records.wrap(inputs, PIXELS, targets, KINDS.size());
    }
}
