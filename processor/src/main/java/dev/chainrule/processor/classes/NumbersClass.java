package dev.chainrule.processor.classes;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.chainrule.processor.java.JavaNumbers;
import dev.chainrule.processor.network.GeneratedType;
import dev.chainrule.processor.network.TrainedNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;

/** The class beside a network's that holds the numbers of its file, for a training that goes on from them. */
public final class NumbersClass {
    private NumbersClass() {}

    /** Its name: that of the network's class, then Numbers. */
    public static GeneratedType of(GeneratedType network) {
        return new GeneratedType(
                network.packageName(), network.name() + "Numbers", network.name(), false, network.canNameGenerator());
    }

    /** Its text, for a network's class of this name. */
    public static String text(GeneratedType networkType, TrainedNetwork trained) {
        GeneratedType type = of(networkType);
        TypeSpec.Builder builder = ClassFrame.opened(
                type,
                Paragraph.of("The numbers of the file that {@link " + networkType.declaredName()
                                + "} names, for {@link " + networkType.name() + "#pretrained}.")
                        + "\n");
        double[] numbers = trained.numbers();
        int parameters = trained.parameters().length;
        EncodedParameters.addTo(
                builder,
                numbers,
                List.of(),
                numbers.length,
                JavaNumbers.DOUBLE,
                EncodedParameters::lines,
                "The parameters in their layout"
                        + (trained.constants().length > 0 ? ", and then the constants." : "."));
        builder.addMethod(
                MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build());
        builder.addMethod(copy("parameters", 0, parameters));
        if (trained.constants().length > 0) {
            builder.addMethod(copy("constants", parameters, numbers.length));
        }
        return SourceText.of(type, ClassFrame.file(type, builder.build(), Set.of()));
    }

    private static MethodSpec copy(String name, int from, int to) {
        return MethodSpec.methodBuilder(name)
                .addJavadoc("{@return a copy of the $L}", name)
                .addModifiers(Modifier.STATIC)
                .returns(double[].class)
                .addCode(CodeBlock.of("return $T.copyOfRange(PARAMETERS, $L, $L);\n", Arrays.class, from, to))
                .build();
    }
}
