package dev.chainrule.processor.classes;

import com.palantir.javapoet.MethodSpec;
import dev.chainrule.processor.code.RecordAccess;
import dev.chainrule.processor.code.Routine;
import dev.chainrule.processor.code.Storage;
import dev.chainrule.processor.java.JavaMethodRenderer;
import dev.chainrule.processor.java.JavaNumbers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.lang.model.element.Modifier;

/** Methods as JavaPoet takes them, around the text that the renderer makes of a routine. */
final class MethodBodies {
    private final Function<RecordAccess, Storage> storage;
    private final String vectorClass;
    private final List<String> scratch;
    private final Map<String, JavaMethodRenderer.Body> rendered = new HashMap<>();

    /**
     * @param vectorClass the class that the vector instructions are in
     * @param scratch the names of the scratch arrays, in their order, where methods are handed them
     */
    MethodBodies(Function<RecordAccess, Storage> storage, String vectorClass, List<String> scratch) {
        this.storage = storage;
        this.vectorClass = vectorClass;
        this.scratch = scratch;
    }

    /** The statements of a routine. */
    String text(Routine routine) {
        JavaMethodRenderer.Body body =
                JavaMethodRenderer.body(routine, storage.apply(routine.access()), vectorClass, scratch);
        rendered.put(routine.name(), body);
        return String.join("\n", body.lines()) + "\n";
    }

    /** All bodies so far, by the names of their routines. */
    Map<String, JavaMethodRenderer.Body> rendered() {
        return rendered;
    }

    /** A private method: a step, or what several public methods share. */
    MethodSpec step(Routine routine) {
        return method(routine, Modifier.PRIVATE);
    }

    /** The method of a routine. */
    MethodSpec method(Routine routine, Modifier... modifiers) {
        Storage places = storage.apply(routine.access());
        JavaNumbers numbers = JavaNumbers.of(places.precision());
        MethodSpec.Builder method = MethodSpec.methodBuilder(routine.name())
                .addModifiers(modifiers)
                .returns(routine.returnsError() ? numbers.type() : void.class);
        if (places.handsOutScratch()) {
            method.addModifiers(Modifier.STATIC);
        }
        JavaMethodRenderer.parameters(routine, numbers).forEach((name, type) -> method.addParameter(type, name));
        return method.addCode("$L", text(routine)).build();
    }
}
