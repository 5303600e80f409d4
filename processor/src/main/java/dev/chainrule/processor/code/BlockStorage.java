package dev.chainrule.processor.code;

import dev.chainrule.annotations.Precision;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.rewrite.PartialSums;
import dev.chainrule.processor.schedule.Limits;
import java.util.ArrayList;
import java.util.List;

/**
 * Where symbols stand while a block of records is dealt with: what is computed for each record in a matrix with one row a unit
 * and one column a record, {@code a1Rows[64 * j + r]}.
 */
public final class BlockStorage extends Storage {
    /** The records of a block. */
    public static final Index.Variable RECORD = new Index.Variable("r", Limits.BLOCK_RECORDS);

    private final Network network;
    private final Storage parameters;
    private final Index record;

    /**
     * @param parameters where parameters and constants are
     * @param record which record a symbol is of, where it does not say: every one in turn, or one of them
     */
    BlockStorage(Network network, RecordAccess access, Storage parameters, Index record) {
        super(network, access);
        this.network = network;
        this.parameters = parameters;
        this.record = record;
    }

    @Override
    public Place place(Symbol symbol) {
        return switch (symbol.quantity()) {
            case WEIGHT, BIAS, TRAINABLE, SHIFT, SCALE -> parameters.place(symbol);
            case UNIT_VALUE -> super.place(symbol);
            case INPUT -> ofRecord(super.place(symbol), network.inputs(), symbol);
            case TARGET, OUTPUT -> ofRecord(super.place(symbol), network.outputs(), symbol);
            case CHOSEN,
                    SEED,
                    TANGENT,
                    DIRECTION_OF_WEIGHT,
                    DIRECTION_OF_BIAS,
                    DIRECTION_OF_TRAINABLE,
                    DIRECTION_OF_INPUT,
                    OUTPUT_BY_WEIGHT,
                    OUTPUT_BY_BIAS,
                    OUTPUT_BY_TRAINABLE,
                    OUTPUT_BY_INPUT -> throw new IllegalArgumentException(symbol + " is for single records");
            case ERROR_BY_WEIGHT, ERROR_BY_BIAS, ERROR_BY_TRAINABLE, ERROR_BY_INPUT ->
                throw new IllegalArgumentException(symbol + " has no value for each record");
            case DELTA_ROW -> matrix("delta" + symbol.layer() + "Columns", symbol);
            case PARTIAL_SUM ->
                symbol.indices().size() == 2 ? matrix("partialRows", symbol) : row("partialRows", symbol);
            // Those of the unit that is worked on
            case PART ->
                row(
                        "partRows",
                        new Symbol(
                                Quantity.PART, 0, "", List.of(symbol.indices().get(0))));
            case FACTOR_ROW -> matrix("factorColumns", symbol);
            case ROW_APART ->
                element("apartRows", List.of(symbol.indices().get(0), record(symbol, 1)), Limits.ROW_APART, 1);
            case INPUT_ROW, ARGUMENT, LOW, ERROR -> row(symbol.quantity().letter() + "Rows", symbol);
            default -> row(symbol.family().name() + "Rows", symbol);
        };
    }

    @Override
    public int length(Symbol symbol) {
        int records = RECORD.size();
        return switch (symbol.quantity()) {
            case INPUT_ROW -> records * network.inputs();
            case CATEGORY, SOURCE, ARGUMENT, LOW -> records * super.length(symbol);
            case DELTA_ROW -> records * rowAlong(network.units(symbol.layer()));
            case FACTOR_ROW -> records * rowAlong(network.layer(symbol.layer()).inputs());
            case ROW_APART -> Limits.ROW_APART * largestLayer();
            case PART -> records * PartialSums.PARTS;
            case PARTIAL_SUM -> (records + 1) * (largestLayer() + PartialSums.PARTS);
            default -> symbol.indices().isEmpty() ? records : records * network.units(symbol.layer());
        };
    }

    @Override
    public Precision precision() {
        return parameters.precision();
    }

    @Override
    public boolean isLiteral(Symbol symbol) {
        return parameters.isLiteral(symbol);
    }

    @Override
    public String parameters() {
        return parameters.parameters();
    }

    @Override
    public boolean handsOutScratch() {
        return parameters.handsOutScratch();
    }

    private int largestLayer() {
        int largest = network.inputs();
        for (int layer = 1; layer <= network.depth(); layer++) {
            largest = Math.max(largest, Math.max(network.layer(layer).inputs(), network.units(layer)));
        }
        return largest;
    }

    /** A record's row of the caller's array. */
    private Place ofRecord(Place place, int width, Symbol symbol) {
        Place.Element element = (Place.Element) place;
        Index column = record(symbol, 1);
        List<Place.Term> terms = new ArrayList<>(terms(List.of(column), width));
        terms.addAll(element.terms());
        int constant = element.constant() + constant(0, List.of(column), width);
        return new Place.Element(element.array(), false, element.base(), constant, terms);
    }

    /** One column a record. */
    private Place row(String name, Symbol symbol) {
        boolean isOfUnit = !symbol.indices().isEmpty();
        Index column = record(symbol, isOfUnit ? 1 : 0);
        return isOfUnit
                ? element(name, List.of(symbol.indices().get(0), column), RECORD.size(), 1)
                : element(name, List.of(column), 1);
    }

    /** One row a record. */
    private Place matrix(String name, Symbol symbol) {
        int columns = ((Index.Variable) symbol.indices().get(1)).size();
        return element(name, symbol.indices(), rowAlong(columns), 1);
    }

    /** Whole vectors, or HotSpot 17 would make none of a loop over several rows. */
    @Override
    public int rowAlong(int columns) {
        return (columns + Limits.LANES - 1) / Limits.LANES * Limits.LANES;
    }

    private static Place element(String name, List<Index> indices, int... strides) {
        return new Place.Element(name, true, "", constant(0, indices, strides), terms(indices, strides));
    }

    /** Which record a symbol is of. */
    private Index record(Symbol symbol, int indices) {
        return symbol.indices().size() > indices ? symbol.indices().get(indices) : record;
    }
}
