package dev.chainrule.processor.onnx;

/**
 * What is wrong with a model, or not known.
 *
 * @param code a word to search for
 * @param message what is wrong and what to do
 */
public record OnnxProblem(String code, String message) {}
