/** From a network, its derivation and its generated source to a page that shows them. */
package dev.chainrule.processor.page;
