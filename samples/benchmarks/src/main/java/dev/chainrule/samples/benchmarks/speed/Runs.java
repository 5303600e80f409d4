package dev.chainrule.samples.benchmarks.speed;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options of every table. */
final class Runs {
    @Option(names = "--rounds", description = "How often each is measured, in a new process each time.")
    private int rounds;

    @Option(names = "--quick", description = "One or two short rounds: shows that all works, and not much more.")
    private boolean quick;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where to write table and chart; ${DEFAULT-VALUE} by default.")
    private Path out = Path.of("target", "speed");

    int rounds(int usual) {
        return rounds > 0 ? rounds : quick ? 2 : usual;
    }

    Timing timing() {
        return quick ? Timing.QUICK : Timing.THOROUGH;
    }

    boolean isQuick() {
        return quick;
    }

    Path out() {
        return out;
    }
}
