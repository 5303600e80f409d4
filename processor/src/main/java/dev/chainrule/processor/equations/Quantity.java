package dev.chainrule.processor.equations;

/** What a symbol stands for, with its letter in the notation. */
public enum Quantity {
    /** {@code x_k}. */
    INPUT("x"),
    /** {@code x_k}, copied from records that stand one after the other to rows that hold one input of each. */
    INPUT_ROW("x"),
    /** {@code x_rank_k}, 1 where the number of the part rank tells category k, else 0. */
    CATEGORY("x"),
    /** {@code t_j}. */
    TARGET("t"),
    /** {@code shift1_j}, a constant of a layer that scales. */
    SHIFT("shift"),
    /** {@code scale1_j}, likewise. */
    SCALE("scale"),
    /** {@code w1_k_j}, from unit k of the layer before to unit j of layer 1. */
    WEIGHT("w"),
    /** {@code b1_j}. */
    BIAS("b"),
    /** {@code p1_beta_j}, a trainable letter of the formula of layer 1. */
    TRAINABLE("p"),
    /** {@code z1_j}, the weighted sum of a unit. */
    PRE_ACTIVATION("z"),
    /** {@code c3_k}, a copy of unit k of all that layer 3 reads, one source after the other. */
    SOURCE("c"),
    /** {@code partial1_k_j}, the first k terms of z1_j, where loops take a few terms a turn. */
    PARTIAL_SUM("partial"),
    /** {@code apart2_j}, a copy of delta2_j of a block of records, a line of the cache further from the next. */
    ROW_APART("apart"),
    /** {@code factor1_r_k}, a copy of x_k, or of a value, of record r, beside the others of that record. */
    FACTOR_ROW("factor"),
    /** {@code part1_z_3_j}, of eight sums that z1_j is split in the one of every eighth term from that of k = 3 on. */
    PART("part"),
    /** {@code s1_j}, a call within an activation, {@code sigmoid(z1_j)}, stored as the derivative needs it again. */
    GATE("s"),
    /** {@code a1_j}, the value of a unit. */
    ACTIVATION("a"),
    /** {@code argument_j}, of a function that a whole layer is taken through, where it is no sum. */
    ARGUMENT("argument"),
    /** {@code low_j}, what an entry of a table lacks, on the way to an activation of a whole layer. */
    LOW("low"),
    /** {@code max2}, the greatest z of a softmax layer, taken off before the exponentials so that none overflows. */
    MAXIMUM("max"),
    /** {@code e2_j}, an exponential of a softmax layer. */
    EXPONENTIAL("e"),
    /** {@code sum2}, the sum of the exponentials of a softmax layer. */
    NORMALISER("sum"),
    /** {@code logSum2}, its logarithm. */
    LOG_NORMALISER("logSum"),
    /** {@code y_j}, an output. */
    OUTPUT("y"),
    /** {@code value1_j}, the value of a unit, told to the caller. */
    UNIT_VALUE("value"),
    /** {@code weight}, how much a record counts. */
    RECORD_WEIGHT("weight"),
    /** {@code recordLoss}, the loss of a record before its weight. */
    RECORD_LOSS("recordLoss"),
    /** {@code S_b}, a sum over the outputs within the formula of a loss. */
    LOSS_SUM("S"),
    /** {@code E_policy}, the loss of one of several outputs. */
    OUTPUT_LOSS("E"),
    /** {@code chosen}, the number of the output that is derived in place of the loss. */
    CHOSEN("chosen"),
    /** {@code seed_j}, 1 for that output and 0 for the others. */
    SEED("seed"),
    /** {@code v_z1_j}, how z1_j changes with what moves. */
    TANGENT("v"),
    /** {@code v_w1_k_j}, how w1_k_j moves. */
    DIRECTION_OF_WEIGHT("v_w", WEIGHT),
    /** {@code v_b1_j}. */
    DIRECTION_OF_BIAS("v_b", BIAS),
    /** {@code v_p1_beta_j}. */
    DIRECTION_OF_TRAINABLE("v_p", TRAINABLE),
    /** {@code v_x_k}. */
    DIRECTION_OF_INPUT("v_x", INPUT),
    /** {@code E}, the loss. */
    ERROR("E"),
    /** {@code delta1_j = dE/dz1_j}. */
    DELTA("delta"),
    /** {@code deltaRow1_k_j}, a copy of delta1_j beside the weights of row k, where loops need one. */
    DELTA_ROW("deltaRow"),
    /** {@code mean2}, the mean of dE/da over a softmax layer, weighted by a. */
    MEAN("mean"),
    /** {@code dE_da1_j}. */
    ERROR_BY_ACTIVATION("dE_da", ACTIVATION),
    /** {@code dE_dS_1}. */
    ERROR_BY_SUM("dE_dS", LOSS_SUM),
    /** {@code dE_dw1_k_j}. */
    ERROR_BY_WEIGHT("dE_dw", WEIGHT),
    /** {@code dE_db1_j}. */
    ERROR_BY_BIAS("dE_db", BIAS),
    /** {@code dE_dp1_beta_j}. */
    ERROR_BY_TRAINABLE("dE_dp", TRAINABLE),
    /** {@code dE_dx_k}. */
    ERROR_BY_INPUT("dE_dx", INPUT),
    /** {@code Hv_w1_k_j}, how dE_dw1_k_j changes with what moves. */
    CHANGE_BY_WEIGHT("Hv_w", WEIGHT),
    /** {@code Hv_b1_j}. */
    CHANGE_BY_BIAS("Hv_b", BIAS),
    /** {@code Hv_p1_beta_j}. */
    CHANGE_BY_TRAINABLE("Hv_p", TRAINABLE),
    /** {@code Hv_x_k}. */
    CHANGE_BY_INPUT("Hv_x", INPUT),
    /** {@code dy_dw1_k_j}, the derivative of an output, an entry of a Jacobian. */
    OUTPUT_BY_WEIGHT("dy_dw", WEIGHT),
    /** {@code dy_db1_j}. */
    OUTPUT_BY_BIAS("dy_db", BIAS),
    /** {@code dy_dp1_beta_j}. */
    OUTPUT_BY_TRAINABLE("dy_dp", TRAINABLE),
    /** {@code dy_dx_k}. */
    OUTPUT_BY_INPUT("dy_dx", INPUT);

    private final String letter;
    private final Quantity by;

    Quantity(String letter) {
        this(letter, null);
    }

    Quantity(String letter, Quantity by) {
        this.letter = letter;
        this.by = by;
    }

    /** How names of this quantity begin. */
    public String letter() {
        return letter;
    }

    /** Whether this is a derivative of the error. */
    public boolean isDerivative() {
        return switch (this) {
            case ERROR_BY_ACTIVATION,
                    ERROR_BY_SUM,
                    ERROR_BY_WEIGHT,
                    ERROR_BY_BIAS,
                    ERROR_BY_TRAINABLE,
                    ERROR_BY_INPUT -> true;
            default -> false;
        };
    }

    /** Whether this is an entry of the gradient, or of how that changes, which derivations add to. */
    public boolean isGradient() {
        return switch (this) {
            case ERROR_BY_WEIGHT,
                    ERROR_BY_BIAS,
                    ERROR_BY_TRAINABLE,
                    ERROR_BY_INPUT,
                    CHANGE_BY_WEIGHT,
                    CHANGE_BY_BIAS,
                    CHANGE_BY_TRAINABLE,
                    CHANGE_BY_INPUT -> true;
            default -> false;
        };
    }

    /** Whether this is how a parameter or an input moves. */
    public boolean isDirection() {
        return switch (this) {
            case DIRECTION_OF_WEIGHT, DIRECTION_OF_BIAS, DIRECTION_OF_TRAINABLE, DIRECTION_OF_INPUT -> true;
            default -> false;
        };
    }

    /** Whether this is how a derivative changes with what moves. */
    public boolean isChange() {
        return switch (this) {
            case CHANGE_BY_WEIGHT, CHANGE_BY_BIAS, CHANGE_BY_TRAINABLE, CHANGE_BY_INPUT -> true;
            default -> false;
        };
    }

    /** Whether this is handed to the caller as it is. */
    public boolean isResult() {
        return this == OUTPUT || this == UNIT_VALUE || isEntry();
    }

    /** Whether this is an entry of a Jacobian, which derivations write. */
    public boolean isEntry() {
        return switch (this) {
            case OUTPUT_BY_WEIGHT, OUTPUT_BY_BIAS, OUTPUT_BY_TRAINABLE, OUTPUT_BY_INPUT -> true;
            default -> false;
        };
    }

    /** Whether this is what training changes. */
    public boolean isParameter() {
        return this == WEIGHT || this == BIAS || this == TRAINABLE;
    }

    /** Whether this is one of a network's numbers that training does not change. */
    public boolean isConstant() {
        return this == SHIFT || this == SCALE;
    }

    /** Whether this is given, and nothing is derived by it. */
    public boolean isGiven() {
        return switch (this) {
            case TARGET, RECORD_WEIGHT, CHOSEN, SEED, SHIFT, SCALE, CATEGORY -> true;
            default -> false;
        };
    }

    /** What the error is derived by. */
    public Quantity by() {
        return by;
    }

    /** What stands for the derivative of the loss by this. */
    public Quantity adjoint() {
        return switch (this) {
            case PRE_ACTIVATION -> DELTA;
            case LOSS_SUM, OUTPUT_LOSS, RECORD_LOSS -> ERROR_BY_SUM;
            case INPUT -> ERROR_BY_INPUT;
            case WEIGHT -> ERROR_BY_WEIGHT;
            case BIAS -> ERROR_BY_BIAS;
            case TRAINABLE -> ERROR_BY_TRAINABLE;
            case ACTIVATION -> ERROR_BY_ACTIVATION;
            default -> throw new IllegalArgumentException("The loss is not derived by " + this);
        };
    }

    /** What stands for how this changes with what moves. */
    public Quantity tangent() {
        return switch (this) {
            case WEIGHT -> DIRECTION_OF_WEIGHT;
            case BIAS -> DIRECTION_OF_BIAS;
            case TRAINABLE -> DIRECTION_OF_TRAINABLE;
            case INPUT -> DIRECTION_OF_INPUT;
            case ERROR_BY_WEIGHT -> CHANGE_BY_WEIGHT;
            case ERROR_BY_BIAS -> CHANGE_BY_BIAS;
            case ERROR_BY_TRAINABLE -> CHANGE_BY_TRAINABLE;
            case ERROR_BY_INPUT -> CHANGE_BY_INPUT;
            default -> TANGENT;
        };
    }

    /** The entry of a Jacobian that this derivative is, where an output stands for the loss. */
    public Quantity entry() {
        return switch (this) {
            case ERROR_BY_WEIGHT -> OUTPUT_BY_WEIGHT;
            case ERROR_BY_BIAS -> OUTPUT_BY_BIAS;
            case ERROR_BY_TRAINABLE -> OUTPUT_BY_TRAINABLE;
            case ERROR_BY_INPUT -> OUTPUT_BY_INPUT;
            default -> throw new IllegalArgumentException(this + " is no entry of a Jacobian");
        };
    }

    /** Whether symbols of this quantity belong to a layer, whose number is in their names. */
    public boolean hasLayer() {
        Quantity of = by == null ? this : by;
        return switch (of) {
            case INPUT,
                    INPUT_ROW,
                    ARGUMENT,
                    LOW,
                    CATEGORY,
                    TARGET,
                    OUTPUT,
                    RECORD_WEIGHT,
                    RECORD_LOSS,
                    LOSS_SUM,
                    OUTPUT_LOSS,
                    CHOSEN,
                    SEED,
                    TANGENT,
                    ERROR -> false;
            default -> true;
        };
    }
}
