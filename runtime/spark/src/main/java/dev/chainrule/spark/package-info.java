/**
 * Networks on Spark: {@link dev.chainrule.spark.Scoring} is a column of predictions, {@link dev.chainrule.spark.SparkRecords} are
 * records of a cluster that a trainer takes its gradients from.
 */
package dev.chainrule.spark;
