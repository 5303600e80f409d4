/** From equations to statements: unrolled, as loop nests, in tiles, by blocks of records. */
package dev.chainrule.processor.loops;
