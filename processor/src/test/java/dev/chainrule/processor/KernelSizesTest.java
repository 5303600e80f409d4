package dev.chainrule.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.processor.testing.ClassFiles;
import dev.chainrule.runtime.FloatKernels;
import dev.chainrule.runtime.Kernels;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What tanh, sigmoid, exp and erf are made of is small enough for HotSpot to inline it whatever its profile says. */
class KernelSizesTest {
    /** HotSpot's MaxInlineSize. */
    private static final int INLINED_BYTES = 35;

    private static void assertInlined(Class<?> kernels, List<String> methods) throws IOException {
        try (InputStream file = kernels.getResourceAsStream(kernels.getSimpleName() + ".class")) {
            Map<String, Integer> bytes = ClassFiles.codeBytes(file.readAllBytes());
            assertThat(bytes).containsKeys(methods.toArray(String[]::new));
            bytes.keySet().retainAll(methods);
            assertThat(bytes.values()).as("bytes of %s", bytes).allMatch(size -> size <= INLINED_BYTES);
        }
    }

    @Test
    void inDouble() throws IOException {
        assertInlined(
                Kernels.class,
                List.of(
                        "exp",
                        "expBesidePower",
                        "expm1NearZero",
                        "expRest",
                        "expTail",
                        "row",
                        "tanhNearZero",
                        "tanhTail"));
    }

    @Test
    void ofErf() throws IOException, ClassNotFoundException {
        assertInlined(
                Class.forName("dev.chainrule.runtime.ErfPolynomials"),
                List.of(
                        "beyondArgument",
                        "even",
                        "odd",
                        "scaledErfc",
                        "scaledErfcAt",
                        "evenOfScaled",
                        "oddOfScaled",
                        "polynomial"));
    }

    @Test
    void inFloat() throws IOException {
        assertInlined(FloatKernels.class, List.of("exp", "expOfMinus", "expTail", "oneMinusExpOfMinus", "rest"));
    }
}
