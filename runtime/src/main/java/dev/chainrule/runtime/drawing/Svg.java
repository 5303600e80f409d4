package dev.chainrule.runtime.drawing;

import java.util.Locale;

/** A drawing of lines, circles and text, as a Scalable Vector Graphics file. */
final class Svg {
    private final StringBuilder elements = new StringBuilder();
    private final int width;
    private final int height;

    Svg(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /** A line with a tooltip. */
    void line(double x1, double y1, double x2, double y2, String color, double thickness, String tooltip) {
        add(
                "<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='%s' stroke-width='%.2f'><title>%s</title></line>",
                x1, y1, x2, y2, color, thickness, escaped(tooltip));
    }

    /** A curve with a tooltip, which passes above the middle of its ends by half of {@code rise}. */
    void curve(
            double x1, double y1, double x2, double y2, double rise, String color, double thickness, String tooltip) {
        add(
                "<path d='M%.1f %.1f Q%.1f %.1f %.1f %.1f' fill='none' stroke='%s'"
                        + " stroke-width='%.2f'><title>%s</title></path>",
                x1, y1, (x1 + x2) / 2, (y1 + y2) / 2 - rise, x2, y2, color, thickness, escaped(tooltip));
    }

    /** A filled circle with a dark edge and a tooltip. */
    void circle(double x, double y, double radius, String fill, String tooltip) {
        add(
                "<circle cx='%.1f' cy='%.1f' r='%.1f' fill='%s' stroke='#333' stroke-width='1.5'><title>%s</title></circle>",
                x, y, radius, fill, escaped(tooltip));
    }

    /** Text around {@code x} or from it on, its middle at {@code y}, with a white rim that keeps it legible on lines. */
    void text(double x, double y, int size, boolean centered, String text) {
        add(
                "<text x='%.1f' y='%.1f' font-size='%d' text-anchor='%s' dy='0.35em' stroke='white'"
                        + " stroke-width='3' paint-order='stroke' fill='#111'>%s</text>",
                x, y, size, centered ? "middle" : "start", escaped(text));
    }

    @Override
    public String toString() {
        return format(
                        "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' viewBox='0 0 %d %d'"
                                + " font-family='sans-serif'>\n<rect width='100%%' height='100%%' fill='white'/>\n",
                        width, height, width, height)
                + elements
                + "</svg>\n";
    }

    private void add(String format, Object... values) {
        elements.append(format(format, values)).append('\n');
    }

    /** Numbers look the same in every locale. */
    static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
