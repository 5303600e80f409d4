package dev.chainrule.samples.benchmarks.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chainrule.samples.benchmarks.contenders.Evaluator;
import dev.chainrule.samples.benchmarks.contenders.FixedNetwork;
import dev.chainrule.samples.benchmarks.contenders.Numbers;
import dev.chainrule.samples.benchmarks.contenders.Operation;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever is compared computes the same; nothing is timed. ONNX Runtime, with its native library, is left to the table itself. */
class ContendersTest {
    @ParameterizedTest
    @EnumSource(FixedNetwork.class)
    void computeTheSame(FixedNetwork network) {
        for (Operation operation : Operation.values()) {
            double[] expected = values(Contender.CHAINRULE, network, operation);
            for (Contender contender : new Contender[] {Contender.PLAIN_LOOPS, Contender.ENCOG}) {
                if (contender.does(operation)) {
                    assertThat(values(contender, network, operation))
                            .as("%s of %s", operation, contender)
                            .containsExactly(expected, within(contender.tolerance()));
                }
            }
        }
    }

    @Test
    void computeTheSameInC(@TempDir Path directory) throws Exception {
        Optional<CPrograms> programs = CPrograms.build(directory, "double");
        assumeTrue(programs.isPresent(), "no C compiler");
        for (FixedNetwork network : FixedNetwork.values()) {
            for (Operation operation : Operation.values()) {
                assertThat(programs.get().values(network, operation).numbers())
                        .as("%s of %s", operation, network.shape().name())
                        .containsExactly(values(Contender.CHAINRULE, network, operation), within(1e-9));
            }
        }
    }

    private static double[] values(Contender contender, FixedNetwork network, Operation operation) {
        Numbers numbers = Numbers.of(network.shape());
        Evaluator evaluator = contender.on(network, numbers.parameters());
        return new Work(operation, evaluator, network.shape(), numbers).values();
    }
}
