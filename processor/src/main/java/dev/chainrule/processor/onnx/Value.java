package dev.chainrule.processor.onnx;

/** What goes from node to node. */
sealed interface Value permits Tensor, Units, Value.Unknown {
    /** What a node yields that has a problem: no reason for another one. */
    enum Unknown implements Value {
        UNKNOWN
    }
}
