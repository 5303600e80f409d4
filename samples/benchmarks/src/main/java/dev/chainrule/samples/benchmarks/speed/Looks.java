package dev.chainrule.samples.benchmarks.speed;

import java.awt.Color;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** What all charts look like. The colours differ for the colour-blind, too (Okabe and Ito's). */
final class Looks {
    private static final Color BLACK = new Color(0x444444);
    private static final Color ORANGE = new Color(0xE69F00);
    private static final Color BLUE = new Color(0x0072B2);
    private static final Color LIGHT_BLUE = new Color(0x56B4E9);
    private static final Color GREEN = new Color(0x009E73);
    private static final Color PURPLE = new Color(0xCC79A7);

    private Looks() {}

    static Color of(Contender contender) {
        return switch (contender) {
            case C -> BLACK;
            case CHAINRULE -> BLUE;
            case VECTORS -> LIGHT_BLUE;
            case PLAIN_LOOPS -> ORANGE;
            case ENCOG -> GREEN;
            case ONNX_RUNTIME -> PURPLE;
        };
    }

    static Color of(Unrolled unrolled) {
        return switch (unrolled) {
            case AUTO -> BLUE;
            case FULL -> GREEN;
            case NONE -> BLACK;
            case PLAIN_LOOPS -> ORANGE;
        };
    }

    static void apply(AxesChartStyler styler) {
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setChartTitleBoxVisible(false);
        styler.setLegendBorderColor(Color.WHITE);
        styler.setLegendPosition(LegendPosition.OutsideS);
        styler.setLegendLayout(LegendLayout.Horizontal);
        styler.setDecimalPattern("#,##0.###");
    }
}
