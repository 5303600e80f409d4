/** Networks from files: numbers in the safetensors format, read by the runtime's reader, and models that are texts. */
package dev.chainrule.processor.weights;
