/** A named module that uses generated networks. */
module consumer {
    requires dev.chainrule.runtime;
    requires static dev.chainrule.annotations;
}
