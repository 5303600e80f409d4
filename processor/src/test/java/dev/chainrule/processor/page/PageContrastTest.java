package dev.chainrule.processor.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text of a page can be read on all that it stands on, in both schemes: WCAG 2.1 asks for a contrast of 4.5 (AA). */
class PageContrastTest {
    private static final Pattern COLOUR = Pattern.compile("--([\\w-]+): #(\\p{XDigit}{6});");

    /** What is written on, and in which colours. */
    private static final Map<String, List<String>> WRITTEN = Map.of(
            "page", List.of("text", "soft", "accent"),
            "card", List.of("text", "soft", "accent", "positive", "negative", "wrong"),
            "accent", List.of("card"),
            "accent-soft", List.of("text", "accent"),
            "own", List.of("text", "soft"),
            "shared", List.of("text", "soft"),
            "use", List.of("text", "soft"),
            "halo", List.of("text"));

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyTextStandsOut(boolean isDark) throws IOException {
        Map<String, Integer> colours = colours(isDark);
        WRITTEN.forEach((ground, texts) ->
                texts.forEach(text -> assertThat(contrast(colours.get(text), colours.get(ground)))
                        .as(text + " on " + ground + (isDark ? ", dark" : ", light"))
                        .isGreaterThanOrEqualTo(4.5)));
    }

    /** The dark scheme stands second and changes what it names. */
    private static Map<String, Integer> colours(boolean isDark) throws IOException {
        try (InputStream stream = DerivationPage.class.getResourceAsStream("page.css")) {
            String style = new String(stream.readAllBytes(), StandardCharsets.US_ASCII);
            int dark = style.indexOf("@media (prefers-color-scheme: dark)");
            Map<String, Integer> colours = new HashMap<>();
            Matcher matcher = COLOUR.matcher(style);
            while (matcher.find() && (isDark || matcher.start() < dark)) {
                colours.put(matcher.group(1), Integer.parseInt(matcher.group(2), 16));
            }
            return colours;
        }
    }

    private static double contrast(int one, int other) {
        double lighter = Math.max(luminance(one), luminance(other));
        double darker = Math.min(luminance(one), luminance(other));
        return (lighter + 0.05) / (darker + 0.05);
    }

    private static double luminance(int colour) {
        return 0.2126 * linear(colour >> 16 & 255) + 0.7152 * linear(colour >> 8 & 255) + 0.0722 * linear(colour & 255);
    }

    private static double linear(int part) {
        double value = part / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}
