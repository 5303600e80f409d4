package dev.chainrule.processor.proof;

import java.util.List;

/**
 * A network as its frozen class computes it: values, each a number of the record or made of values before it, by the operations of
 * the class in their order. The record's numbers come first. What only hands a value on is no step.
 *
 * @param inputs how many numbers a record has
 * @param categories for each, whether it tells a category, and is a whole number
 * @param values how many values there are
 * @param layers for each layer of the network, where its units stand among the values
 * @param outputs where the outputs stand
 */
record Circuit(
        FloatingPoint arithmetic,
        int inputs,
        boolean[] categories,
        int values,
        List<Step> steps,
        List<int[]> layers,
        int[] outputs) {}
