package dev.chainrule.processor.routine;

/** The limits that shape the code, and where each comes from. */
public final class Limits {
    /**
     * The bytecode bytes that a method may take. HotSpot never compiles a method of more than 8000 (HugeMethodLimit); the rest
     * is room.
     */
    public static final int METHOD_BYTES = 7000;

    /**
     * The weights of the largest layer that AUTO writes out. Straight-line code past a few hundred weights no longer fits the
     * instruction cache, and loops that vectorise overtake it.
     */
    public static final int UNROLLED_WEIGHTS = 512;

    /**
     * The parameters that AUTO writes out in all, so that a deep network of small layers stays a class that javac and the JVM
     * load quickly.
     */
    public static final int UNROLLED_PARAMETERS = 8_192;

    /**
     * The scalars that FULL can write out. Each is a name in the class file's constant pool, which holds 65,535 entries; each
     * array index past 32,767 takes another.
     */
    public static final int FULL_SCALARS = 40_000;

    /**
     * The terms of the largest full gradient that is generated. A term is some 60 bytes of bytecode and seven lines of source;
     * their number grows with the product of the widths of all layers.
     */
    public static final int FULL_GRADIENT_TERMS = 10_000;

    private Limits() {}
}
