package dev.chainrule.samples.documents;

import dev.chainrule.runtime.FullGradientNetwork;
import dev.chainrule.runtime.Perturbation;

/** The document's three ways to a gradient, each summed over all records. */
enum GradientMethod {
    PERTURBATION("perturbation") {
        @Override
        double gradient(IdentityNetwork network, double[] gradient) {
            return new Perturbation(network).gradient(Identity.INPUTS, Identity.TARGETS, 0, Identity.RECORDS, gradient);
        }
    },
    FULL_GRADIENT("full gradient") {
        @Override
        double gradient(IdentityNetwork network, double[] gradient) {
            return fullGradient(network, gradient);
        }
    },
    BACKPROPAGATION("backpropagation") {
        @Override
        double gradient(IdentityNetwork network, double[] gradient) {
            return network.backprop(Identity.INPUTS, Identity.TARGETS, 0, Identity.RECORDS, gradient);
        }
    };

    private final String label;

    GradientMethod(String label) {
        this.label = label;
    }

    /** Adds the gradient of the error to {@code gradient} and returns the error. */
    abstract double gradient(IdentityNetwork network, double[] gradient);

    @Override
    public String toString() {
        return label;
    }

    private static double fullGradient(FullGradientNetwork network, double[] gradient) {
        double[] input = new double[network.inputs()];
        double[] target = new double[network.outputs()];
        double error = 0;
        for (int record = 0; record < Identity.RECORDS; record++) {
            System.arraycopy(Identity.INPUTS, record * input.length, input, 0, input.length);
            System.arraycopy(Identity.TARGETS, record * target.length, target, 0, target.length);
            error += network.fullGradient(input, target, gradient);
        }
        return error;
    }
}
