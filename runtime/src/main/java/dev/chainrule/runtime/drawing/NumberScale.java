package dev.chainrule.runtime.drawing;

/**
 * How a drawing shows numbers: blue above 0 and orange below, which colour-blind readers can tell apart, the stronger the
 * larger.
 *
 * @param largest the largest absolute number of all
 */
record NumberScale(double largest) {
    private static final int[] POSITIVE = {0x00, 0x72, 0xb2};
    private static final int[] NEGATIVE = {0xd5, 0x5e, 0x00};

    private static final double THINNEST = 0.75;
    private static final double THICKEST = 6;

    /** Light enough for black text on it. */
    private static final double STRONGEST_FILL = 0.6;

    /** The colour of a line. */
    static String color(double number) {
        return mixedWithWhite(number, 1);
    }

    /** The width of a line. */
    double thickness(double number) {
        return THINNEST + (THICKEST - THINNEST) * share(number);
    }

    /** The colour of a surface, white for 0. */
    String fill(double number) {
        return mixedWithWhite(number, STRONGEST_FILL * share(number));
    }

    /** The number with as many decimals as show three digits of the largest, but at least 1 and at most 4. */
    String text(double number) {
        int decimals = (int) Math.max(1, Math.min(4, 2 - Math.floor(Math.log10(largest))));
        String text = Svg.format("%." + decimals + "f", number);
        return text.matches("-[0.]+") ? text.substring(1) : text;
    }

    private double share(double number) {
        return largest == 0 || Double.isNaN(number) ? 0 : Math.min(1, Math.abs(number) / largest);
    }

    private static String mixedWithWhite(double number, double share) {
        int[] color = number < 0 ? NEGATIVE : POSITIVE;
        return Svg.format("#%02x%02x%02x", mixed(color[0], share), mixed(color[1], share), mixed(color[2], share));
    }

    private static int mixed(int color, double share) {
        return (int) Math.round(255 + share * (color - 255));
    }
}
