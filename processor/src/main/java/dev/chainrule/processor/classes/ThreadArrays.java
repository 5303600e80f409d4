package dev.chainrule.processor.classes;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import dev.chainrule.processor.code.Scratch;
import dev.chainrule.processor.java.JavaNumbers;
import java.util.List;
import java.util.Locale;
import javax.lang.model.element.Modifier;

/**
 * Arrays that a thread has of its own, in which the steps of a frozen class leave values for each other.
 *
 * @param numbers what they hold
 * @param getter the method that returns those of the thread, made in its first call
 * @param maker the method that makes them
 */
record ThreadArrays(JavaNumbers numbers, String getter, String maker) {
    /** {@code OF_THREAD}, {@code BLOCK_OF_THREAD}: a name in the case of constants. */
    private String holder() {
        return getter.replaceAll("(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }

    /** What holds them. */
    FieldSpec.Builder field() {
        ParameterizedTypeName local = ParameterizedTypeName.get(ThreadLocal.class, numbers.arrays());
        return FieldSpec.builder(local, holder(), Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer("new $T<>()", ThreadLocal.class);
    }

    /** The getter. */
    MethodSpec get() {
        return MethodSpec.methodBuilder(getter)
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(numbers.arrays())
                .addStatement("$T arrays = $L.get()", numbers.arrays(), holder())
                .beginControlFlow("if (arrays == null)")
                .addStatement("arrays = $L()", maker)
                .addStatement("$L.set(arrays)", holder())
                .endControlFlow()
                .addStatement("return arrays")
                .build();
    }

    /** What makes arrays of numbers, apart from the getter, which has to stay small enough for the JIT compiler. */
    static MethodSpec maker(String name, JavaNumbers numbers, List<Scratch> arrays) {
        CodeBlock.Builder code = CodeBlock.builder();
        for (int i = 0; i < arrays.size(); i++) {
            Scratch array = arrays.get(i);
            code.add("scratch[$L] = new $T[$L]; // $L\n", i, numbers.type(), array.size(), array.name());
        }
        return MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(numbers.arrays())
                .addStatement("final $T scratch = new $T[$L][]", numbers.arrays(), numbers.type(), arrays.size())
                .addCode(code.build())
                .addStatement("return scratch")
                .build();
    }
}
