/** The documents beside a generated class: its derivation in LaTeX, its graph in the language of Graphviz. */
package dev.chainrule.processor.documents;
