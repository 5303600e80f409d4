package dev.chainrule.processor.declaration;

import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;

/**
 * A value of an annotation and where it stands.
 *
 * @param annotation the annotation that it belongs to
 * @param where where it is written, or null where the default holds
 */
public record Declared<T>(T value, AnnotationMirror annotation, AnnotationValue where) {
    /** Whether it is written, so that the default does not hold. */
    public boolean isWritten() {
        return where != null;
    }
}
