package dev.chainrule.processor.page;

import dev.chainrule.processor.derivation.Route;
import dev.chainrule.processor.equations.Expression.Link;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.notation.LatexRenderer;
import dev.chainrule.processor.notation.MathMlRenderer;
import dev.chainrule.processor.notation.MatrixRenderer;
import dev.chainrule.processor.notation.TextRenderer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The full gradients of a page: the derivatives that paths consist of, each once, and the paths by their numbers. */
final class Links {
    /** Longer sums are not read. */
    private static final int ROUTES_IN_EQUATION = 12;

    /** Each derivative with its number. */
    private final Map<Link, Integer> numbers = new LinkedHashMap<>();

    private final Map<String, Object> paths = new LinkedHashMap<>();

    private Links() {}

    static Links of(PageSections derivation, MatrixRenderer matrices) {
        Links links = new Links();
        derivation.paths().forEach((name, all) -> {
            List<Map<String, Object>> parts = new ArrayList<>();
            all.forEach(part -> parts.add(links.part(part, matrices)));
            links.paths.put(name, parts);
        });
        return links;
    }

    /** By the names of parameters, as JSON takes them. */
    Map<String, Object> paths() {
        return paths;
    }

    /** The derivatives by their numbers, as JSON takes them: each with its value, and the layer whose delta it completes. */
    List<Map<String, Object>> derivatives() {
        List<Map<String, Object>> json = new ArrayList<>();
        for (Link link : numbers.keySet()) {
            json.add(Json.object(
                    "derivative",
                    MathMlRenderer.derivative(link),
                    "name",
                    TextRenderer.derivative(link),
                    "value",
                    MathMlRenderer.of(link.value()),
                    "kind",
                    kind(link),
                    "layer",
                    link.of().layer(),
                    "delta",
                    link.by().quantity() == Quantity.PRE_ACTIVATION ? link.by().layer() : 0));
        }
        return json;
    }

    /** What a derivative is to one who works it out: of the loss, a slope, a weight, or what a parameter is multiplied with. */
    private static String kind(Link link) {
        if (link.of().equals(Symbol.error())) {
            return "loss";
        } else if (link.by().quantity().isParameter()) {
            return "parameter";
        } else if (link.value() instanceof Symbol value && value.quantity() == Quantity.WEIGHT) {
            return "weight";
        }
        boolean isOfOneUnit = link.of().quantity() == Quantity.ACTIVATION
                && link.of().layer() == link.by().layer();
        return isOfOneUnit ? "slope" : "other";
    }

    /** The values by the same numbers: {@code ({k, j}) => ...}. */
    List<String> functions(JavaScriptRenderer renderer) {
        List<String> functions = new ArrayList<>();
        for (Link link : numbers.keySet()) {
            TreeSet<String> variables = new TreeSet<>();
            for (Symbol symbol : List.of(link.of(), link.by())) {
                symbol.indices().stream().map(Links::variable).forEach(variables::add);
            }
            functions.add("({ " + String.join(", ", variables) + " }) => " + renderer.render(link.value()));
        }
        return functions;
    }

    private Map<String, Object> part(PageSections.Paths part, MatrixRenderer matrices) {
        boolean isShort = part.routes().size() <= ROUTES_IN_EQUATION;
        List<Map<String, Object>> routes = new ArrayList<>();
        for (Route route : part.routes()) {
            List<Integer> links = new ArrayList<>();
            for (Link link : route.chain().links()) {
                numbers.putIfAbsent(link, numbers.size());
                links.add(numbers.get(link));
            }
            List<List<Object>> units = new ArrayList<>();
            for (Index.Variable unit : route.units()) {
                units.add(List.of(unit.name(), unit.size()));
            }
            routes.add(Json.object("units", units, "links", links, "way", way(route)));
        }
        return Json.object(
                "reader",
                part.reader(),
                "first",
                part.first(),
                "size",
                part.size(),
                "routes",
                routes,
                "equation",
                isShort ? MathMlRenderer.equation(part.equation()) : "",
                "matrix",
                isShort ? matrices.rendered(part.equation()) : "",
                "latex",
                isShort ? LatexRenderer.equation(part.equation()) : "");
    }

    /** The units that a path goes through, from the parameter on, each with its layer: {@code [[1, "j", 0], [2, "i2", 0]]}. */
    private static List<List<Object>> way(Route route) {
        List<List<Object>> way = new ArrayList<>();
        List<Link> links = route.chain().links();
        for (int i = links.size() - 1; i >= 0; i--) {
            Symbol unit = links.get(i).of();
            boolean isUnit = unit.quantity() == Quantity.PRE_ACTIVATION || unit.quantity() == Quantity.ACTIVATION;
            if (isUnit) {
                Index index = unit.indices().get(0);
                int by = index instanceof Index.Shifted shifted ? shifted.by() : 0;
                List<Object> step = List.of(unit.layer(), variable(index), by);
                if (way.isEmpty() || !way.get(way.size() - 1).equals(step)) {
                    way.add(step);
                }
            }
        }
        return way;
    }

    private static String variable(Index index) {
        return index instanceof Index.Shifted shifted ? shifted.variable().name() : index.text();
    }
}
