/** From a declaration to a valid network, or to a list of problems, each on the annotation value at fault. */
package dev.chainrule.processor.validation;
