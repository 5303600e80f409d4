/** Statements as Java, laid out as the formatter would. */
package dev.chainrule.processor.java;
