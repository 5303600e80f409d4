/**
 * What generated networks need at run time: interfaces, kernels and gradient checks; trainers; records from tables; files of
 * parameters; drawings.
 */
module dev.chainrule.runtime {
    requires static transitive java.sql;
    requires static jdk.jfr;

    exports dev.chainrule.runtime;
    exports dev.chainrule.runtime.data;
    exports dev.chainrule.runtime.drawing;
    exports dev.chainrule.runtime.jfr;
    exports dev.chainrule.runtime.monitoring;
    exports dev.chainrule.runtime.training;
    exports dev.chainrule.runtime.weights;
}
