/** What each activation, loss and function is, one entry each: its value, its derivative, what it costs. */
package dev.chainrule.processor.rules;
