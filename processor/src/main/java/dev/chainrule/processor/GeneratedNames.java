package dev.chainrule.processor;

import dev.chainrule.processor.declaration.NetworkDeclaration;
import dev.chainrule.processor.model.GeneratedType;
import dev.chainrule.processor.validation.Problem;
import dev.chainrule.processor.writing.SourceText;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.lang.model.element.TypeElement;

/** The names of generated classes: each is given once, and none that something else has. */
final class GeneratedNames {
    private final Surroundings surroundings;
    private final Consumer<Problem> problems;

    /** By the qualified name, why it cannot be given. */
    private final Map<String, String> taken = new HashMap<>();

    GeneratedNames(Surroundings surroundings, Consumer<Problem> problems) {
        this.surroundings = surroundings;
        this.problems = problems;
    }

    /** Takes the name of a type that is compiled. */
    void add(TypeElement type) {
        String name = type.getQualifiedName().toString();
        taken.put(name, "There is a type " + name + " already");
    }

    /** Takes the names of the classes of a declaration, given with their texts; or says what stands in the way. */
    boolean take(NetworkDeclaration declaration, Map<GeneratedType, String> texts) {
        Optional<Problem> problem = texts.entrySet().stream()
                .flatMap(entry -> problem(declaration, entry.getKey(), entry.getValue()).stream())
                .findFirst();
        problem.ifPresent(problems);
        if (problem.isPresent()) {
            return false;
        }
        texts.forEach((type, text) -> {
            String by = declaration.type().getQualifiedName().toString();
            taken.put(type.qualifiedName(), by + " generates " + type.qualifiedName() + " already");
            SourceText.packageInCode(type, text)
                    .ifPresent(name -> taken.put(
                            beside(type, name),
                            type.qualifiedName() + ", which " + by + " generates, names the package " + name
                                    + ", which " + beside(type, name) + " would hide"));
        });
        return true;
    }

    private Optional<Problem> problem(NetworkDeclaration declaration, GeneratedType type, String text) {
        if (taken.containsKey(type.qualifiedName())) {
            return Optional.of(Problem.named(
                    declaration, "NameTaken", taken.get(type.qualifiedName()) + "; give another className."));
        }
        return SourceText.packageInCode(type, text)
                .map(name -> beside(type, name))
                .filter(name -> taken.containsKey(name) || surroundings.haveType(name, declaration))
                .map(name -> Problem.named(
                        declaration,
                        "NameHidesType",
                        type.qualifiedName() + " has to name another type " + type.name() + " by its full name, which "
                                + name + " hides; give another className."));
    }

    /** The qualified name of a type of the same package. */
    private static String beside(GeneratedType type, String simpleName) {
        return type.packageName().isEmpty() ? simpleName : type.packageName() + "." + simpleName;
    }
}
