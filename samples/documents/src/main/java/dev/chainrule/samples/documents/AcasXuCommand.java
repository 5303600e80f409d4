package dev.chainrule.samples.documents;

import dev.chainrule.samples.documents.proofs.Checking;
import dev.chainrule.samples.documents.proofs.Proving;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Proves public properties of networks for collision avoidance. */
@Command(
        name = "acasxu",
        description =
                "Compiles networks for collision avoidance in aircraft (ACAS Xu; Katz and others, 2017) with their properties,"
                        + " as an application's build would, and checks the certificates: what is proved, what is broken, and"
                        + " how long it takes.")
final class AcasXuCommand extends Program {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            required = true,
            description = "Models, acasxu-1-1.onnx and others, and properties in VNN-LIB, prop_1.vnnlib and others.")
    private Path data;

    @Option(names = "--networks", split = ",", paramLabel = "NAMES", description = "Which networks.")
    private List<String> networks = List.of("1-1", "2-1", "3-1", "4-1", "5-1", "1-9");

    @Option(names = "--properties", split = ",", paramLabel = "NUMBERS", description = "Which properties.")
    private List<Integer> properties = List.of(1, 2, 3, 4);

    @Override
    void run() throws IOException {
        print("Network | Property | Outcome | Seconds |    Boxes |   Margin | Seconds to check%n");
        print("---     |      --- | ---     |     --- |      --- |      --- |              ---%n");
        for (String network : networks) {
            for (int property : properties) {
                Path folder = Files.createTempDirectory("acasxu");
                try {
                    row(network, property, folder);
                } finally {
                    delete(folder);
                }
            }
        }
    }

    private void row(String network, int property, Path folder) throws IOException {
        Path model = data.resolve("acasxu-" + network + ".onnx");
        Proving proving = Proving.of(model, data.resolve("prop_" + property + ".vnnlib"), folder);
        print("%-7s | %8d | %-7s | %7.1f", network, property, proving.outcome(), proving.seconds());
        if (proving.outcome().equals("proved")) {
            Checking checking = Checking.of(proving.certificate(), proving.classes(), proving.source());
            print(" | %,8d | %8.1e | %16.1f%n", proving.boxes(), proving.margin(), checking.seconds());
        } else {
            print(" |          |          |%n");
        }
        out().flush();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
