package dev.chainrule.processor.validation;

import dev.chainrule.annotations.Ensure;
import dev.chainrule.annotations.Ensures;
import dev.chainrule.processor.declaration.Declared;
import dev.chainrule.processor.declaration.EnsureDeclaration;
import dev.chainrule.processor.declaration.NetworkDeclaration;
import dev.chainrule.processor.formula.Formulas;
import dev.chainrule.processor.formula.Mistake;
import dev.chainrule.processor.formula.Parsed;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.Output;
import dev.chainrule.processor.network.Part;
import dev.chainrule.processor.property.BoxBuilder;
import dev.chainrule.processor.property.Property;
import dev.chainrule.processor.property.Requirement;
import dev.chainrule.processor.property.Requirement.Inequality;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.TypeElement;

/** Checks the properties that a declaration ensures: from their texts to boxes of inputs and inequalities over outputs. */
public final class Properties {
    /** A proof looks at each clause of each box. */
    private static final int MOST_CLAUSES = 1_000;

    private final NetworkDeclaration declaration;
    private final Network network;
    private final List<Problem> problems = new ArrayList<>();

    /** Of the property that is looked at. */
    private String which = "";

    private Properties(NetworkDeclaration declaration, Network network) {
        this.declaration = declaration;
        this.network = network;
    }

    /**
     * What validation of the properties yields.
     *
     * @param properties one for each that is declared, in order, where there is no problem
     */
    public record Checked(List<Property> properties, List<Problem> problems) {}

    /** The properties of a declaration, or what is wrong with them. */
    public static Checked of(NetworkDeclaration declaration, Network network) {
        Properties checks = new Properties(declaration, network);
        List<Property> properties = new ArrayList<>();
        for (EnsureDeclaration ensure : declaration.ensures()) {
            checks.property(ensure).ifPresent(properties::add);
        }
        return new Checked(checks.problems.isEmpty() ? properties : List.of(), checks.problems);
    }

    /** What is wrong with properties of a type that declares no network. */
    public static List<Problem> withoutNetwork(TypeElement type) {
        List<AnnotationMirror> ensures = new ArrayList<>();
        for (AnnotationMirror annotation : type.getAnnotationMirrors()) {
            String name = annotation.getAnnotationType().toString();
            if (name.equals(dev.chainrule.annotations.Network.class.getName())) {
                return List.of();
            } else if (name.equals(Ensure.class.getName()) || name.equals(Ensures.class.getName())) {
                ensures.add(annotation);
            }
        }
        return ensures.stream()
                .map(annotation -> new Problem(
                        "EnsureWithoutNetwork",
                        "@Ensure is about the class of a @Network, and there is none here; declare one, or remove it.",
                        type,
                        annotation,
                        null))
                .toList();
    }

    private Optional<Property> property(EnsureDeclaration ensure) {
        if (!declaration.isFrozen()) {
            report(
                    ensure.when(),
                    "EnsureWithoutWeights",
                    "@Ensure is about the frozen class, whose numbers do not change; add weights = \"...\" or"
                            + " model = \"...\", or remove it.");
            return Optional.empty();
        }
        if (ensure.boxes().value() < 1) {
            report(
                    ensure.boxes(),
                    "BoxesOutOfRange",
                    "boxes = " + ensure.boxes().value() + "; a proof looks at one box at least.");
        }
        which = ensure.which();
        Map<String, Integer> inputs = inputs();
        Optional<Requirement> when = parsed(ensure.when(), inputs, "inputs");
        Optional<BoxBuilder> box = when.flatMap(requirement -> box(ensure.when(), requirement, inputs));
        Optional<Requirement> then = parsed(ensure.then(), outputs(), "outputs");
        Optional<List<List<Inequality>>> clauses = then.flatMap(requirement -> clauses(ensure, requirement));
        return box.isEmpty() || clauses.isEmpty()
                ? Optional.empty()
                : Optional.of(new Property(
                        ensure.when().value(),
                        ensure.then().value(),
                        box.get().box(),
                        then.get(),
                        clauses.get(),
                        ensure.boxes().value()));
    }

    private Optional<Requirement> parsed(Declared<String> text, Map<String, Integer> names, String what) {
        Parsed<Requirement> parsed = Formulas.property(text.value(), names, what);
        parsed.mistake().ifPresent(mistake -> report(text, "PropertySyntax", mistake.text()));
        return parsed.value();
    }

    private Optional<List<List<Inequality>>> clauses(EnsureDeclaration ensure, Requirement requirement) {
        Optional<List<List<Inequality>>> clauses = requirement.clauses(MOST_CLAUSES);
        if (clauses.isEmpty()) {
            report(
                    ensure.then(),
                    "PropertyTooLarge",
                    "Written as (... || ...) && (... || ...), this has more than "
                            + String.format(Locale.ROOT, "%,d", MOST_CLAUSES)
                            + " parts; divide it between several @Ensure.");
        }
        return clauses;
    }

    /** Numbers of a record by their places, and by the names of their parts. */
    private Map<String, Integer> inputs() {
        Names names = new Names("x", network.inputs());
        for (Part part : network.parts()) {
            names.add(part.name(), part.first(), part.size());
            if (part.size() == 1) {
                names.add(part.name(), part.first());
            }
        }
        return names.unique();
    }

    /** Outputs by their places, and by the names of their layers. */
    private Map<String, Integer> outputs() {
        Names names = new Names("y", network.outputs());
        for (Output output : network.outputLayers()) {
            names.add(network.layer(output.layer()).name(), output.first(), output.units());
        }
        return names.unique();
    }

    /** Numbers by their names; a name that means two of them is none. */
    private static final class Names {
        private final Map<String, Integer> numbers = new LinkedHashMap<>();
        private final Set<String> ambiguous = new HashSet<>();

        Names(String letter, int count) {
            add(letter, 0, count);
        }

        void add(String name, int first, int count) {
            for (int i = 0; i < count && !name.isEmpty(); i++) {
                add(name + "_" + i, first + i);
            }
        }

        void add(String name, int number) {
            Integer other = numbers.putIfAbsent(name, number);
            if (other != null && other != number) {
                ambiguous.add(name);
            }
        }

        Map<String, Integer> unique() {
            numbers.keySet().removeAll(ambiguous);
            numbers.remove("");
            return numbers;
        }
    }

    private Optional<BoxBuilder> box(Declared<String> when, Requirement requirement, Map<String, Integer> names) {
        BoxBuilder box =
                new BoxBuilder(network.inputs(), declaration.precision().value());
        if (!bounds(when, requirement, box)) {
            return Optional.empty();
        }
        network.parts().stream()
                .filter(Part::isCategory)
                .forEach(part ->
                        box.whole(part.first(), part.firstCategory(), part.firstCategory() + part.categories() - 1));
        List<String> unbounded =
                box.unbounded().stream().map(number -> name(number, names)).toList();
        if (!unbounded.isEmpty()) {
            report(
                    when,
                    "InputUnbounded",
                    "A lower and an upper bound of each input are needed, and there are not both of "
                            + listed(unbounded) + "; add " + unbounded.get(0) + " >= ... && " + unbounded.get(0)
                            + " <= ....");
            return Optional.empty();
        }
        List<String> empty =
                box.empty().stream().map(number -> name(number, names)).toList();
        if (!empty.isEmpty()) {
            report(
                    when,
                    "EmptyBox",
                    "No " + declaration.precision().value().toString().toLowerCase(Locale.ROOT)
                            + " is within the bounds of " + listed(empty)
                            + ", so that anything would hold; are they swapped?");
            return Optional.empty();
        }
        return Optional.of(box);
    }

    /** The last of the names of a number: that of its part, where it has one. */
    private static String name(int number, Map<String, Integer> names) {
        String last = "x_" + number;
        for (Map.Entry<String, Integer> name : names.entrySet()) {
            last = name.getValue() == number ? name.getKey() : last;
        }
        return last;
    }

    private static String listed(List<String> names) {
        int most = 8;
        return String.join(", ", names.subList(0, Math.min(names.size(), most)))
                + (names.size() > most ? " and " + (names.size() - most) + " more" : "");
    }

    /** Takes the bounds; false after reporting something else. */
    private boolean bounds(Declared<String> when, Requirement requirement, BoxBuilder box) {
        if (requirement instanceof Requirement.All all) {
            return all.of().stream().allMatch(each -> bounds(when, each, box));
        }
        if (requirement instanceof Inequality inequality && box.takes(inequality)) {
            return true;
        }
        int column = requirement instanceof Inequality inequality ? inequality.column() : 0;
        String what = requirement instanceof Inequality
                ? "This is no bound of one input; when bounds each by numbers, as in 0 <= x_0 && x_0 <= 1."
                : "when is a box: bounds joined by && alone; give each of several boxes an @Ensure of its own.";
        report(when, "NotABound", new Mistake(when.value(), column, what).text());
        return false;
    }

    private void report(Declared<?> value, String code, String message) {
        problems.add(Problem.with(declaration, value, code, which + message));
    }
}
