/** What is to hold of a network's outputs for which inputs; pure values, decided exactly. */
package dev.chainrule.processor.property;
