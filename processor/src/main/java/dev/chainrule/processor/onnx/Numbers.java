package dev.chainrule.processor.onnx;

import java.util.function.IntUnaryOperator;

/** Numbers of a network, read from a model where they are asked for. */
interface Numbers {
    /**
     * The number at a place.
     *
     * @throws OnnxException if it is not finite
     */
    double at(int place) throws OnnxException;

    /** The same numbers in another order, or some of them. */
    default Numbers at(IntUnaryOperator place) {
        return i -> at(place.applyAsInt(i));
    }
}
