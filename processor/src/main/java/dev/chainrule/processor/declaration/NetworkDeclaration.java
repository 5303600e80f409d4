package dev.chainrule.processor.declaration;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Derivative;
import dev.chainrule.annotations.Ensure;
import dev.chainrule.annotations.Ensures;
import dev.chainrule.annotations.LayerKind;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Network;
import dev.chainrule.annotations.Precision;
import dev.chainrule.annotations.Unroll;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.Elements;

/**
 * A {@code @Network} as it is written, not yet known to make sense.
 *
 * @param type what carries it
 * @param annotation the annotation itself
 */
public record NetworkDeclaration(
        TypeElement type,
        AnnotationMirror annotation,
        Declared<Integer> inputs,
        Declared<List<PartDeclaration>> parts,
        Declared<List<LayerDeclaration>> layers,
        Declared<List<OutputDeclaration>> outputs,
        Declared<Loss> loss,
        Declared<String> lossFormula,
        Declared<String> className,
        Declared<Unroll> unroll,
        Declared<String> weights,
        Declared<String> model,
        Declared<List<String>> output,
        Declared<Boolean> standalone,
        Declared<Precision> precision,
        Declared<List<String>> labels,
        Declared<List<Derivative>> also,
        List<EnsureDeclaration> ensures) {

    /** Reads the annotation of a type; empty where a value is missing or does not compile, which the compiler reports. */
    public static Optional<NetworkDeclaration> of(TypeElement type, Elements elements) {
        for (AnnotationMirror annotation : type.getAnnotationMirrors()) {
            TypeElement annotationType =
                    (TypeElement) annotation.getAnnotationType().asElement();
            if (annotationType.getQualifiedName().contentEquals(Network.class.getName())) {
                try {
                    return Optional.of(read(type, annotation, elements));
                } catch (UnreadableException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /** Whether the network is that of a model. */
    public boolean isImported() {
        return !model.value().isEmpty();
    }

    /** Whether a frozen class is asked for. */
    public boolean isFrozen() {
        return !weights.value().isEmpty() || isImported();
    }

    /** The file that the parameters of the frozen class are from. */
    public Declared<String> file() {
        return isImported() ? model : weights;
    }

    /** Whether a class that can be trained is asked for. */
    public boolean isTrainable() {
        return loss.isWritten()
                || lossFormula.isWritten()
                || outputs.value().stream().anyMatch(OutputDeclaration::hasLoss);
    }

    /** The name of the class that can be trained: the one that is asked for, or {@code Outer_InnerNetwork}. */
    public String trainableName() {
        return className.value().isEmpty() ? flatName() + "Network" : className.value();
    }

    /** The name of the frozen class: {@code Outer_InnerFrozen}, or made of the one that is asked for. */
    public String frozenName() {
        String name = className.value().isEmpty() ? flatName() : className.value();
        return className.value().isEmpty() || isTrainable() ? name + "Frozen" : name;
    }

    private String flatName() {
        return declaredName().replace('.', '_');
    }

    /** The type's name as its package sees it: {@code Outer.Inner}. */
    public String declaredName() {
        return type.getEnclosingElement() instanceof TypeElement
                ? enclosingName((TypeElement) type.getEnclosingElement()) + "." + type.getSimpleName()
                : type.getSimpleName().toString();
    }

    private static String enclosingName(TypeElement type) {
        return type.getEnclosingElement() instanceof TypeElement enclosing
                ? enclosingName(enclosing) + "." + type.getSimpleName()
                : type.getSimpleName().toString();
    }

    private static NetworkDeclaration read(TypeElement type, AnnotationMirror annotation, Elements elements) {
        Values values = new Values(annotation, elements);
        return new NetworkDeclaration(
                type,
                annotation,
                values.get("inputs", value -> as(Integer.class, value)),
                values.get("parts", value -> parts(value, elements)),
                values.get("layers", value -> layers(value, elements)),
                values.get("outputs", value -> outputs(value, elements)),
                values.get("loss", value -> constant(Loss.class, value)),
                values.get("lossFormula", value -> as(String.class, value)),
                values.get("className", value -> as(String.class, value)),
                values.get("unroll", value -> constant(Unroll.class, value)),
                values.get("weights", value -> as(String.class, value)),
                values.get("model", value -> as(String.class, value)),
                values.get("output", NetworkDeclaration::strings),
                values.get("standalone", value -> as(Boolean.class, value)),
                values.get("precision", value -> constant(Precision.class, value)),
                values.get("labels", NetworkDeclaration::strings),
                values.get("also", NetworkDeclaration::derivatives),
                ensures(type, elements));
    }

    /** Each {@code @Ensure} of a type: one alone, or those in the annotation that javac makes of several. */
    private static List<EnsureDeclaration> ensures(TypeElement type, Elements elements) {
        List<EnsureDeclaration> ensures = new ArrayList<>();
        for (AnnotationMirror annotation : type.getAnnotationMirrors()) {
            TypeElement annotationType =
                    (TypeElement) annotation.getAnnotationType().asElement();
            Values values = new Values(annotation, elements);
            if (annotationType.getQualifiedName().contentEquals(Ensure.class.getName())) {
                ensures.add(ensure("", values));
            } else if (annotationType.getQualifiedName().contentEquals(Ensures.class.getName())) {
                for (Values one :
                        values.get("value", list -> annotations(list, elements)).value()) {
                    ensures.add(ensure("@Ensure number " + (ensures.size() + 1) + ": ", one));
                }
            }
        }
        return ensures;
    }

    private static EnsureDeclaration ensure(String which, Values values) {
        return new EnsureDeclaration(
                which,
                values.get("when", value -> as(String.class, value)),
                values.get("then", value -> as(String.class, value)),
                values.get("boxes", value -> as(Integer.class, value)));
    }

    private static List<PartDeclaration> parts(Object list, Elements elements) {
        return annotations(list, elements).stream()
                .map(values -> new PartDeclaration(
                        values.get("name", value -> as(String.class, value)),
                        values.get("size", value -> as(Integer.class, value)),
                        values.get("categories", value -> as(Integer.class, value)),
                        values.get("first", value -> as(Integer.class, value))))
                .toList();
    }

    private static List<LayerDeclaration> layers(Object list, Elements elements) {
        return annotations(list, elements).stream()
                .map(values -> new LayerDeclaration(
                        values.get("units", value -> as(Integer.class, value)),
                        values.get("activation", value -> constant(Activation.class, value)),
                        values.get("bias", value -> as(Boolean.class, value)),
                        values.get("formula", value -> as(String.class, value)),
                        values.get("slope", value -> as(Double.class, value)),
                        values.get("alpha", value -> as(Double.class, value)),
                        values.get("name", value -> as(String.class, value)),
                        values.get("kind", value -> constant(LayerKind.class, value)),
                        values.get("from", NetworkDeclaration::strings),
                        values.get("weightsOf", value -> as(String.class, value)),
                        values.get("inverse", value -> as(Boolean.class, value))))
                .toList();
    }

    private static List<OutputDeclaration> outputs(Object list, Elements elements) {
        return annotations(list, elements).stream()
                .map(values -> new OutputDeclaration(
                        values.get("layer", value -> as(String.class, value)),
                        values.get("loss", value -> constant(Loss.class, value)),
                        values.get("lossFormula", value -> as(String.class, value)),
                        values.get("weight", value -> as(Double.class, value))))
                .toList();
    }

    /** The annotations of an array. */
    private static List<Values> annotations(Object list, Elements elements) {
        List<Values> annotations = new ArrayList<>();
        for (Object item : as(List.class, list)) {
            Object value = as(AnnotationValue.class, item).getValue();
            annotations.add(new Values(as(AnnotationMirror.class, value), elements));
        }
        return annotations;
    }

    private static List<Derivative> derivatives(Object list) {
        List<Derivative> derivatives = new ArrayList<>();
        for (Object item : as(List.class, list)) {
            derivatives.add(
                    constant(Derivative.class, as(AnnotationValue.class, item).getValue()));
        }
        return derivatives;
    }

    private static List<String> strings(Object list) {
        List<String> strings = new ArrayList<>();
        for (Object item : as(List.class, list)) {
            strings.add(as(String.class, as(AnnotationValue.class, item).getValue()));
        }
        return strings;
    }

    private static <E extends Enum<E>> E constant(Class<E> type, Object value) {
        return Enum.valueOf(
                type, as(VariableElement.class, value).getSimpleName().toString());
    }

    private static <T> T as(Class<T> type, Object value) {
        if (!type.isInstance(value)) {
            throw new UnreadableException();
        }
        return type.cast(value);
    }

    /** The values of one annotation, by name. */
    private static final class Values {
        /** What javac puts for a value that does not compile: a string without quotes, which those that do compile have. */
        private static final String NO_VALUE = "<error>";

        private final AnnotationMirror annotation;
        private final Map<String, AnnotationValue> written;
        private final Map<String, AnnotationValue> all;

        Values(AnnotationMirror annotation, Elements elements) {
            this.annotation = annotation;
            this.written = byName(annotation.getElementValues());
            this.all = byName(elements.getElementValuesWithDefaults(annotation));
        }

        private static Map<String, AnnotationValue> byName(
                Map<? extends ExecutableElement, ? extends AnnotationValue> values) {
            return values.entrySet().stream()
                    .collect(Collectors.toMap(
                            entry -> entry.getKey().getSimpleName().toString(), Map.Entry::getValue));
        }

        <T> Declared<T> get(String name, Function<Object, T> reader) {
            AnnotationValue value = all.get(name);
            if (value == null || value.toString().equals(NO_VALUE)) {
                throw new UnreadableException();
            }
            return new Declared<>(reader.apply(value.getValue()), annotation, written.get(name));
        }
    }

    /** A value is missing or of another type: the compiler says so by itself. */
    private static final class UnreadableException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
