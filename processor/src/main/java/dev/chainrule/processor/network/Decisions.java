package dev.chainrule.processor.network;

import dev.chainrule.annotations.Activation;

/** Whether a network decides between things: by the greatest of its outputs, or by whether a single one is 0.5 or more. */
public final class Decisions {
    private Decisions() {}

    /** How many answers there are; 0 where its outputs are no decision. */
    public static int answers(Network network) {
        if (network.outputLayers().size() > 1) {
            return 0;
        }
        Output output = network.outputLayers().get(0);
        if (output.units() > 1) {
            return output.units();
        }
        boolean isSigmoid = network.layer(output.layer()).activation() instanceof ActivationFunction.Named named
                && named.activation() == Activation.SIGMOID;
        return isSigmoid ? 2 : 0;
    }
}
