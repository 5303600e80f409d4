package dev.chainrule.processor.classes;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.chainrule.processor.code.FrozenStorage;
import dev.chainrule.processor.java.JavaNumbers;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.lang.model.element.Modifier;

/**
 * An array of parameters as constants of a class file: text, as only that takes no code for each number. All are doubles, or
 * floats where each of them is one, in Base64; the array is of the type that the class computes in.
 */
final class EncodedParameters {
    /** The characters of a line, a multiple of what 9 numbers take, so that each line stands for whole numbers. */
    private static final int LINE = 96;

    /** A constant of a class file has at most 65,535 bytes, the ends of lines among them. */
    private static final int LINES = 65_535 / (LINE + 1);

    private static final Base64.Encoder ENCODER = Base64.getMimeEncoder(LINE, new byte[] {'\n'});

    private EncodedParameters() {}

    /**
     * Adds the array PARAMETERS, and what fills it when the class is initialised.
     *
     * @param parameters in the usual order
     * @param spreads what brings them to their places
     * @param length the length of the array
     * @param literal a text as it stands in the source: {@link #textBlock}, or {@link #lines} for any release
     * @param documentation of the array
     */
    static void addTo(
            TypeSpec.Builder builder,
            double[] parameters,
            List<FrozenStorage.Spread> spreads,
            int length,
            JavaNumbers numbers,
            UnaryOperator<String> literal,
            String documentation) {
        boolean areFloats = Arrays.stream(parameters).allMatch(value -> (double) (float) value == value);
        int bytes = areFloats ? Float.BYTES : Double.BYTES;
        int aConstant = LINES * (LINE / 4 * 3 / bytes);
        CodeBlock.Builder code = CodeBlock.builder();
        for (int from = 0; from < parameters.length; from += aConstant) {
            int to = Math.min(from + aConstant, parameters.length);
            code.add("decode($L, $L);\n", from, literal.apply(encoded(parameters, from, to, areFloats)));
        }
        spreads.forEach(spread -> code.add(
                "spread($L, $L, $L, $L, $L);\n",
                spread.from(),
                spread.to(),
                spread.rows(),
                spread.columns(),
                spread.rowLength()));
        builder.addField(
                FieldSpec.builder(numbers.array(), "PARAMETERS", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                        .addJavadoc(documentation)
                        .initializer("new $T[$L]", numbers.type(), length)
                        .build());
        builder.addStaticBlock(code.build());
        builder.addMethod(decode(areFloats));
        if (!spreads.isEmpty()) {
            builder.addMethod(spread());
        }
    }

    static String encoded(double[] parameters, int from, int to, boolean areFloats) {
        ByteBuffer bytes = ByteBuffer.allocate((to - from) * (areFloats ? Float.BYTES : Double.BYTES));
        for (int i = from; i < to; i++) {
            if (areFloats) {
                bytes.putFloat((float) parameters[i]);
            } else {
                bytes.putDouble(parameters[i]);
            }
        }
        return ENCODER.encodeToString(bytes.array());
    }

    /** The text between quotes, each line on one of the source. */
    static String textBlock(String text) {
        return "\"\"\"\n        " + text.replace("\n", "\n        ") + "\"\"\"";
    }

    /** The text as a string a line, without the ends of lines. */
    static String lines(String text) {
        return "\n        \"" + text.replace("\n", "\"\n        + \"") + "\"";
    }

    private static MethodSpec decode(boolean areFloats) {
        return MethodSpec.methodBuilder("decode")
                .addJavadoc(
                        "Puts numbers among the parameters, from an index on; the text is Base64 of $L, big-endian.",
                        areFloats ? "floats" : "doubles")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addParameter(int.class, "from")
                .addParameter(String.class, "text")
                .addStatement(
                        "final $1T bytes = $1T.wrap($2T.getMimeDecoder().decode(text))",
                        ClassName.get(ByteBuffer.class),
                        ClassName.get(Base64.class))
                .beginControlFlow("for (int i = from; bytes.hasRemaining(); i++)")
                .addStatement("PARAMETERS[i] = bytes.get$L()", areFloats ? "Float" : "Double")
                .endControlFlow()
                .build();
    }

    private static MethodSpec spread() {
        return MethodSpec.methodBuilder("spread")
                .addJavadoc(
                        "Moves rows of numbers to where they begin a row length apart, the last first; zeros fill the rest.")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addParameter(int.class, "from")
                .addParameter(int.class, "to")
                .addParameter(int.class, "rows")
                .addParameter(int.class, "columns")
                .addParameter(int.class, "rowLength")
                .beginControlFlow("for (int k = rows - 1; k >= 0; k--)")
                .addStatement("final int row = to + rowLength * k")
                .addStatement("$T.arraycopy(PARAMETERS, from + columns * k, PARAMETERS, row, columns)", System.class)
                .addStatement("$T.fill(PARAMETERS, row + columns, row + rowLength, 0)", Arrays.class)
                .endControlFlow()
                .build();
    }
}
