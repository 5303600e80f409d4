/** The networks that are measured, and whoever computes them: this project, plain loops, Encog, ONNX Runtime. */
package dev.chainrule.samples.benchmarks.contenders;
