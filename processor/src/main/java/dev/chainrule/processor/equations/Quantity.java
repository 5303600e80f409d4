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
    /** {@code part1_z_3_j}, of eight sums that z1_j is split in the one of every eighth term from that of k = 3 on. */
    PART("part"),
    /** {@code s1_j}, a call within an activation, {@code sigmoid(z1_j)}, stored as the derivative needs it again. */
    GATE("s"),
    /** {@code a1_j}, the value of a unit. */
    ACTIVATION("a"),
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
    /** {@code v_z1_j}, how z1_j changes with what moves. */
    TANGENT("v"),
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
    ERROR_BY_INPUT("dE_dx", INPUT);

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
        return by != null;
    }

    /** Whether this is an entry of the gradient, which derivations add to. */
    public boolean isGradient() {
        return this == ERROR_BY_INPUT || by != null && by.isParameter();
    }

    /** Whether this is handed to the caller as it is. */
    public boolean isResult() {
        return this == OUTPUT || this == UNIT_VALUE;
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
            case TARGET, RECORD_WEIGHT, SHIFT, SCALE, CATEGORY -> true;
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

    /** Whether symbols of this quantity belong to a layer, whose number is in their names. */
    public boolean hasLayer() {
        Quantity of = by == null ? this : by;
        return switch (of) {
            case INPUT,
                    INPUT_ROW,
                    CATEGORY,
                    TARGET,
                    OUTPUT,
                    RECORD_WEIGHT,
                    RECORD_LOSS,
                    LOSS_SUM,
                    OUTPUT_LOSS,
                    TANGENT,
                    ERROR -> false;
            default -> true;
        };
    }
}
