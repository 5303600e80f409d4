package dev.chainrule.processor.code;

import dev.chainrule.annotations.Precision;
import dev.chainrule.processor.equations.Index;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.network.Layer;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.rewrite.PartialSums;
import java.util.ArrayList;
import java.util.List;

/**
 * Where each symbol of a network stands in memory: records, parameters and the gradient in the caller's arrays, what a layer
 * has computed in the instance's scratch arrays.
 */
public class Storage {
    private final Network network;
    private final RecordAccess access;

    public Storage(Network network, RecordAccess access) {
        this.network = network;
        this.access = access;
    }

    /** The storage that a method with this access to its records uses. */
    public static Storage of(Network network, RecordAccess access) {
        return switch (access) {
            case ALONE, AMONG_OTHERS -> new Storage(network, access);
            case IN_BLOCK -> inBlock(network, new Storage(network, access));
            case FIRST_OF_BLOCK -> new BlockStorage(network, access, new Storage(network, access), new Index.Unit(0));
        };
    }

    /** That of a block of records. */
    static Storage inBlock(Network network, Storage parameters) {
        return new BlockStorage(network, RecordAccess.IN_BLOCK, parameters, BlockStorage.RECORD);
    }

    /** Where a symbol's value is kept between methods. A derivative has no such place but while its sum is cut in two. */
    public Place place(Symbol symbol) {
        int layer = symbol.layer();
        return switch (symbol.quantity()) {
            case INPUT -> array(access.inputs().array(), access.inputs().base(), 0, symbol, 1);
            case TARGET -> array(access.targets().array(), access.targets().base(), 0, symbol, 1);
            case OUTPUT -> array(access.outputs().array(), access.outputs().base(), 0, symbol, 1);
            case UNIT_VALUE -> array("activations", "", firstUnit(layer), symbol, 1);
            case WEIGHT, BIAS, TRAINABLE -> parameter("p", "", symbol);
            case SHIFT, SCALE -> constant(symbol);
            case CATEGORY, SOURCE, PRE_ACTIVATION, GATE, ACTIVATION, EXPONENTIAL, DELTA, ERROR_BY_ACTIVATION ->
                new Place.Element(
                        symbol.family().name(), true, "", constant(0, symbol.indices(), 1), terms(symbol.indices(), 1));
            case PARTIAL_SUM, DELTA_ROW ->
                new Place.Element(
                        symbol.quantity().letter() + layer,
                        true,
                        "",
                        constant(0, symbol.indices(), rowLength(network.units(layer)), 1),
                        terms(symbol.indices(), rowLength(network.units(layer)), 1));
            case ARGUMENT, LOW ->
                new Place.Element(
                        symbol.quantity().letter(),
                        true,
                        "",
                        constant(0, symbol.indices(), 1),
                        terms(symbol.indices(), 1));
            case PART ->
                new Place.Element(
                        symbol.family().name(),
                        true,
                        "",
                        constant(0, symbol.indices(), network.units(layer), 1),
                        terms(symbol.indices(), network.units(layer), 1));
            case MAXIMUM,
                    NORMALISER,
                    LOG_NORMALISER,
                    MEAN,
                    RECORD_WEIGHT,
                    RECORD_LOSS,
                    LOSS_SUM,
                    ERROR_BY_SUM,
                    OUTPUT_LOSS,
                    ERROR -> new Place.Field(symbol.name());
            case ERROR_BY_WEIGHT, ERROR_BY_BIAS, ERROR_BY_TRAINABLE, ERROR_BY_INPUT -> new Place.Field("partialSum");
            case CHANGE_BY_WEIGHT, CHANGE_BY_BIAS, CHANGE_BY_TRAINABLE, CHANGE_BY_INPUT ->
                new Place.Field("partialSum");
            case CHOSEN -> new Place.Parameter("output");
            case SEED ->
                new Place.Element("seed", true, "", constant(0, symbol.indices(), 1), terms(symbol.indices(), 1));
            case OUTPUT_BY_INPUT -> array("jacobian", "row", 0, symbol, 1);
            case OUTPUT_BY_WEIGHT, OUTPUT_BY_BIAS, OUTPUT_BY_TRAINABLE -> parameter("jacobian", "row", symbol.by());
            case DIRECTION_OF_INPUT -> array("v", "", 0, symbol, 1);
            case DIRECTION_OF_WEIGHT, DIRECTION_OF_BIAS, DIRECTION_OF_TRAINABLE -> parameter("v", "", symbol.by());
            case TANGENT ->
                symbol.indices().isEmpty()
                        ? new Place.Field(symbol.name())
                        : new Place.Element(
                                symbol.family().name(),
                                true,
                                "",
                                constant(0, symbol.indices(), 1),
                                terms(symbol.indices(), 1));
            case INPUT_ROW, ROW_APART, FACTOR_ROW ->
                throw new IllegalArgumentException(symbol + " is for blocks of records");
        };
    }

    /** The number of units before those of a layer, without the inputs. */
    private int firstUnit(int layer) {
        return network.layers().subList(0, layer - 1).stream()
                .mapToInt(Layer::units)
                .sum();
    }

    /** What the values are stored in, and computed in. */
    public Precision precision() {
        return Precision.DOUBLE;
    }

    /** Whether a symbol's value is written into the code. */
    public boolean isLiteral(Symbol symbol) {
        return false;
    }

    /** The field that holds all parameters, which a method that reads them calls {@code p}. */
    public String parameters() {
        return "parameters";
    }

    /** Whether methods are handed the scratch arrays, rather than find them in fields of their instance. */
    public boolean handsOutScratch() {
        return false;
    }

    /** The length of the scratch array that holds a symbol. */
    public int length(Symbol symbol) {
        return switch (symbol.quantity()) {
            // And the idle lanes of a vector of sixteen floats
            case PART -> PartialSums.PARTS * (network.units(symbol.layer()) + (precision() == Precision.FLOAT ? 1 : 0));
            case PARTIAL_SUM, DELTA_ROW -> {
                Layer layer = network.layer(symbol.layer());
                yield layer.inputs() * rowLength(layer.units());
            }
            case CATEGORY -> network.part(symbol.label()).units();
            case ARGUMENT, LOW ->
                network.layers().stream().mapToInt(Layer::units).max().orElseThrow();
            case SEED -> network.outputs();
            case SOURCE -> network.layer(symbol.layer()).inputs();
            default -> rowLength(network.units(symbol.layer()));
        };
    }

    /** Where the last row of the Jacobian begins that an entry is of. */
    public int lastRow(Symbol entry) {
        int columns = entry.quantity() == Quantity.OUTPUT_BY_INPUT ? network.inputs() : network.parameters();
        return (network.outputs() - 1) * columns;
    }

    /** What shifts a unit, or scales it: in an array of their own, the shifts of a layer and then its scales. */
    private Place constant(Symbol symbol) {
        Layer layer = network.layer(symbol.layer());
        int first = firstConstant() + layer.constants() + (symbol.quantity() == Quantity.SCALE ? layer.units() : 0);
        return array(constants(), "", first, symbol, 1);
    }

    /** The array that holds the constants. */
    protected String constants() {
        return "constants";
    }

    /** Where they begin in it. */
    protected int firstConstant() {
        return 0;
    }

    /** Where a derivative is added to. */
    public Place gradient(Symbol derivative) {
        return derivative.by().layer() == 0
                ? array("gradient", "", 0, derivative, 1)
                : parameter("gradient", "", derivative.by());
    }

    private Place parameter(String array, String base, Symbol parameter) {
        Layer layer = network.layer(parameter.layer());
        int first = firstParameter(parameter.layer());
        if (parameter.quantity() == Quantity.WEIGHT) {
            return array(array, base, first, parameter, rowLength(layer.units()), 1);
        }
        int letter = layer.activation().letters().headMap(parameter.label()).size();
        int row = parameter.quantity() == Quantity.TRAINABLE ? letter + (layer.biases() > 0 ? 1 : 0) : 0;
        return array(array, base, first + weights(layer) + row * rowLength(layer.units()), parameter, 1);
    }

    /** Where the parameters of a layer begin. */
    public int firstParameter(int layer) {
        return network.layer(layer).offset();
    }

    /** The numbers from the beginning of one row of a matrix with these columns to that of the next. */
    public int rowLength(int columns) {
        return columns;
    }

    /** The same of the matrices that loops go along: here those that are indexed like weights. */
    public int rowAlong(int columns) {
        return rowLength(columns);
    }

    /** What the weights of a layer take. */
    public int weights(Layer layer) {
        return layer.ownsWeights() ? layer.inputs() * rowLength(layer.units()) : 0;
    }

    private static Place array(String name, String base, int offset, Symbol symbol, int... strides) {
        return new Place.Element(
                name, false, base, constant(offset, symbol.indices(), strides), terms(symbol.indices(), strides));
    }

    /** What indices add to a position where they are fixed. */
    public static int constant(int offset, List<Index> indices, int... strides) {
        int constant = offset;
        for (int i = 0; i < strides.length; i++) {
            if (indices.get(i) instanceof Index.Unit unit) {
                constant += strides[i] * unit.number();
            } else if (indices.get(i) instanceof Index.Shifted shifted) {
                constant += strides[i] * shifted.by();
            }
        }
        return constant;
    }

    /** What indices add to a position where they vary. */
    public static List<Place.Term> terms(List<Index> indices, int... strides) {
        List<Place.Term> terms = new ArrayList<>();
        for (int i = 0; i < strides.length; i++) {
            if (indices.get(i) instanceof Index.Variable variable) {
                terms.add(new Place.Term(strides[i], variable));
            } else if (indices.get(i) instanceof Index.Shifted shifted) {
                terms.add(new Place.Term(strides[i], shifted.variable()));
            }
        }
        return terms;
    }
}
