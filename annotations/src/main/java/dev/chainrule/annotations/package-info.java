/**
 * The declaration of a network: {@link dev.chainrule.annotations.Network @Network} on a type makes Chainrule's annotation
 * processor generate one specialised class beside it.
 */
package dev.chainrule.annotations;
