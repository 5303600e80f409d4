/**
 * From equations to methods that respect the JVM's limits: what is written out and what becomes loops, where values are kept,
 * how much bytecode a statement takes, where a method is split. Derivations never learn of it.
 */
package dev.chainrule.processor.routine;
