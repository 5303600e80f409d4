/** The limits that shape the code, and what follows from them: which layers are unrolled and which become loops. */
package dev.chainrule.processor.schedule;
