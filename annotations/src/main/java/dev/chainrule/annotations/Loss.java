package dev.chainrule.annotations;

/** The error {@code E} of one record with outputs {@code y}, targets {@code t} and {@code n} outputs. */
public enum Loss {
    /** {@code E = sum (y - t)^2}. */
    SUM_OF_SQUARES,
    /** {@code E = sum (y - t)^2 / 2}. */
    HALF_SUM_OF_SQUARES,
    /** {@code E = sum (y - t)^2 / n}. */
    MEAN_SQUARED_ERROR,
    /** {@code E = sum |y - t| / n}; the derivative at 0 is taken as 0. */
    MEAN_ABSOLUTE_ERROR,
    /** {@code E} is the mean of {@code d^2 / 2} where {@code |d| <= 1}, else {@code |d| - 1/2}, with {@code d = y - t}. */
    HUBER,
    /** {@code E} is the mean of {@code log cosh (y - t)}. */
    LOG_COSH,
    /**
     * {@code E} is the mean of {@code -(t log y + (1 - t) log(1 - y))}; needs {@link Activation#SIGMOID} outputs and targets
     * in [0, 1]. Computed from {@code z}, so that it stays exact where {@code y} rounds to 0 or 1.
     */
    BINARY_CROSS_ENTROPY,
    /**
     * {@code E = -sum t log y}; needs {@link Activation#SOFTMAX} outputs and targets that are not negative and sum to 1.
     * Computed from {@code z}, so that it stays exact where {@code y} rounds to 0.
     */
    CATEGORICAL_CROSS_ENTROPY
}
