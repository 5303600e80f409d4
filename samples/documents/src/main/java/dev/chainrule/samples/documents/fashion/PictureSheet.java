package dev.chainrule.samples.documents.fashion;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** A sheet of pictures that a network takes for something else, each with what it shows and what it is taken for. */
public final class PictureSheet {
    private static final int COLUMNS = 8;
    private static final int ROWS = 5;
    private static final int SCALE = 4;
    private static final int PICTURE = SCALE * Pictures.SIDE;
    private static final int CELL_WIDTH = PICTURE + 20;
    private static final int CELL_HEIGHT = PICTURE + 46;
    private static final int MARGIN = 12;

    static {
        // Nothing opens a window, so that none needs a display
        System.setProperty("java.awt.headless", "true");
    }

    private final Pictures pictures;
    private final Graphics2D graphics;

    private PictureSheet(Pictures pictures, Graphics2D graphics) {
        this.pictures = pictures;
        this.graphics = graphics;
    }

    /**
     * Draws the first pictures, forty at most, that the network takes for something else, over the file that was there before.
     *
     * @throws IOException if the file cannot be written, with a message for the user
     */
    public static void write(Pictures pictures, FashionNetwork network, Path file) throws IOException {
        BufferedImage image = new BufferedImage(
                COLUMNS * CELL_WIDTH + 2 * MARGIN, ROWS * CELL_HEIGHT + 2 * MARGIN, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        new PictureSheet(pictures, graphics).draw(network);
        graphics.dispose();
        try (OutputStream out = Files.newOutputStream(file)) {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new IOException("cannot write " + file + ": " + e, e);
        }
    }

    private void draw(FashionNetwork network) {
        int drawn = 0;
        double[] output = new double[Pictures.KINDS.size()];
        for (int picture = 0; picture < pictures.count() && drawn < COLUMNS * ROWS; picture++) {
            network.forward(pictures.input(picture), output);
            int greatest = greatest(output);
            if (greatest != pictures.label(picture)) {
                int x = MARGIN + drawn % COLUMNS * CELL_WIDTH;
                int y = MARGIN + drawn / COLUMNS * CELL_HEIGHT;
                drawPicture(picture, x, y);
                drawCaption(picture, greatest, output[greatest], x, y + PICTURE);
                drawn++;
            }
        }
    }

    /** Dark on light, as print is. */
    private void drawPicture(int picture, int x, int y) {
        for (int row = 0; row < Pictures.SIDE; row++) {
            for (int column = 0; column < Pictures.SIDE; column++) {
                int shade = 255 - pictures.pixel(picture, row, column);
                graphics.setColor(new Color(shade, shade, shade));
                graphics.fillRect(x + SCALE * column, y + SCALE * row, SCALE, SCALE);
            }
        }
    }

    private void drawCaption(int picture, int taken, double probability, int x, int y) {
        graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 12));
        graphics.setColor(Color.BLACK);
        graphics.drawString(Pictures.KINDS.get(pictures.label(picture)), x, y + 14);
        graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        graphics.setColor(new Color(0xd55e00));
        graphics.drawString(String.format(Locale.ROOT, "%s? %.2f", Pictures.KINDS.get(taken), probability), x, y + 29);
    }

    /** The first of the greatest. */
    static int greatest(double[] values) {
        return IntStream.range(0, values.length)
                .reduce((best, other) -> values[other] > values[best] ? other : best)
                .orElseThrow();
    }
}
