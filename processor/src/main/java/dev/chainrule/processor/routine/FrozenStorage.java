package dev.chainrule.processor.routine;

import dev.chainrule.annotations.Precision;
import dev.chainrule.processor.derivation.Quantity;
import dev.chainrule.processor.derivation.Symbol;
import dev.chainrule.processor.model.Layer;
import dev.chainrule.processor.model.TrainedNetwork;
import java.util.List;

/** Where symbols of a frozen network stand: as elsewhere, but for parameters, which are constants. */
public final class FrozenStorage extends Storage {
    /**
     * What wide rows of weights are filled up to a multiple of: HotSpot 17 makes vector instructions of a loop over several rows
     * only where these are one or more vectors apart, of up to so many bytes.
     */
    private static final int ROW_BYTES = 64;

    private final TrainedNetwork trained;
    private final boolean hasLiterals;
    private final boolean hasInputParameters;
    private final int rowMultiple;

    private FrozenStorage(
            TrainedNetwork trained,
            RecordAccess access,
            boolean hasLiterals,
            boolean hasInputParameters,
            int rowMultiple) {
        super(trained.network(), access);
        this.trained = trained;
        this.hasLiterals = hasLiterals;
        this.hasInputParameters = hasInputParameters;
        this.rowMultiple = rowMultiple;
    }

    /**
     * All parameters in one array, a constant.
     *
     * @param usesVectors whether vector instructions of its own go through the rows, which are faster close together
     */
    public static FrozenStorage inArray(TrainedNetwork trained, RecordAccess access, boolean usesVectors) {
        int rowMultiple = ROW_BYTES / (trained.precision() == Precision.FLOAT ? Float.BYTES : Double.BYTES);
        return new FrozenStorage(trained, access, false, false, usesVectors ? 1 : rowMultiple);
    }

    /** Each parameter where it is used. */
    public static Storage inCode(TrainedNetwork trained, RecordAccess access) {
        return new FrozenStorage(trained, access, true, false, 1);
    }

    /** Each parameter where it is used, and each input an argument. */
    public static Storage inCodeByArguments(TrainedNetwork trained, RecordAccess access) {
        return new FrozenStorage(trained, access, true, true, 1);
    }

    @Override
    public Place place(Symbol symbol) {
        Place place = super.place(symbol);
        if (hasInputParameters && symbol.quantity() == Quantity.INPUT) {
            return new Place.Parameter(symbol.name());
        }
        return isLiteral(symbol) ? new Place.Literal(trained.parameters()[((Place.Element) place).constant()]) : place;
    }

    /** The array of all parameters. */
    public double[] array() {
        List<Layer> layers = trained.network().layers();
        double[] array = new double[end(layers.size())];
        for (int l = 1; l <= layers.size(); l++) {
            Layer layer = layers.get(l - 1);
            int units = layer.units();
            for (int k = 0; k < layer.inputs(); k++) {
                int row = firstParameter(l) + rowLength(units) * k;
                System.arraycopy(trained.parameters(), layer.weight(k, 0), array, row, units);
            }
            int biases = layer.parameters() - layer.weights();
            System.arraycopy(trained.parameters(), layer.firstBias(), array, end(l) - biases, biases);
        }
        return array;
    }

    @Override
    public int firstParameter(int layer) {
        return end(layer - 1);
    }

    /** Where the parameters of the first layers end. */
    private int end(int layers) {
        return trained.network().layers().subList(0, layers).stream()
                .mapToInt(layer -> weights(layer) + layer.parameters() - layer.weights())
                .sum();
    }

    @Override
    public int rowLength(int columns) {
        return columns < Tiles.WIDE ? columns : (columns + rowMultiple - 1) / rowMultiple * rowMultiple;
    }

    @Override
    public Precision precision() {
        return trained.precision();
    }

    @Override
    public boolean isLiteral(Symbol symbol) {
        return hasLiterals && symbol.quantity().isParameter();
    }

    @Override
    public String parameters() {
        return "PARAMETERS";
    }
}
