package dev.chainrule.samples.documents;

import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Charts in one style. */
final class Charts {
    /** Colours that colour-blind readers can tell apart too, four of Okabe and Ito's. */
    static final Color BLUE = new Color(0x0072b2);

    static final Color ORANGE = new Color(0xd55e00);
    static final Color GREEN = new Color(0x009e73);
    static final Color PINK = new Color(0xcc79a7);

    private static final int WIDTH = 960;
    private static final int HEIGHT = 600;

    static {
        // No program opens a window, so that none needs a display
        System.setProperty("java.awt.headless", "true");
    }

    private Charts() {}

    /** A chart without lines as yet. */
    static XYChart empty(String title, String xAxis, String yAxis) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(xAxis)
                .yAxisTitle(yAxis)
                .build();
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 15);
        chart.getStyler()
                .setChartTitleFont(font.deriveFont(Font.BOLD, 17f))
                .setChartBackgroundColor(Color.WHITE)
                .setLegendFont(font)
                .setLegendBorderColor(Color.LIGHT_GRAY)
                .setLocale(Locale.ROOT)
                .setSeriesColors(new Color[] {BLUE, ORANGE, GREEN, PINK})
                .setPlotBorderVisible(false);
        chart.getStyler().setMarkerSize(8);
        chart.getStyler().setAnnotationTextFont(font.deriveFont(13f));
        chart.getStyler().setXAxisTickMarkSpacingHint(120);
        chart.getStyler().setYAxisTickMarkSpacingHint(50);
        chart.getStyler().setAxisTitleFont(font);
        chart.getStyler().setAxisTickLabelsFont(font.deriveFont(13f));
        return chart;
    }

    /** Adds a line without marks at its points. */
    static XYSeries addLine(XYChart chart, String name, double[] xs, double[] ys, Color color) {
        XYSeries series = chart.addSeries(name, xs, ys);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(color);
        series.setLineStyle(SeriesLines.SOLID);
        return series;
    }

    /** Writes a chart as PNG, over what was there before. */
    static void write(XYChart chart, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", out);
        } catch (IOException e) {
            throw new IOException("cannot write " + file + ": " + e, e);
        }
    }
}
