/** Networks that are not a chain of layers. */
package dev.chainrule.samples.documents.graphs;
