package dev.chainrule.samples.documents;

import dev.chainrule.samples.documents.curves.NistProblem;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Fits NIST's 27 nonlinear problems and prints how many of the certified digits it finds. */
@Command(
        name = "nist",
        description =
                "Fits the 27 nonlinear problems of NIST's Statistical Reference Datasets by Levenberg-Marquardt, each"
                        + " from both of its starts, and prints how many digits agree with the certified ones.")
final class NistCommand extends Program {
    @Option(
            names = "--data",
            paramLabel = "DIR|URL",
            description = "Where the files of the problems are: Misra1a.dat and the like.")
    private String data = "https://www.itl.nist.gov/div898/strd/nls/data/LINKS/DATA";

    @Override
    void run() throws IOException {
        print("| problem | steps from start 1 | digits: parameters | standard errors | residual deviation |"
                + " from start 2 | parameters | standard errors | residual deviation |%n");
        print("|---|--:|--:|--:|--:|--:|--:|--:|--:|%n");
        for (String name : NistProblem.MODELS.keySet()) {
            NistProblem problem = NistProblem.of(name, new Place(data + "/" + name + ".dat").text());
            print("| %s |", name);
            for (int start = 0; start < 2; start++) {
                NistProblem.Result result = problem.fit(start);
                print(
                        " %d%s | %.1f | %.1f | %.1f |",
                        result.steps(),
                        result.hasConverged() ? "" : " (not at its end)",
                        result.parameters(),
                        result.standardErrors(),
                        result.residualDeviation());
            }
            print("%n");
        }
    }
}
