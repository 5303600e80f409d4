/** What a network is: pure values, always valid. Depends on nothing but the vocabulary of the annotations. */
package dev.chainrule.processor.network;
