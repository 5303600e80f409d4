/** The programs that settle arguments: each contender in processes of its own, round by round, then tables and charts. */
package dev.chainrule.samples.benchmarks.speed;
