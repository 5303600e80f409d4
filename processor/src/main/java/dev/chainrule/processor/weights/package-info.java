/** The parameters of a network from a file in the safetensors format, read by the runtime's reader: there is one, not two. */
package dev.chainrule.processor.weights;
