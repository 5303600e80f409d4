/** The annotation processor. */
package dev.chainrule.processor;
