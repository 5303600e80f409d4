/** What generated networks need at run time: interfaces, kernels and gradient checks. */
module dev.chainrule.runtime {
    exports dev.chainrule.runtime;
    exports dev.chainrule.runtime.training;
}
