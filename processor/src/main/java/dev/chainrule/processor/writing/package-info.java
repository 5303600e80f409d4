/** From a program and its renderings to a Java file. */
package dev.chainrule.processor.writing;
