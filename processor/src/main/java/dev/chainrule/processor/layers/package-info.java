/** From a layer or a loss to equations. */
package dev.chainrule.processor.layers;
