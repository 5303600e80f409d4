package dev.chainrule.samples.documents.fashion;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Pictures in files, made as those of the data set are: grey, 28 x 28, light on dark. */
public final class PictureFile {
    private PictureFile() {}

    /**
     * The pixels from 0, the background, to 1, row by row. The picture is scaled to fit and centred.
     *
     * @param file a picture on a light background, in a format that the JDK reads
     * @throws IOException if it cannot be read, with a message for the user
     */
    public static double[] read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no file " + file);
        }
        BufferedImage picture = ImageIO.read(file.toFile());
        if (picture == null) {
            throw new IOException(file + " is no picture in a format that the JDK reads: PNG, JPEG, GIF, BMP");
        }
        double scale = (double) Pictures.SIDE / Math.max(picture.getWidth(), picture.getHeight());
        int width = Math.max(1, (int) Math.round(scale * picture.getWidth()));
        int height = Math.max(1, (int) Math.round(scale * picture.getHeight()));
        BufferedImage small = new BufferedImage(Pictures.SIDE, Pictures.SIDE, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = small.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, Pictures.SIDE, Pictures.SIDE);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(picture, (Pictures.SIDE - width) / 2, (Pictures.SIDE - height) / 2, width, height, null);
        graphics.dispose();
        double[] pixels = new double[Pictures.PIXELS];
        for (int i = 0; i < pixels.length; i++) {
            int shade = small.getRaster().getSample(i % Pictures.SIDE, i / Pictures.SIDE, 0);
            pixels[i] = (255 - shade) / 255.0;
        }
        return pixels;
    }
}
