package dev.chainrule.runtime.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A damaged file is refused by the documented exception, the network unchanged, or gives the values that were saved. */
class DamagedFileTest {
    private static final long SEED = 20260;

    private enum Outcome {
        LOADED,
        REFUSED
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void everyTruncationIsRefused(ElementType elementType) throws IOException {
        byte[] whole = FileBytes.saved(StoredNetwork.small().filledAtRandom(SEED), elementType);
        for (int length = 0; length < whole.length; length++) {
            assertThat(load(Arrays.copyOf(whole, length), whole, elementType))
                    .as("outcome of %s bytes", length)
                    .isEqualTo(Outcome.REFUSED);
        }
        assertThat(load(Arrays.copyOf(whole, whole.length + 1), whole, elementType))
                .isEqualTo(Outcome.REFUSED);
        assertThat(load(whole, whole, elementType)).isEqualTo(Outcome.LOADED);
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void everyFlippedBitIsRefusedOrChangesNothing(ElementType elementType) throws IOException {
        byte[] whole = FileBytes.saved(StoredNetwork.small().filledAtRandom(SEED), elementType);
        int loaded = 0;
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            loaded += load(damaged, whole, elementType) == Outcome.LOADED ? 1 : 0;
        }
        assertThat(loaded).as("flips that changed nothing").isZero();
    }

    @Test
    void mutatedFilesAreRefused() throws IOException {
        mutate(200_000);
    }

    @Test
    @Tag("long")
    void manyMoreMutatedFilesAreRefused() throws IOException {
        mutate(10_000_000);
    }

    /** Some of the mutants are right by chance, most are wrong in one of many ways; anything but an answer fails. */
    private static void mutate(int count) throws IOException {
        Mutations mutations = new Mutations(SEED);
        StoredNetwork network = StoredNetwork.small();
        int loaded = 0;
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            byte[] mutant = mutations.next();
            network.filledWith(7);
            try {
                FileBytes.load(network, mutant);
                loaded++;
                assertThat(Arrays.stream(network.parameters()).allMatch(Double::isFinite))
                        .as("mutant %s has finite parameters", i)
                        .isTrue();
            } catch (WeightFileException expected) {
                assertThat(Arrays.stream(network.parameters()).allMatch(value -> value == 7))
                        .as("mutant %s left the network unchanged", i)
                        .isTrue();
            } catch (RuntimeException | Error e) {
                throw new AssertionError("mutant " + i + " of seed " + SEED, e);
            }
        }
        assertThat(loaded).as("mutants that load").isBetween(count / 1000, count / 2);
        // A thousand times what it takes; a mutant that takes for ever would be seen as one.
        assertThat((System.nanoTime() - start) / count)
                .as("nanoseconds a mutant")
                .isLessThan(10_000_000);
    }

    private static Outcome load(byte[] bytes, byte[] whole, ElementType elementType) throws IOException {
        StoredNetwork expected = StoredNetwork.small();
        FileBytes.load(expected, whole);
        StoredNetwork network = StoredNetwork.small().filledAtRandom(SEED + 1);
        double[] before = network.parameters().clone();
        try {
            FileBytes.load(network, bytes);
            assertThat(network.parameters()).isEqualTo(expected.parameters());
            return Outcome.LOADED;
        } catch (WeightFileException e) {
            assertThat(e).hasMessageStartingWith("test: ").hasMessageContaining("expected");
            assertThat(network.parameters()).isEqualTo(before);
            return Outcome.REFUSED;
        }
    }
}
