/** Methods as typed statements: where values are kept, how much bytecode a statement takes, where a method is split. */
package dev.chainrule.processor.code;
