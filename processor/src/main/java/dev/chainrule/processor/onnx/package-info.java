/** From the bytes of an ONNX model to the layers and parameters of a network, or to a list of problems. */
package dev.chainrule.processor.onnx;
