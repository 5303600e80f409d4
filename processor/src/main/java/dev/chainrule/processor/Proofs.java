package dev.chainrule.processor;

import dev.chainrule.processor.declaration.EnsureDeclaration;
import dev.chainrule.processor.declaration.NetworkDeclaration;
import dev.chainrule.processor.java.JavaNumbers;
import dev.chainrule.processor.network.TrainedNetwork;
import dev.chainrule.processor.proof.Certificate;
import dev.chainrule.processor.proof.Outcome;
import dev.chainrule.processor.proof.Search;
import dev.chainrule.processor.property.Box;
import dev.chainrule.processor.property.Property;
import dev.chainrule.processor.property.ProvedProperty;
import dev.chainrule.processor.validation.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Proves the properties of a frozen class, and says what is not proved. */
final class Proofs {
    /** What a proof in a certificate begins with. */
    private static final Pattern HEAD = Pattern.compile("boxes (\\d{1,9}) margin (\\S+)\n");

    private final Options options;
    private final Reports reports;

    Proofs(Options options, Reports reports) {
        this.options = options;
        this.reports = reports;
    }

    /**
     * Proves what a declaration ensures; returns what is proved, in order.
     *
     * @param circuit what the class computes
     * @param earlier proofs of the build before, by their keys, which need not be found again
     */
    List<ProvedProperty> of(
            NetworkDeclaration declaration,
            TrainedNetwork trained,
            List<Property> properties,
            String circuit,
            Map<String, String> earlier) {
        List<ProvedProperty> proved = new ArrayList<>();
        for (int i = 0; i < properties.size(); i++) {
            EnsureDeclaration ensure = declaration.ensures().get(i);
            Property property = properties.get(i);
            if (!options.isProving()) {
                reports.warning(Problem.with(
                        declaration,
                        ensure.then(),
                        "NotProved",
                        ensure.which() + "The property is taken as it is, without a proof, as -A" + Options.PROVE
                                + "=false says."));
                continue;
            }
            String key = Certificates.key(circuit, Certificate.property(property));
            Optional<ProvedProperty> known =
                    Optional.ofNullable(earlier.get(key)).flatMap(proof -> known(property, key, proof));
            if (known.isPresent()) {
                proved.add(known.get());
                continue;
            }
            Outcome outcome = Search.decide(trained, property, how -> reports.note(declaration, how));
            if (outcome instanceof Outcome.Proved proof) {
                String head = "boxes " + proof.boxes() + " margin " + proof.margin() + "\n";
                proved.add(new ProvedProperty(
                        property,
                        proof.boxes(),
                        proof.margin(),
                        key,
                        head + proof.certificate().text()));
            } else if (outcome instanceof Outcome.Broken broken) {
                reports.error(Problem.with(
                        declaration, ensure.then(), "PropertyBroken", ensure.which() + text(trained, broken)));
            } else {
                undecided(declaration, ensure, trained, (Outcome.Undecided) outcome);
            }
        }
        return proved;
    }

    private static Optional<ProvedProperty> known(Property property, String key, String proof) {
        Matcher head = HEAD.matcher(proof);
        if (!head.lookingAt() || Integer.parseInt(head.group(1)) > property.boxes()) {
            return Optional.empty();
        }
        return Optional.of(new ProvedProperty(
                property, Integer.parseInt(head.group(1)), Double.parseDouble(head.group(2)), key, proof));
    }

    private static String text(TrainedNetwork trained, Outcome.Broken broken) {
        JavaNumbers numbers = JavaNumbers.of(trained.precision());
        return "The network breaks this: the input " + array(broken.input(), numbers) + " gives the output "
                + array(broken.outputs(), numbers) + ". Train it for this property, or change the property.";
    }

    /** As Java's array literals have it, all digits. */
    private static String array(double[] values, JavaNumbers numbers) {
        return Arrays.stream(values).mapToObj(numbers::literal).collect(Collectors.joining(", ", "{", "}"));
    }

    private void undecided(
            NetworkDeclaration declaration,
            EnsureDeclaration ensure,
            TrainedNetwork trained,
            Outcome.Undecided undecided) {
        Problem problem = Problem.with(
                declaration,
                ensure.then(),
                "NotDecided",
                ensure.which()
                        + String.format(
                                Locale.ROOT,
                                "This is neither proved nor broken by %,d boxes: %.2f %% of the inputs are decided, and %,d"
                                        + " boxes are left, of which the first is %s. Allow more by boxes = ..., or change the"
                                        + " property; -A%s=warn makes this a warning.",
                                undecided.boxes(),
                                // Not 100 where something is left
                                Math.floor(10_000 * undecided.decided()) / 100,
                                undecided.open(),
                                text(undecided.resisting(), JavaNumbers.of(trained.precision())),
                                Options.PROVE));
        if (options.isProofOptional()) {
            reports.warning(problem);
        } else {
            reports.error(problem);
        }
    }

    private static String text(Box box, JavaNumbers numbers) {
        return IntStream.range(0, box.size())
                .mapToObj(i -> "x_" + i + " from " + numbers.literal(box.least()[i]) + " to "
                        + numbers.literal(box.greatest()[i]))
                .collect(Collectors.joining(", "));
    }
}
