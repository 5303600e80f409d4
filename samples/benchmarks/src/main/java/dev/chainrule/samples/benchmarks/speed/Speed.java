package dev.chainrule.samples.benchmarks.speed;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line: one subcommand a table. */
@Command(
        name = "benchmarks-speed",
        mixinStandardHelpOptions = true,
        description = "Measures this project against C, plain loops, Encog, ONNX Runtime and DL4J.",
        synopsisSubcommandLabel = "TABLE",
        commandListHeading = "%nTables:%n",
        subcommands = {
            SpeedTable.class,
            FrozenTable.class,
            SecondOrderTable.class,
            PrunedTable.class,
            Cliffs.class,
            Sweep.class,
            StartUp.class,
            DataTable.class,
            TrainingTable.class
        })
public final class Speed implements Runnable {
    @Spec
    private CommandSpec spec;

    private Speed() {}

    public static void main(String[] arguments) {
        // Charts are drawn into files.
        System.setProperty("java.awt.headless", "true");
        CommandLine speed = new CommandLine(new Speed()).setOut(new PrintWriter(System.out, true));
        String version = "Chainrule " + Speed.class.getPackage().getImplementationVersion();
        speed.getCommandSpec().version(version);
        speed.getSubcommands().values().forEach(table -> table.getCommandSpec().version(version));
        System.exit(speed.execute(arguments));
    }

    /** Without a table. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
