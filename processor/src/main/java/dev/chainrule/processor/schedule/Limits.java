package dev.chainrule.processor.schedule;

/** The limits that shape the code, and where each comes from. */
public final class Limits {
    /**
     * The bytecode bytes that a method may take. HotSpot never compiles a method of more than 8000 (HugeMethodLimit); the rest
     * is room.
     */
    public static final int METHOD_BYTES = 7000;

    /** The sums over weights in one method of loops: each is one or two nests with eight partial sums, of less than 2,000 bytes. */
    public static final int SUMS_A_METHOD = 3;

    /**
     * The weights of the largest layer that AUTO writes out. Measured: up to about here loops by tiles take up to 1.2 times as long
     * as straight-line code (7-6-1, back), at 49 weights (7-7-7) 0.96 times forward and 0.88 times back, at 400 a fifth.
     */
    public static final int UNROLLED_WEIGHTS = 48;

    /**
     * The weights and inputs, together, of the largest layer that AUTO writes out: long sums gain less. Measured: at 9-5-1 loops take
     * 0.92 times as long forward and 1.17 times back, at 12-4-1 0.9 and 1.02 times.
     */
    public static final int UNROLLED_WEIGHTS_AND_INPUTS = 54;

    /**
     * The weights of the largest layer that AUTO writes out behind one that is a loop, for one record. Measured: back, 13-1-2 and 18-1-4
     * take 1.1 times as long with their last layer as a loop, 18-2-2 as long; 16-7-4 takes 1.15 times with it written out, and in
     * blocks of records 0.9 times.
     */
    public static final int UNROLLED_BEHIND_LOOPS = 10;

    /**
     * The most inputs of the network that a layer reads which AUTO writes out where there is a forward pass alone. Measured: with more,
     * it has more than the 325 bytes that HotSpot inlines (FreqInlineSize), and loops take 0.6 times as long at 14-1, 0.84 times at
     * 15-2-2 and 18-2-2.
     */
    public static final int UNROLLED_INPUTS = 12;

    /**
     * The same where no layer has more than {@link #NARROW_UNITS} units. Measured: loops take 0.82 times as long at 9-2-1, 0.84 at
     * 12-2-2, 0.91 at 9-3-1, 0.95 at 9-1 and 12-3-4, but 1.03 at 9-2-6 and 1.05 at 9-3-8.
     */
    public static final int UNROLLED_INPUTS_OF_NARROW = 8;

    /**
     * The most units of a layer over inputs of the network that AUTO writes out in backpropagation of one record, though it is a loop
     * in a forward pass alone. Measured: written out, 12-4-4 to 18-4-4 take 0.94 to 0.96 times as long, 16-5-4 1.09 times.
     */
    public static final int NARROW_UNITS = 4;

    /**
     * The most inputs of such a layer that has fewer units; sixteen fill two vectors. Measured: written out, 13-1 and 15-1-4 take 0.94
     * and 0.89 times as long, 16-1 and 16-1-4 up to 1.34 and 1.08 times, 16-3-4 1.03 times.
     */
    public static final int NARROW_INPUTS = 15;

    /**
     * The most inputs, and the most units, of a layer that AUTO writes out. Measured: a row or a column of 17 takes up to 1.09 times
     * as long as a loop, of 24 up to 1.35 times written out; rows and columns of 24 are loops of vector instructions, too.
     */
    public static final int UNROLLED_WIDTH = 18;

    /**
     * The numbers, names and operators that AUTO writes out of a formula, those of all units of a layer counted: with the
     * derivatives they are about four times as many, of some 3 bytes each, and have to fit one method together with the weights.
     */
    public static final int UNROLLED_NODES = 256;

    /**
     * The parameters that AUTO writes out in all, so that a deep network of small layers stays a class that javac and the JVM
     * load quickly.
     */
    public static final int UNROLLED_PARAMETERS = 8_192;

    /**
     * The scalars that FULL can write out. A scalar takes up to two entries of the class file's constant pool, which holds
     * 65,535: its name, and its part of the names of methods and fields.
     */
    public static final int FULL_SCALARS = 30_000;

    /**
     * The factors of the largest full gradient that is generated. A factor is a line of source and some 8 bytes of bytecode;
     * their number grows with the product of the widths of all layers.
     */
    public static final int FULL_GRADIENT_FACTORS = 80_000;

    /**
     * The layers of the deepest network with a full gradient. One term of it has two factors a layer, of up to 80 bytes each
     * pair, and must fit one method whatever the activations.
     */
    public static final int FULL_GRADIENT_LAYERS = 32;

    /**
     * The numbers, names and operators of the longest term of a full gradient that is generated: of at most 5 bytes
     * each, they fit one method. Only formulas have terms as long.
     */
    public static final int FULL_GRADIENT_TERM = METHOD_BYTES / 5;

    /**
     * The records of a block. As many as vector instructions and the latency of the kernels want, and few enough for the rows of
     * a small network to stay in the first-level cache.
     */
    public static final int BLOCK_RECORDS = 64;

    /**
     * How far apart rows of a block begin of which every eighth is added up: a line of the cache more than they are long, as lines
     * that are 4096 bytes apart share the few places of one set.
     */
    public static final int ROW_APART = BLOCK_RECORDS + 8;

    /** The most of these that are added up where they are. Measured: eight take 1.5 to 3 times as long as a line apart, four no longer. */
    public static final int ROWS_OF_A_SET = 4;

    /**
     * The inputs and units of the largest network that takes records in blocks: it keeps each value of a block in memory, some 40
     * megabytes here. A larger one takes them one by one.
     */
    public static final int BLOCK_UNITS = 16_384;

    /** The fewest records that are worth a block; fewer go through the network one by one. */
    public static final int FEW_RECORDS = 8;

    /**
     * The parameters of the largest frozen class. They are text in its source and its class file, 11 bytes each: javac takes
     * some five seconds for as many.
     */
    public static final int FROZEN_PARAMETERS = 2_000_000;

    /**
     * How many weights a loop deals with in the time of one term that is written out, as long as these fit the cache of
     * instructions, each with some 25 bytes. Measured at 32-64-64-8 without and with vectors: they take equally long where a
     * fifth of the weights are terms, and a sixth.
     */
    public static final int WEIGHTS_PER_TERM = 7;

    /** The terms that fit it. */
    public static final int CACHED_TERMS = 1_200;

    /** The weights in the time of a further term. Measured at 784-30-10, where a seventh and a ninth take equally long. */
    public static final int WEIGHTS_PER_FURTHER_TERM = 10;

    /** The terms that are written out of layers that would be loops, at most, as javac and the JVM have to load them. */
    public static final int SPARSE_TERMS = 8_192;

    /** The inputs of the largest frozen network that takes them as arguments, one by one. */
    public static final int PREDICT_INPUTS = 8;

    /** The terms of the longest sum that is written as one expression; its nested fmas still fit a line. */
    public static final int SHORT_SUM = 3;

    /** Sums in local variables at a time: enough to hide the latency of an addition, and all in registers. */
    public static final int SUMS = 12;

    /**
     * The same in code that is written out for blocks of records, where loads are few. Measured at 3-4-4-1: twelve take 1.06 times as
     * long, 1.08 times where a processor has sixteen registers.
     */
    public static final int WRITTEN_OUT_SUMS = 20;

    /**
     * Rows that are added to the sums, or of the gradient that are added to, a turn. HotSpot takes up to twelve into the body of a
     * loop that it vectorises. Measured: eight take 0.90 to 1.0 of the time of twelve where rows are whole vectors apart; where they
     * are not, at 784 x 30 and 50 x 100, 0.87 on HotSpot 17, which makes no vectors there, and 1.0 and 1.05 on 25.
     */
    public static final int ROWS = 8;

    /**
     * The inputs of a layer of fewer units than a block has records from which on its gradient is computed along the inputs, unit by
     * unit. Measured at 784 x 30 with HotSpot 17: along the units it takes 1.6 times as long, as each short loop does some turns
     * without vector instructions.
     */
    public static final int MANY_INPUTS = 2 * BLOCK_RECORDS;

    /** The narrowest row that is worth a vectorised loop, which does a few of its turns without vector instructions. */
    public static final int WIDE = 16;

    /**
     * The units of the narrowest layer whose kernels are called together for one record without vectors. Measured: 16 take up to
     * 1.2 times as long as one by one, 32 as long or less, 64 three quarters.
     */
    public static final int WIDE_KERNEL = 32;

    /** The narrowest row that is worth vector instructions of their own: it fills the widest vector. */
    public static final int LANES = 8;

    /**
     * How many units, or rows of a gradient, a turn of vectors deals with in a block: with two vectors of each, eight sums hide
     * the latency of an addition, with fewer loads than additions; twice as many take the JIT compiler seconds.
     */
    public static final int UNITS = 4;

    private Limits() {}
}
