/** Listeners by which a training is watched from outside: TensorBoard's files, and a page that redraws itself. */
package dev.chainrule.runtime.monitoring;
