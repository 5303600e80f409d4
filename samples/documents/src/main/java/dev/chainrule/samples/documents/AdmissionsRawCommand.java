package dev.chainrule.samples.documents;

import dev.chainrule.runtime.training.Metrics;
import dev.chainrule.runtime.training.Optimizers;
import dev.chainrule.runtime.training.Records;
import dev.chainrule.runtime.training.Standardisation;
import dev.chainrule.runtime.training.Trainer;
import dev.chainrule.runtime.weights.WeightFile;
import dev.chainrule.samples.documents.frozen.CompiledClass;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The single unit of "Single unit and multilayer perceptron", which takes the numbers as the file has them. */
@Command(
        name = "admissions-raw",
        description = "From " + Titles.UNIT_AND_PERCEPTRON
                + ": the single unit again, but gre, gpa and rank go in as they are in the file: standardising and one-hot"
                + " are part of the network, and of the class that it is frozen to.")
final class AdmissionsRawCommand extends Program {
    private static final int SHOWN = 5;

    /** The shape is that of {@link AdmissionsRaw}. */
    private static final String DECLARATION = """
            import dev.chainrule.annotations.*;

            @Network(
                    parts = {@Input(name = "scores", size = 2), @Input(name = "rank", categories = 4, first = 1)},
                    layers = {
                        @Layer(name = "standardised", kind = LayerKind.SCALE, from = "scores"),
                        @Layer(
                                name = "admitted",
                                units = 1,
                                from = {"standardised", "rank"},
                                activation = Activation.SIGMOID,
                                bias = false)
                    },
                    weights = "%s",
                    standalone = true)
            public final class Admission {}
            """;

    @Option(
            names = "--data",
            paramLabel = "FILE|URL",
            description = "The records: comma-separated values under the names admit, gre, gpa and rank.")
    private String data = Admissions.ADDRESS;

    @Option(names = "--weights", paramLabel = "FILE", description = "Where to save the weights.")
    private Path weights = Path.of("admission.safetensors");

    @Option(names = "--classes", paramLabel = "DIR", description = "Where the frozen class is to go.")
    private Path classes = Path.of("admission-classes");

    @Override
    void run() throws IOException {
        Records all = new AdmissionsFile(data).readAsTheyAre();
        Records.Split records = Admissions.documentSplit(all);
        AdmissionsRawNetwork network = new AdmissionsRawNetwork();
        Standardisation.fit(all, 0, 1).into(network, "standardised");
        double[] start = Admissions.UNIT_DOCUMENT.start();
        System.arraycopy(start, 0, network.parameters(), 0, start.length);
        int epochs = Admissions.UNIT_DOCUMENT.epochs();
        Trainer.builder()
                .optimizer(Optimizers.gradientDescent(Admissions.LEARNING_RATE))
                .epochs(epochs)
                .build()
                .train(network, records.first());
        print("From %s: who is admitted, by gre, gpa and rank as they are in the file%n%n", Titles.UNIT_AND_PERCEPTRON);
        print("%-16s %10s %14s%n", "", "here", "the document");
        print(
                "%-16s %10.6f %14s%n",
                "training error",
                Metrics.of(network, records.first()).meanSquaredError(),
                Admissions.UNIT_DOCUMENT.errorBefore(epochs, 6));
        print(
                "%-16s %10.3f %14.3f%n%n",
                "test accuracy", Metrics.of(network, records.rest()).accuracy(), Admissions.DOCUMENT_ACCURACY);
        WeightFile.save(network, weights);
        CompiledClass frozen = CompiledClass.of("Admission", DECLARATION, 1, weights, classes);
        print("The frozen class %s on the first records of the file%n", frozen.file());
        print("%6s %6s %6s %10s %6s%n", "gre", "gpa", "rank", "predicted", "admit");
        for (int record = 0; record < SHOWN; record++) {
            double[] input = all.select(record).inputs();
            double predicted = frozen.forward(input)[0];
            print("%6.0f %6.2f %6.0f %10.6f %6.0f%n", input[0], input[1], input[2], predicted, all.targets()[record]);
        }
    }
}
