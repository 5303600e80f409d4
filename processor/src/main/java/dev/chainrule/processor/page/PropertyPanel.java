package dev.chainrule.processor.page;

import dev.chainrule.annotations.Precision;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.Part;
import dev.chainrule.processor.network.TrainedNetwork;
import dev.chainrule.processor.proof.BoxBounds;
import dev.chainrule.processor.property.Box;
import dev.chainrule.processor.property.Linear;
import dev.chainrule.processor.property.Property;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What the page of a network has besides where properties of its frozen class are ensured: each with its box, how it is proved, the
 * bounds of units beside their values, and where the most is lost. All bounds are the prover's.
 */
final class PropertyPanel {
    /** To it, among the parts of the page. */
    static final String LINK = "<a href=\"#properties\">Proved</a>";

    /** More properties than this are in the comment of the class alone. */
    private static final int PROPERTIES = 10;

    /** The rows of a table of bounds: of each layer its widest, up to {@code UNITS} of them. */
    private static final int ROWS = 240;

    private static final int UNITS = 8;

    /** The units at which most is lost. */
    private static final int LOSSES = 5;

    /** What is lost at a unit is not worth a line where it is less than this part of the greatest. */
    private static final double LEAST = 0.005;

    /** Units times parameters, with which the work for bounds grows; a page of a larger network goes without them. */
    private static final double WORK = 4e9;

    private final Ensured ensured;
    private final TrainedNetwork trained;
    private final List<Property> shown;

    PropertyPanel(Ensured ensured) {
        this.ensured = ensured;
        this.trained = ensured.trained();
        this.shown = ensured.properties()
                .subList(0, Math.min(PROPERTIES, ensured.properties().size()));
    }

    /** Its style, besides that of all pages. */
    static String style() {
        return Template.stripped("properties.css");
    }

    /** Its part of the page. */
    String section() {
        return Template.filled(Template.resource("properties.html"), parts());
    }

    private Map<String, String> parts() {
        StringBuilder statements = new StringBuilder();
        for (int i = 0; i < shown.size(); i++) {
            statements.append(statement(i));
        }
        int left = ensured.properties().size() - shown.size();
        if (left > 0) {
            statements.append(
                    String.format(Locale.ROOT, "<p class=\"note\">%,d more in the comment of the class.</p>%n", left));
        }
        return Map.of("frozen", Html.escaped(ensured.name()), "statements", statements.toString());
    }

    private String statement(int i) {
        Property property = shown.get(i);
        String end = ensured.proofOf(property)
                .map(proof -> String.format(
                        Locale.ROOT,
                        "Proved, by %,d %s; the tightest margin is %.3g.",
                        proof.boxes(),
                        proof.boxes() == 1 ? "box" : "boxes",
                        proof.margin()))
                .orElse("Not proved when this page was made.");
        return "<details class=\"property\"" + (i == 0 ? " open" : "") + ">\n<summary><h3>Property " + (i + 1)
                + ": <code>" + Html.escaped(property.then()) + "</code></h3></summary>\n<p class=\"proved\">" + end
                + "</p>\n<div data-property=\"" + i + "\"></div>\n</details>\n";
    }

    /** The record that the page begins with: the centre of the first box. */
    List<Double> record() {
        return centre(shown.get(0).box());
    }

    private List<Double> centre(Box box) {
        double[] centre = new double[box.size()];
        for (int i = 0; i < centre.length; i++) {
            double middle = 0.5 * box.least()[i] + 0.5 * box.greatest()[i];
            centre[i] = trained.precision() == Precision.FLOAT ? (float) middle : middle;
        }
        for (Part part : trained.network().parts()) {
            if (part.isCategory()) {
                centre[part.first()] = Math.floor(centre[part.first()]);
            }
        }
        return list(centre);
    }

    /** The properties, and what shows them. */
    String script() {
        return "const PROPERTIES = " + Json.of(shown.stream().map(this::json).toList()) + ";\n"
                + Template.script("properties.js");
    }

    private Map<String, Object> json(Property property) {
        Map<String, Object> json = Json.object(
                "least", list(property.box().least()),
                "greatest", list(property.box().greatest()),
                "centre", centre(property.box()));
        Network network = trained.network();
        long units = network.layers().stream().mapToLong(layer -> layer.units()).sum();
        if ((double) units * network.parameters() > WORK) {
            return json;
        }
        BoxBounds bounds = BoxBounds.of(trained, property);
        BoxBounds.Hardest hardest = bounds.hardest();
        json.put("isOne", property.clauses().size() == 1);
        json.put("isChoice", property.clauses().stream().anyMatch(clause -> clause.size() > 1));
        json.putAll(json(hardest));
        json.put(
                "layers",
                IntStream.range(0, network.depth())
                        .mapToObj(i -> layer(bounds.low().get(i), bounds.high().get(i), weakest(hardest, i + 1)))
                        .toList());
        return json;
    }

    private static Map<String, Object> json(BoxBounds.Hardest hardest) {
        Linear left = hardest.inequality().left();
        List<BoxBounds.Loss> losses = hardest.losses();
        double most = losses.isEmpty() ? 0 : losses.get(0).lost();
        return Json.object(
                "claim",
                text(left),
                "strict",
                hardest.inequality().strict(),
                "outputs",
                List.copyOf(left.factors().keySet()),
                "factors",
                left.factors().values().stream().map(BigDecimal::doubleValue).toList(),
                "constant",
                left.constant().doubleValue(),
                "bound",
                hardest.bound(),
                "byLines",
                hardest.byLines(),
                "isByOrder",
                hardest.isByOrder(),
                "corner",
                list(hardest.corner()),
                "atCorner",
                hardest.atCorner(),
                "lost",
                losses.stream().mapToDouble(BoxBounds.Loss::lost).sum(),
                "losers",
                losses.size(),
                "losses",
                losses.stream()
                        .filter(loss -> loss.lost() >= LEAST * most)
                        .limit(LOSSES)
                        .map(loss -> List.of(loss.layer(), loss.unit(), loss.lost()))
                        .toList());
    }

    /** The unit at which most is lost, where it is of a layer; else -1. */
    private static int weakest(BoxBounds.Hardest hardest, int layer) {
        return hardest.losses().isEmpty() || hardest.losses().get(0).layer() != layer
                ? -1
                : hardest.losses().get(0).unit();
    }

    /** The bounds of a layer: of its widest units, and in all. */
    private Map<String, Object> layer(double[] low, double[] high, int weakest) {
        int most = Math.max(1, Math.min(UNITS, ROWS / trained.network().depth()));
        List<Integer> units = IntStream.range(0, low.length)
                .boxed()
                .sorted(Comparator.comparingDouble(
                        unit -> unit == weakest ? Double.NEGATIVE_INFINITY : low[unit] - high[unit]))
                .limit(most)
                .sorted()
                .toList();
        double[] widths = IntStream.range(0, low.length)
                .mapToDouble(unit -> high[unit] - low[unit])
                .toArray();
        return Json.object(
                "units", units,
                "low", units.stream().map(unit -> low[unit]).toList(),
                "high", units.stream().map(unit -> high[unit]).toList(),
                "widest", Arrays.stream(widths).max().orElseThrow(),
                "mean", Arrays.stream(widths).average().orElseThrow());
    }

    /** {@code 2 y_0 - y_1 + 0.5}; what is above zero comes first. */
    private static String text(Linear linear) {
        List<String> terms = new ArrayList<>();
        linear.factors()
                .forEach((output, factor) -> terms.add(sign(factor)
                        + (factor.abs().compareTo(BigDecimal.ONE) == 0 ? "" : digits(factor) + " ") + "y_" + output));
        if (linear.constant().signum() != 0 || terms.isEmpty()) {
            terms.add(sign(linear.constant()) + digits(linear.constant()));
        }
        terms.sort(Comparator.comparing(term -> term.startsWith("-")));
        String text = String.join(" ", terms);
        return text.startsWith("+") ? text.substring(2) : "-" + text.substring(2);
    }

    private static String sign(BigDecimal number) {
        return number.signum() < 0 ? "- " : "+ ";
    }

    private static String digits(BigDecimal number) {
        return number.abs().stripTrailingZeros().toString();
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}
