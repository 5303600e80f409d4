package dev.chainrule.samples.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IdentityTrainingTest {
    private final double[] start = IdentityTraining.initialParameters(IdentityProgram.SEED);

    @ParameterizedTest
    @EnumSource
    void everyMethodLearnsTheIdentity(GradientMethod method) {
        IdentityNetwork network = IdentityTraining.by(method, start).network();
        double[] output = new double[2];
        for (int record = 0; record < Identity.RECORDS; record++) {
            double[] input = Arrays.copyOfRange(Identity.INPUTS, 2 * record, 2 * record + 2);
            network.forward(input, output);
            assertThat(output).as("outputs for %s", Arrays.toString(input)).containsExactly(input, within(0.1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyMethodDescendsAlongTheSameErrors(GradientMethod method) {
        double[] errors = IdentityTraining.by(method, start).errors();
        double[] reference =
                IdentityTraining.by(GradientMethod.BACKPROPAGATION, start).errors();
        assertThat(errors).hasSize(IdentityTraining.EPOCHS).containsExactly(reference, within(1e-7));
    }

    @Test
    void gradientsAgreeAtEveryStep() {
        double[] differences = IdentityTraining.largestDifferences(start);
        assertThat(differences[GradientMethod.PERTURBATION.ordinal()]).isBetween(0.0, 1e-9);
        assertThat(differences[GradientMethod.FULL_GRADIENT.ordinal()]).isBetween(0.0, 1e-14);
        assertThat(differences[GradientMethod.BACKPROPAGATION.ordinal()]).isZero();
    }

    @Test
    void trainingLeavesItsStartAlone() {
        double[] before = start.clone();
        IdentityTraining.by(GradientMethod.PERTURBATION, start);
        assertThat(start).containsExactly(before);
    }

    @Test
    void weightsAreRandomAndBiasesZero() {
        IdentityNetwork names = new IdentityNetwork(start);
        for (int i = 0; i < start.length; i++) {
            assertThat(start[i] == 0)
                    .as(names.parameterName(i))
                    .isEqualTo(names.parameterName(i).startsWith("b"));
        }
    }

    @Test
    void printsEveryTenthEpochAndWhereTheSourceLies() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        IdentityProgram.print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        for (int epoch = 0; epoch < IdentityTraining.EPOCHS; epoch += 10) {
            String row = " +" + epoch + "( +\\d\\.\\d{12}){3}";
            assertThat(lines).as("epoch %d", epoch).anyMatch(line -> line.matches(row));
        }
        assertThat(lines.get(lines.size() - 1)).contains("IdentityNetwork.java");
    }
}
