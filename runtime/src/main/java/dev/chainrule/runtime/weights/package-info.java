/**
 * Parameters in files, in the safetensors format: {@link dev.chainrule.runtime.weights.WeightFile} saves and loads those of a
 * network, {@link dev.chainrule.runtime.weights.TensorFile} reads any file of that format.
 */
package dev.chainrule.runtime.weights;
