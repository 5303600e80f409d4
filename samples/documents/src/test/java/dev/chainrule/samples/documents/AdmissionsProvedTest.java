package dev.chainrule.samples.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is proved of the admissions and what is broken, against the chances computed by hand. */
class AdmissionsProvedTest extends ProgramTest {
    private static final Pattern BROKEN =
            Pattern.compile("\\[PropertyBroken\\] .* the input \\{(.*)\\} gives the output \\{(.*)\\}\\.");

    /** As pandas computes them: means and deviations of samples, of gre and gpa. */
    private static final double[] MEANS = {587.7, 3.3899};

    private static final double[] DEVIATIONS = {115.516536, 0.380567};

    @Test
    void boundsAndAHigherGpa(@TempDir Path folder) throws IOException {
        Optional<Path> data = SharedFiles.find("data/admissions.csv");
        assumeTrue(data.isPresent(), "there is no shared/data beside the checkout");
        assertThat(run("admissions-proved", "--data=" + data.get(), "--folder=" + folder))
                .as(err.toString())
                .isZero();
        String printed = out.toString();
        assertThat(printed)
                .contains("6-2-1, trained as the document does: training error 0.201768, test accuracy 0.725\n");
        Consumer<String> isBroken = line -> assertThat(line).contains("[PropertyBroken]");
        Consumer<String> isProved = line -> assertThat(line).contains(": proved by ");
        assertThat(printed.lines().filter(line -> line.startsWith("  javac, ")))
                .satisfiesExactly(isBroken, isProved, isProved, isBroken, isProved);

        Path small = folder.resolve("6-2-1");
        Path large = folder.resolve("6-8-1");
        double[] two = parameters(2, small);
        double[] eight = parameters(8, large);
        List<MatchResult> broken = BROKEN.matcher(printed).results().toList();
        assertThat(chances(two, broken.get(0))[0]).isLessThan(0.5);
        double[] lowered = chances(eight, broken.get(1));
        assertThat(lowered[1]).isLessThan(lowered[0]);

        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            double gre = between(220, 800, random);
            double gpa = between(2.26, 4, random);
            int rank = 1 + random.nextInt(4);
            assertThat(chance(two, gre, gpa + between(0, 1.74, random), rank))
                    .as("gre %s, gpa %s, rank %d", gre, gpa, rank)
                    .isGreaterThan(chance(two, gre, gpa, rank));
            assertThat(chance(two, gre, between(3.8, 4, random), 1)).isBetween(0.25, 0.56);
            double partGre = between(340, 420, random);
            double partGpa = between(3.4, 3.6, random);
            assertThat(chance(eight, partGre, partGpa + between(0.01, 0.2, random), 1))
                    .as("gre %s, gpa %s", partGre, partGpa)
                    .isGreaterThan(chance(eight, partGre, partGpa, 1));
        }

        out.getBuffer().setLength(0);
        String certificate =
                large.resolve("generated/PartRaisedFrozen.certificate").toString();
        assertThat(run("check", certificate, "--classes=" + large.resolve("classes")))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("  then raisedChance_0 >= chance_0");
        assertThat(large.resolve("generated/PartRaisedNetwork.html")).exists();
    }

    private static double between(double least, double greatest, Random random) {
        return least + (greatest - least) * random.nextDouble();
    }

    private static double[] parameters(int hidden, Path folder) throws IOException {
        TrainableNetwork network = AdmissionsRaised.network(hidden, folder.resolve("again"));
        WeightFile.load(network, folder.resolve("admission.safetensors"));
        return network.parameters();
    }

    /** Of the input that breaks a property, and of the same with the raise; what the compiler says they are. */
    private static double[] chances(double[] parameters, MatchResult broken) {
        double[] input = numbers(broken.group(1));
        double[] chances = {
            chance(parameters, input[0], input[1], (int) input[2]),
            chance(parameters, input[0], input[1] + input[3], (int) input[2])
        };
        assertThat(numbers(broken.group(2))).containsExactly(chances, within(1e-6));
        return chances;
    }

    private static double[] numbers(String text) {
        return Arrays.stream(text.split(", ")).mapToDouble(Double::parseDouble).toArray();
    }

    /** A sigmoid of the hidden sigmoids, without biases: weights from gre, gpa and the four ranks to each of them, then out. */
    private static double chance(double[] parameters, double gre, double gpa, int rank) {
        int hidden = parameters.length / 7;
        double z = 0;
        for (int j = 0; j < hidden; j++) {
            double sum = (gre - MEANS[0]) / DEVIATIONS[0] * parameters[j]
                    + (gpa - MEANS[1]) / DEVIATIONS[1] * parameters[hidden + j]
                    + parameters[(1 + rank) * hidden + j];
            z += sigmoid(sum) * parameters[6 * hidden + j];
        }
        return sigmoid(z);
    }

    private static double sigmoid(double z) {
        return 1 / (1 + Math.exp(-z));
    }
}
