/** The files that declarations name, found where users put resources. */
package dev.chainrule.processor.resources;
