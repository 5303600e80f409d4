package dev.chainrule.samples.documents.fashion;

import dev.chainrule.runtime.training.OneHot;
import dev.chainrule.runtime.training.RecordStore;
import dev.chainrule.runtime.training.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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

    /** Records of the pixels from 0 to 1 and the one-hot kind; the pixels stay bytes until they are read. */
    public RecordStore records() {
        int[] kinds = new int[count()];
        Arrays.setAll(kinds, this::label);
        return RecordStore.of(new PixelRows(), Rows.of(OneHot.encode(kinds, KINDS.size()), KINDS.size()));
    }

    private final class PixelRows implements Rows {
        @Override
        public int count() {
            return Pictures.this.count();
        }

        @Override
        public int width() {
            return PIXELS;
        }

        @Override
        public void copy(int from, int to, double[] into, int row) {
            int start = row * PIXELS - from * PIXELS;
            for (int i = from * PIXELS; i < to * PIXELS; i++) {
                into[start + i] = (pixels[i] & 0xff) / 255.0;
            }
        }
    }
}
