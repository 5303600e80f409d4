package dev.chainrule.processor.testing;

import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;

/** The activations and losses that have names, as formulas. */
public final class BuiltInFormulas {
    private BuiltInFormulas() {}

    /** Of an activation of each unit by itself. */
    public static String of(Activation activation) {
        return switch (activation) {
            case IDENTITY -> "z";
            case SIGMOID -> "1 / (1 + exp(-z))";
            case TANH -> "2 / (1 + exp(-2 * z)) - 1";
            case RELU -> "z > 0 ? z : 0";
            case LEAKY_RELU -> "max(0, z) + 0.01 * min(0, z)";
            case ELU -> "z > 0 ? z : exp(z) - 1";
            case SELU -> "1.0507009873554805 * (z > 0 ? z : 1.6732632423543772 * expm1(z))";
            case SOFTPLUS -> "log(1 + exp(z))";
            case SOFTSIGN -> "z / (1 + abs(z))";
            case SILU -> "z * sigmoid(z)";
            case GELU_TANH -> "z * (1 + tanh(sqrt(2 / pi) * (z + 0.044715 * z^3))) / 2";
            case GELU -> "z / 2 * (1 + erf(z / sqrt(2)))";
            case HARD_SIGMOID -> "clamp(z / 6 + 0.5, 0, 1)";
            case SOFTMAX -> throw new IllegalArgumentException("not unit by unit");
        };
    }

    /** Of a loss. */
    public static String of(Loss loss) {
        return switch (loss) {
            case SUM_OF_SQUARES -> "sum((y - t)^2)";
            case HALF_SUM_OF_SQUARES -> "sum((y - t)^2) / 2";
            case MEAN_SQUARED_ERROR -> "mean((y - t)^2)";
            case MEAN_ABSOLUTE_ERROR -> "mean(abs(y - t))";
            case HUBER -> "mean(abs(y - t) <= 1 ? (y - t)^2 / 2 : abs(y - t) - 0.5)";
            case LOG_COSH -> "mean(log((exp(y - t) + exp(t - y)) / 2))";
            case BINARY_CROSS_ENTROPY -> "-mean(t * log(y) + (1 - t) * log(1 - y))";
            case CATEGORICAL_CROSS_ENTROPY -> "-sum(t * log(y))";
        };
    }
}
