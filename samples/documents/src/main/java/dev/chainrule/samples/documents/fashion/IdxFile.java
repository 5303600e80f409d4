package dev.chainrule.samples.documents.fashion;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A gzipped file in the IDX format of the MNIST data sets: two bytes of 0, 8 for unsigned bytes, the number of dimensions, each
 * dimension as a big-endian int, and the bytes, the last dimension the fastest.
 *
 * @param dimensions for pictures their number, rows and columns; for labels their number
 * @param bytes as many as the product of the dimensions
 */
record IdxFile(int[] dimensions, byte[] bytes) {
    private static final int MAGIC_OF_BYTES = 0x800;

    /**
     * Reads a file whole.
     *
     * @param itemSize the dimensions behind the first, which have to be these
     * @throws IOException if the file is not there, is not of the format, or holds items of another size, with a message for the
     *     user
     */
    static IdxFile read(Path file, int... itemSize) throws IOException {
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
            int magic = in.readInt();
            int expected = MAGIC_OF_BYTES | itemSize.length + 1;
            if (magic != expected) {
                throw new IOException(
                        "%s: the file begins with 0x%08x; expected 0x%08x, as IDX files of unsigned bytes in %d dimensions do"
                                .formatted(file, magic, expected, itemSize.length + 1));
            }
            int[] dimensions = new int[itemSize.length + 1];
            long size = 1;
            for (int i = 0; i < dimensions.length; i++) {
                dimensions[i] = in.readInt();
                size *= dimensions[i];
            }
            if (dimensions[0] < 1 || !Arrays.equals(Arrays.copyOfRange(dimensions, 1, dimensions.length), itemSize)) {
                throw new IOException(file + ": the dimensions are " + Arrays.toString(dimensions)
                        + "; expected a number of items and then " + Arrays.toString(itemSize));
            }
            byte[] bytes = in.readNBytes((int) Math.min(size, Integer.MAX_VALUE - 8));
            if (bytes.length < size || in.read() >= 0) {
                throw new IOException(file + ": the file does not hold the " + size + " bytes of its dimensions, "
                        + Arrays.toString(dimensions));
            }
            return new IdxFile(dimensions, bytes);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + file, e);
        } catch (ZipException e) {
            throw new IOException(file + ": the file is not gzipped, or damaged (" + e.getMessage() + ")", e);
        } catch (EOFException e) {
            throw new IOException(file + ": the file ends too early", e);
        }
    }
}
