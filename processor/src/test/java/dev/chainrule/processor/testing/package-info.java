/** What tests of generated networks share: topologies, an oracle, a compiler and true values. */
package dev.chainrule.processor.testing;
