package dev.chainrule.processor;

import dev.chainrule.processor.code.Program;
import dev.chainrule.processor.derivation.Derivation;
import dev.chainrule.processor.java.JavaSource;
import dev.chainrule.processor.network.GeneratedType;

/**
 * What the documents of a class that can be trained are made of.
 *
 * @param numbers that its page begins with, or none
 */
record Documented(GeneratedType type, Derivation derivation, Program program, JavaSource source, double[] numbers) {}
