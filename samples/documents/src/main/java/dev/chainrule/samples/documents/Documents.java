package dev.chainrule.samples.documents;

import dev.chainrule.runtime.training.DivergenceException;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: one subcommand a program of the teaching documents, and some of real data sets. */
@Command(
        name = "documents",
        mixinStandardHelpOptions = true,
        description =
                "The programs of the teaching documents, with the numbers that the documents print; and some of real data sets.",
        synopsisSubcommandLabel = "PROGRAM",
        commandListHeading = "%nPrograms:%n",
        footer = "%n'documents PROGRAM --help' tells more of one.",
        subcommands = {
            IdentityCommand.class,
            UnitStepCommand.class,
            BackpropStepCommand.class,
            ForwardPassCommand.class,
            MlpCommand.class,
            UnitGraphCommand.class,
            AdmissionsCommand.class,
            AdmissionsRawCommand.class,
            AdmissionsProvedCommand.class,
            SlopeCommand.class,
            DescentCommand.class,
            BatchesCommand.class,
            ActivationsCommand.class,
            VanishingCommand.class,
            FashionCommand.class,
            FashionFrozenCommand.class,
            FashionPrunedCommand.class,
            ResidualCommand.class,
            SiameseCommand.class,
            PolicyCommand.class,
            CostCommand.class,
            GrowthCommand.class,
            MethodsCommand.class,
            NistCommand.class,
            CheckCommand.class,
            AcasXuCommand.class
        })
public final class Documents implements Runnable {
    @Spec
    private CommandSpec spec;

    private Documents() {}

    /** Runs a program: exit code 0 where all is well, 1 for an input that it cannot take, 2 for a wrong command line. */
    public static void main(String[] arguments) {
        CommandLine commandLine = commandLine().setOut(new PrintWriter(System.out, true));
        int exitCode = commandLine.execute(arguments);
        commandLine.getOut().flush();
        System.exit(exitCode);
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Documents());
        String version = Documents.class.getPackage().getImplementationVersion();
        commandLine.getCommandSpec().version("Chainrule " + version);
        commandLine
                .getSubcommands()
                .values()
                .forEach(program -> program.getCommandSpec().version("Chainrule " + version));
        return commandLine
                .setParameterExceptionHandler(Documents::reportCommandLine)
                .setExecutionExceptionHandler(Documents::reportExecution);
    }

    /** Without a program. */
    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static int reportCommandLine(ParameterException exception, String[] arguments) {
        CommandLine program = exception.getCommandLine();
        program.getErr().println(exception.getMessage());
        UnmatchedArgumentException.printSuggestions(exception, program.getErr());
        program.getErr().println("'" + program.getCommandSpec().qualifiedName() + " --help' tells what there is.");
        return CommandLine.ExitCode.USAGE;
    }

    /** A message for what the user can put right; all else is a fault of the program and keeps its stack trace. */
    private static int reportExecution(Exception exception, CommandLine program, ParseResult parsed) throws Exception {
        if (exception instanceof IllegalArgumentException
                || exception instanceof DivergenceException
                || exception instanceof IOException) {
            program.getErr().println(program.getCommandName() + ": " + exception.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw exception;
    }
}
