/** Fashion-MNIST, 70,000 small pictures of clothes: the network that learns them, and their files. */
package dev.chainrule.samples.documents.fashion;
