/**
 * Training: optimisers, learning-rate schedules and initialisers for any {@link dev.chainrule.runtime.TrainableNetwork}.
 */
package dev.chainrule.runtime.training;
