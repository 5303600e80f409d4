/** Generated classes, from their documentation down to the methods that others call. */
package dev.chainrule.processor.classes;
