package dev.chainrule.runtime;

/** What outputs decide. */
final class Decision {
    private Decision() {}

    /** Whether it goes by whether a single output is 0.5 or more, and not by the greatest of several. */
    static boolean isThreshold(NetworkDescription network) {
        if (network.outputLayers().size() > 1) {
            throw new UnsupportedOperationException("A network of several output layers does not decide between them");
        }
        OutputDescription output = network.outputLayers().get(0);
        LayerDescription layer = network.layers().get(network.number(output.layer()) - 1);
        if (layer.units() == 1 && !layer.activation().equals("SIGMOID")) {
            throw new UnsupportedOperationException(
                    "A single output decides where its activation is SIGMOID, and this one's is " + layer.activation());
        }
        return layer.units() == 1;
    }

    static int byThreshold(double output) {
        return Double.isNaN(output) ? -1 : output >= 0.5 ? 1 : 0;
    }

    /** The number of the greatest of some outputs, the first of equals; -1 where one is NaN. */
    static int greatest(double[] outputs, int from, int count) {
        int greatest = 0;
        for (int j = 0; j < count; j++) {
            double output = outputs[from + j];
            if (Double.isNaN(output)) {
                return -1;
            }
            greatest = output > outputs[from + greatest] ? j : greatest;
        }
        return greatest;
    }
}
