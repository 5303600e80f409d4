package dev.chainrule.samples.documents;

import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.training.Metrics;
import dev.chainrule.runtime.training.Records;
import dev.chainrule.runtime.training.Standardisation;
import dev.chainrule.runtime.weights.WeightFile;
import dev.chainrule.samples.documents.proofs.Checking;
import dev.chainrule.samples.documents.proofs.Proving;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What javac proves of the perceptrons that learned who is admitted. */
@Command(
        name = "admissions-proved",
        description =
                "What javac proves of perceptrons that learned who is admitted to a graduate school: whether chances are within"
                        + " bounds, and whether a higher gpa ever lowers one. The first is trained as 'admissions' does; the"
                        + " second is larger, and trained for longer.")
final class AdmissionsProvedCommand extends Program {
    private static final String WEIGHTS = "admission.safetensors";

    /** The gre and the gpa of all records are within these. */
    private static final String SCORES = "220 <= gre && gre <= 800 && 2.26 <= gpa && gpa <= 4";

    private static final String GOOD = "220 <= gre && gre <= 800 && 3.8 <= gpa && gpa <= 4 && rank == 1 && raise == 0";

    private static final String NEVER_LOWERED = "raisedChance_0 >= chance_0";

    /** The document's training; and one by which more hidden units learn the training records better. */
    private static final AdmissionsSettings DOCUMENT = new AdmissionsSettings(
            DescentOptimizer.GRADIENT_DESCENT,
            Admissions.LEARNING_RATE,
            Admissions.PERCEPTRON_DOCUMENT.epochs(),
            null,
            Perceptrons.DOCUMENT_HIDDEN,
            null);

    private static final AdmissionsSettings LARGER =
            new AdmissionsSettings(DescentOptimizer.ADAM, 0.02, 500, null, 8, null);

    @Option(
            names = "--data",
            paramLabel = "FILE|URL",
            description = "The records: comma-separated values under the names admit, gre, gpa and rank.")
    private String data = Admissions.ADDRESS;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Where the weights are to go, the classes, and beside these the certificates and pages.")
    private Path folder = Path.of("admissions-proved");

    @Override
    void run() throws IOException {
        Records all = new AdmissionsFile(data).read();
        print("Who is admitted, by gre, gpa and rank as they are in the file, and what is proved of it%n");
        String anyRank = SCORES + " && 1 <= rank && rank <= 4";
        String raised = anyRank + " && 0 <= raise && raise <= 1.74";
        Path document = train(all, DOCUMENT, "as the document does");
        prove(document, DOCUMENT, "Promise", GOOD, "chance_0 >= 0.5");
        prove(document, DOCUMENT, "Bounds", GOOD, "0.25 <= chance_0 && chance_0 <= 0.56");
        prove(document, DOCUMENT, "Raised", raised, NEVER_LOWERED);
        Path larger = train(all, LARGER, "by Adam");
        prove(larger, LARGER, "Raised", raised, NEVER_LOWERED);
        prove(
                larger,
                LARGER,
                "PartRaised",
                "340 <= gre && gre <= 420 && 3.4 <= gpa && gpa <= 3.6 && rank == 1 && 0.01 <= raise && raise <= 0.2",
                NEVER_LOWERED);
    }

    /** Trains a perceptron as {@code admissions} does, and returns the folder of its weights. */
    private Path train(Records all, AdmissionsSettings settings, String how) throws IOException {
        Standardisation fit = Standardisation.fit(all, 0, 1);
        Records.Split records = Admissions.documentSplit(fit.apply(all));
        TrainableNetwork perceptron = Perceptrons.of(settings.hidden());
        settings.start(perceptron, Admissions.PERCEPTRON_DOCUMENT);
        settings.trainer(settings.epochs()).build().train(perceptron, records.first());
        String shape = "6-" + settings.hidden() + "-1";
        print(
                "%n%s, trained %s: training error %.6f, test accuracy %.3f%n",
                shape,
                how,
                Metrics.of(perceptron, records.first()).meanSquaredError(),
                Metrics.of(perceptron, records.rest()).accuracy());
        Path weights = Files.createDirectories(folder.resolve(shape));
        TrainableNetwork raised = AdmissionsRaised.network(settings.hidden(), weights.resolve("shape"));
        AdmissionsRaised.fill(raised, perceptron, fit);
        WeightFile.save(raised, weights.resolve(WEIGHTS));
        return weights;
    }

    private void prove(Path weights, AdmissionsSettings settings, String name, String when, String then)
            throws IOException {
        print("%n  if   %s%n  then %s%n", when, then);
        String declaration = AdmissionsRaised.ensured(name, settings.hidden(), WEIGHTS, when, then);
        Proving proving = Proving.compiled(name, declaration, weights, weights);
        if (!proving.error().isEmpty()) {
            print("  javac, after %.1f s: %s%n", proving.seconds(), proving.error());
            return;
        }
        Checking checking = Checking.of(proving.certificate(), proving.classes(), proving.source());
        print(
                "  javac, after %.1f s: proved by %,d %s, with %s to spare; checked in %.1f s%n",
                proving.seconds(),
                proving.boxes(),
                proving.boxes() == 1 ? "box" : "boxes",
                proving.margin() == 0 ? "nothing" : String.format(Locale.ROOT, "%.1e", proving.margin()),
                checking.seconds());
    }
}
