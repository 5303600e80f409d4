package dev.chainrule.processor.code;

import dev.chainrule.annotations.Precision;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.TrainedNetwork;
import dev.chainrule.processor.schedule.Limits;
import dev.chainrule.processor.schedule.Sparsity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where symbols of a frozen network stand: as elsewhere, but for parameters, which are constants. The weights of layers that are
 * written out without their zeros are in the code, whatever the others are in.
 */
public final class FrozenStorage extends Storage {
    /**
     * The bytes of the widest vectors. Wide rows of weights are filled up to a multiple of it where HotSpot is to find vector
     * instructions: HotSpot 17 makes them of a loop over several rows only where these are one or more vectors apart. Narrow rows
     * are filled up to it where vector instructions of the class's own go through them, one vector a row.
     */
    private static final int VECTOR_BYTES = 64;

    /** The narrowest row that is worth a vector. Measured: two sums take no longer without, four take 1.15 times as long. */
    private static final int NARROWEST = 3;

    /**
     * Rows of numbers that move, the last first.
     *
     * @param from where the first begins
     * @param to where it is to begin, not before that
     * @param rows how many they are
     * @param columns how long they are
     * @param rowLength how far apart they are to begin; zeros fill the rest
     */
    public record Spread(int from, int to, int rows, int columns, int rowLength) {}

    private final TrainedNetwork trained;
    private final Sparsity sparsity;
    private final boolean hasLiterals;
    private final boolean hasInputParameters;
    private final boolean usesVectors;

    private FrozenStorage(
            TrainedNetwork trained,
            Sparsity sparsity,
            RecordAccess access,
            boolean hasLiterals,
            boolean hasInputParameters,
            boolean usesVectors) {
        super(trained.network(), access);
        this.trained = trained;
        this.sparsity = sparsity;
        this.hasLiterals = hasLiterals;
        this.hasInputParameters = hasInputParameters;
        this.usesVectors = usesVectors;
    }

    /**
     * All parameters in one array, a constant.
     *
     * @param sparsity which weights are in the code, as their terms are written out
     * @param usesVectors whether the class has vector instructions of its own
     */
    public static FrozenStorage inArray(
            TrainedNetwork trained, Sparsity sparsity, RecordAccess access, boolean usesVectors) {
        return new FrozenStorage(trained, sparsity, access, false, false, usesVectors);
    }

    /** The same for what may be given a block of records. */
    public static Storage inArrayOrBlock(
            TrainedNetwork trained, Sparsity sparsity, RecordAccess access, boolean usesVectors) {
        return inArray(trained, sparsity, access, usesVectors).orInBlock(access);
    }

    /** Each parameter where it is used. */
    public static Storage inCode(TrainedNetwork trained, Sparsity sparsity, RecordAccess access) {
        return new FrozenStorage(trained, sparsity, access, true, false, false).orInBlock(access);
    }

    private Storage orInBlock(RecordAccess access) {
        return access == RecordAccess.IN_BLOCK ? inBlock(trained.network(), this) : this;
    }

    /** Each parameter where it is used, and each input an argument. */
    public static Storage inCodeByArguments(TrainedNetwork trained, Sparsity sparsity, RecordAccess access) {
        return new FrozenStorage(trained, sparsity, access, true, true, false);
    }

    @Override
    public Place place(Symbol symbol) {
        Place place = super.place(symbol);
        if (place instanceof Place.Field field) {
            return new Place.Element(field.name() + "Kept", true, "", 0, List.of());
        }
        if (hasInputParameters && symbol.quantity() == Quantity.INPUT) {
            return new Place.Parameter(symbol.name());
        }
        if (!hasLiterals && isLiteral(symbol)) {
            return new Place.Literal(sparsity.value(symbol));
        }
        if (isLiteral(symbol)) {
            double[] numbers = symbol.quantity().isParameter() ? trained.parameters() : trained.constants();
            return new Place.Literal(numbers[((Place.Element) place).constant()]);
        }
        return place;
    }

    /** Of a single value, which is a field elsewhere, 1. */
    @Override
    public int length(Symbol symbol) {
        return super.place(symbol) instanceof Place.Field ? 1 : super.length(symbol);
    }

    @Override
    public boolean handsOutScratch() {
        return true;
    }

    /** The length of the array of all parameters and constants. */
    public int length() {
        return end(trained.network().depth()) + trained.network().constants();
    }

    /** The parameters and constants that are not in the code, in their usual order. */
    public double[] numbers() {
        double[] all = trained.numbers();
        int length = 0;
        int from = 0;
        for (Layer layer : trained.network().layers()) {
            if (isInCode(layer)) {
                System.arraycopy(all, from, all, length, layer.offset() - from);
                length += layer.offset() - from;
                from = layer.firstBias();
            }
        }
        System.arraycopy(all, from, all, length, all.length - from);
        return Arrays.copyOf(all, length + all.length - from);
    }

    /** Whether the weights of a layer are, where those of others are not. */
    private boolean isInCode(Layer layer) {
        return layer.ownsWeights()
                && sparsity.isWrittenOut(trained.network().layers().indexOf(layer) + 1);
    }

    @Override
    public int weights(Layer layer) {
        return !hasLiterals && isInCode(layer) ? 0 : super.weights(layer);
    }

    /** What brings the parameters from their usual order to their places, in this order; nothing where they are there. */
    public List<Spread> spreads() {
        List<Spread> spreads = new ArrayList<>();
        int constants = trained.network().constants();
        int from = numbers().length - constants;
        if (constants > 0 && from < firstConstant()) {
            spreads.add(new Spread(from, firstConstant(), 1, constants, constants));
        }
        for (int l = trained.network().depth(); l >= 1; l--) {
            Layer layer = trained.network().layer(l);
            int rows = (layer.ownsWeights() && !isInCode(layer) ? layer.inputs() : 0) + rowsOfUnits(layer);
            from -= rows * layer.units();
            Spread spread = new Spread(from, firstParameter(l), rows, layer.units(), rowLength(layer.units()));
            if (rows > 0 && (spread.from() < spread.to() || spread.columns() < spread.rowLength())) {
                spreads.add(spread);
            }
        }
        return spreads;
    }

    @Override
    public int firstParameter(int layer) {
        return end(layer - 1);
    }

    /** Where the parameters of the first layers end. */
    private int end(int layers) {
        return trained.network().layers().subList(0, layers).stream()
                .mapToInt(layer -> weights(layer) + rowsOfUnits(layer) * rowLength(layer.units()))
                .sum();
    }

    /** The parameters of a unit that are not weights. */
    private static int rowsOfUnits(Layer layer) {
        return (layer.biases() > 0 ? 1 : 0) + layer.activation().letters().size();
    }

    @Override
    public int rowLength(int columns) {
        int vector = VECTOR_BYTES / (trained.precision() == Precision.FLOAT ? Float.BYTES : Double.BYTES);
        boolean isFilledUp =
                !hasLiterals && (usesVectors ? NARROWEST <= columns && columns < vector : columns >= Limits.WIDE);
        return isFilledUp ? (columns + vector - 1) / vector * vector : columns;
    }

    @Override
    public Precision precision() {
        return trained.precision();
    }

    @Override
    public boolean isLiteral(Symbol symbol) {
        return hasLiterals
                ? symbol.quantity().isParameter() || symbol.quantity().isConstant()
                : sparsity.isOfWrittenOut(symbol);
    }

    @Override
    public String parameters() {
        return "PARAMETERS";
    }

    /** The constants follow the parameters. */
    @Override
    protected String constants() {
        return "PARAMETERS";
    }

    @Override
    protected int firstConstant() {
        return hasLiterals ? 0 : end(trained.network().depth());
    }
}
