/** From equations to equivalent ones: without those that nothing needs, and without copies. */
package dev.chainrule.processor.rewrite;
