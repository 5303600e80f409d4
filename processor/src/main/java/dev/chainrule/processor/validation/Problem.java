package dev.chainrule.processor.validation;

import dev.chainrule.processor.declaration.Declared;
import dev.chainrule.processor.declaration.NetworkDeclaration;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;

/**
 * What is wrong with a declaration.
 *
 * @param code a word to search for
 * @param message what is wrong and what to do
 * @param element what carries the declaration
 * @param annotation the annotation at fault
 * @param value the value at fault, or null for the annotation as a whole
 */
public record Problem(
        String code, String message, Element element, AnnotationMirror annotation, AnnotationValue value) {
    /** A problem with the declaration as a whole. */
    public static Problem with(NetworkDeclaration declaration, String code, String message) {
        return new Problem(code, message, declaration.type(), declaration.annotation(), null);
    }

    /** A problem with the name of the generated class: on className where it is given. */
    public static Problem named(NetworkDeclaration declaration, String code, String message) {
        return with(declaration, declaration.className(), code, message);
    }

    /** A problem with one value. */
    public static Problem with(NetworkDeclaration declaration, Declared<?> value, String code, String message) {
        return new Problem(code, message, declaration.type(), value.annotation(), value.where());
    }

    /** The text that the compiler prints: {@code [UnitsOutOfRange] units = 0; a layer has 1 to ...}. */
    public String text() {
        return "[" + code + "] " + message;
    }
}
