/** Trainings as events of the JDK's Flight Recorder. The one package that needs the module {@code jdk.jfr}. */
package dev.chainrule.runtime.jfr;
