/**
 * Index notation: symbols with indices, expressions over them, equations that hold for every value of some variables,
 * in titled sections. Pure values that depend on nothing of ours.
 */
package dev.chainrule.processor.equations;
