package dev.chainrule.processor.routine;

import dev.chainrule.annotations.Precision;
import dev.chainrule.processor.derivation.Quantity;
import dev.chainrule.processor.derivation.Symbol;
import dev.chainrule.processor.model.TrainedNetwork;

/** Where symbols of a frozen network stand: as elsewhere, but for parameters, which are constants. */
public final class FrozenStorage extends Storage {
    private final TrainedNetwork trained;
    private final boolean hasLiterals;
    private final boolean hasInputParameters;

    private FrozenStorage(
            TrainedNetwork trained, RecordAccess access, boolean hasLiterals, boolean hasInputParameters) {
        super(trained.network(), access);
        this.trained = trained;
        this.hasLiterals = hasLiterals;
        this.hasInputParameters = hasInputParameters;
    }

    /** All parameters in one array, a constant. */
    public static Storage inArray(TrainedNetwork trained, RecordAccess access) {
        return new FrozenStorage(trained, access, false, false);
    }

    /** Each parameter where it is used. */
    public static Storage inCode(TrainedNetwork trained, RecordAccess access) {
        return new FrozenStorage(trained, access, true, false);
    }

    /** Each parameter where it is used, and each input an argument. */
    public static Storage inCodeByArguments(TrainedNetwork trained, RecordAccess access) {
        return new FrozenStorage(trained, access, true, true);
    }

    @Override
    public Place place(Symbol symbol) {
        Place place = super.place(symbol);
        if (hasInputParameters && symbol.quantity() == Quantity.INPUT) {
            return new Place.Parameter(symbol.name());
        }
        return isLiteral(symbol) ? new Place.Literal(trained.parameters()[((Place.Element) place).constant()]) : place;
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
