/** Networks as drawings. */
package dev.chainrule.runtime.drawing;
