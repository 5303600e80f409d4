package dev.chainrule.samples.documents;

/** The teaching documents, by their titles: every program says in its help and above its output which one it is from. */
final class Titles {
    static final String THREE_WAYS = "\"Three ways to a gradient\"";
    static final String GRADIENT_DESCENT = "\"Gradient descent\"";
    static final String BACKPROPAGATION = "\"How backpropagation works\"";
    static final String SMALL_MLP = "\"A small MLP\"";
    static final String UNIT_AND_PERCEPTRON = "\"Single unit and multilayer perceptron\"";

    private Titles() {}
}
