/**
 * Parameters in files, in the safetensors format: {@link dev.chainrule.runtime.weights.WeightFile} saves and loads those of a
 * network, {@link dev.chainrule.runtime.weights.TensorFile} reads any file of that format, and
 * {@link dev.chainrule.runtime.weights.TensorWriter} writes one. {@link dev.chainrule.runtime.weights.OnnxFile} saves
 * a whole network as an ONNX model.
 */
package dev.chainrule.runtime.weights;
