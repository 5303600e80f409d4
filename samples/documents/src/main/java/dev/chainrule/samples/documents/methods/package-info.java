/** What methods of second order gain over gradient descent on small networks: tasks with a loss to come to, and the time it takes. */
package dev.chainrule.samples.documents.methods;
