/** Records from where data lives: tables that JDBC or a reader of one's own gives row by row. */
package dev.chainrule.runtime.data;
