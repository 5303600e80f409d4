/** The declaration of a network. */
module dev.chainrule.annotations {
    exports dev.chainrule.annotations;
}
