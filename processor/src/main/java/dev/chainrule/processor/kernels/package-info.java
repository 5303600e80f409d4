/** The code of the runtime's kernels, for classes that are to run without the runtime. */
package dev.chainrule.processor.kernels;
