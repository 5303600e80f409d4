package dev.chainrule.processor.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chainrule.annotations.Precision;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.TrainedNetwork;
import dev.chainrule.processor.schedule.Schedule;
import dev.chainrule.processor.testing.Topologies;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrozenStorageTest {
    /** With vector instructions of its own, rows of fewer numbers than the widest vector; without them, wide rows. */
    @ParameterizedTest
    @CsvSource({
        "DOUBLE, true, 1 2 8 8 8 8 8 8 9 15 16 17 33",
        "FLOAT, true, 1 2 16 16 16 16 16 16 16 16 16 17 33",
        "DOUBLE, false, 1 2 3 4 5 6 7 8 9 15 16 24 40",
        "FLOAT, false, 1 2 3 4 5 6 7 8 9 15 16 32 48"
    })
    void someRowsAreFilledUp(Precision precision, boolean usesVectors, String lengths) {
        int[] units = {1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 33};
        Random random = new Random(41);
        Network network = Topologies.model(Topologies.random("Rows", new int[] {3, 5, 20, 4, 1}, Unroll.NONE, random));
        FrozenStorage storage = storage(network, precision, usesVectors);
        assertThat(Arrays.stream(units).map(storage::rowLength).toArray())
                .isEqualTo(Arrays.stream(lengths.split(" "))
                        .mapToInt(Integer::parseInt)
                        .toArray());
    }

    /** Spread, the parameters are at their places, zeros between them, and a row begins nowhere too late for its length. */
    @ParameterizedTest
    @CsvSource({"DOUBLE, true", "FLOAT, true", "DOUBLE, false", "FLOAT, false"})
    void parametersAreFound(Precision precision, boolean usesVectors) {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            int[] sizes = random.ints(random.nextInt(2, 6), 1, 40).toArray();
            Network network = Topologies.model(Topologies.random("Rows", sizes, Unroll.NONE, random));
            FrozenStorage storage = storage(network, precision, usesVectors);
            String name = "seed " + seed + ", " + network.shape();
            double[] array = spread(storage, network.parameters());
            Set<Integer> taken = new HashSet<>();
            for (int l = 1; l <= network.depth(); l++) {
                Layer layer = network.layer(l);
                for (int k = 0; k < layer.inputs() + (layer.bias() ? 1 : 0); k++) {
                    for (int j = 0; j < layer.units(); j++) {
                        Symbol symbol = k < layer.inputs()
                                ? Symbol.at(Quantity.WEIGHT, l, k, j)
                                : Symbol.at(Quantity.BIAS, l, j);
                        int place = ((Place.Element) storage.place(symbol)).constant();
                        double expected = layer.offset() + layer.units() * k + j + 1;
                        assertThat(array[place]).as(name + ", " + symbol).isEqualTo(expected);
                        assertThat(taken.add(place)).as(name + ", " + symbol).isTrue();
                        assertThat(place - j + storage.rowLength(layer.units()))
                                .as(name + ", end of the row of " + symbol)
                                .isLessThanOrEqualTo(array.length);
                    }
                }
            }
            assertThat(taken).as(name).hasSize(network.parameters());
            assertThat(IntStream.range(0, array.length).filter(i -> !taken.contains(i)))
                    .as(name)
                    .allMatch(i -> array[i] == 0);
        }
    }

    /** The numbers 1, 2, 3, ... for parameters, moved as generated classes do it. */
    private static double[] spread(FrozenStorage storage, int parameters) {
        double[] array = new double[storage.length()];
        Arrays.setAll(array, i -> i < parameters ? i + 1 : 0);
        for (FrozenStorage.Spread spread : storage.spreads()) {
            for (int k = spread.rows() - 1; k >= 0; k--) {
                int row = spread.to() + spread.rowLength() * k;
                System.arraycopy(array, spread.from() + spread.columns() * k, array, row, spread.columns());
                Arrays.fill(array, row + spread.columns(), row + spread.rowLength(), 0);
            }
        }
        return array;
    }

    /** With any parameters. */
    private static FrozenStorage storage(Network network, Precision precision, boolean usesVectors) {
        double[] parameters =
                IntStream.rangeClosed(1, network.parameters()).asDoubleStream().toArray();
        TrainedNetwork trained = new TrainedNetwork(network, parameters, new double[0], precision);
        return FrozenStorage.inArray(trained, Schedule.of(trained).sparsity(), RecordAccess.AMONG_OTHERS, usesVectors);
    }
}
