/** What generated networks need at run time: the interfaces they implement, kernels for their activations, and checks. */
package dev.chainrule.runtime;
