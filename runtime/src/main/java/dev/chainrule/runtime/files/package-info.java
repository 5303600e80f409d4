/** Writing files, for the packages of this module alone: atomically, as protocol buffers, as numbers in bytes. */
package dev.chainrule.runtime.files;
