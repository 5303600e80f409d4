/**
 * Checks certificates of proofs: read by a reader of its own and bounded by arithmetic of its own. What it shares with the processor
 * is the format alone, and the functions of the runtime, which are what is proved.
 */
package dev.chainrule.samples.documents.proofs;
