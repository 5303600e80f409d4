package dev.chainrule.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.testing.Compiled;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Narrow networks with long sums: the forward pass has loops, backpropagation of one record is written out if it fits a method. */
class NarrowNetworksTest {
    private static Compiled compiled;

    @BeforeAll
    static void compile() {
        compiled = Compiled.of(
                new NetworkProcessor(),
                List.of(topology("Shallow", "14-4-2"), topology("Deep", "14" + "-4".repeat(24))));
    }

    @Test
    void backpropagationIsWrittenOutAndTheCommentSaysSo() {
        String source = compiled.source("nets.ShallowNetwork");
        assertThat(comment(source)).contains("but for loops in layer 1; backpropagation of one record is written out.");
        assertThat(source).contains("for (int k").contains("dE_da1_3 = ").doesNotContain("delta1(");
    }

    @Test
    void soIsTheFullGradient() {
        assertThat(compiled.source("nets.ShallowNetwork"))
                .contains("// dE/da2_1 * da2_1/dz2_1 * dz2_1/da1_3 * da1_3/dz1_3 * dz1_3/dw1_13_3")
                .doesNotContain("fullGradient1(");
    }

    /** Of 520 parameters, it would have more than the 7,000 bytes of bytecode that a method may have. */
    @Test
    void aDeepOneHasLoopsThereToo() {
        String source = compiled.source("nets.DeepNetwork");
        assertThat(comment(source))
                .contains("its sums and derivatives as loops. ")
                .doesNotContain("is written out");
        assertThat(source).contains("delta1(");
    }

    private static String comment(String source) {
        return source.replaceAll("\\s+\\*\\s+", " ");
    }

    private static Topology topology(String name, String sizes) {
        return Topologies.of(name, sizes, Activation.TANH, Activation.TANH, Loss.SUM_OF_SQUARES, Unroll.AUTO);
    }
}
