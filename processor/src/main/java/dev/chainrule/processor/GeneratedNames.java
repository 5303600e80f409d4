package dev.chainrule.processor;

import dev.chainrule.processor.classes.SourceText;
import dev.chainrule.processor.declaration.NetworkDeclaration;
import dev.chainrule.processor.network.GeneratedType;
import dev.chainrule.processor.validation.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/** The names of generated classes: each is given once, and none that something else has. */
final class GeneratedNames {
    /**
     * Members that the classes to train have, those for blocks, for derivatives and for numbers, the frozen ones, and those of
     * vector instructions.
     */
    private static final List<Set<String>> GENERATED = List.of(
            Set.of("INPUTS", "OUTPUTS", "PARAMETERS", "ACTIVATIONS", "LAYERS", "DESCRIPTION"),
            Set.of("BLOCK", "parameters", "forwardBlock", "backpropBlock"),
            Set.of("parameters", "outputByInputs"),
            Set.of("parameters", "outputByParameters"),
            Set.of("parameters", "hessianVector"),
            Set.of("parameters", "inputHessianVector"),
            Set.of("PARAMETERS", "decode", "parameters"),
            Set.of("INPUTS", "OUTPUTS", "forward", "checkLength"),
            Set.of("SPECIES", "LANES", "isWide"));

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
        return holder(declaration, type)
                .map(holder -> Problem.named(declaration, "NameTaken", holder + "; give another className."))
                .or(() -> SourceText.packageInCode(type, text)
                        .map(name -> beside(type, name))
                        .filter(name -> taken.containsKey(name)
                                || surroundings.type(name, declaration).isPresent())
                        .map(name -> Problem.named(
                                declaration,
                                "NameHidesType",
                                type.qualifiedName() + " has to name another type " + type.name()
                                        + " by its full name, which " + name + " hides; give another className.")));
    }

    /** What has the name of a class, in words, if anything has. */
    private Optional<String> holder(NetworkDeclaration declaration, GeneratedType type) {
        String name = type.qualifiedName();
        return Optional.ofNullable(taken.get(name))
                .or(() -> outer(declaration, type)
                        .map(outer -> name + " is what compilers call a type within " + outer.getQualifiedName()))
                .or(() -> surroundings
                        .type(name, declaration)
                        .filter(earlier -> !isGenerated(earlier))
                        .map(earlier -> "There is a type " + name
                                + " already, of an earlier compilation (delete it if it is left over)"));
    }

    /** The type whose nested, local or anonymous types have names such as that of the class. */
    private Optional<TypeElement> outer(NetworkDeclaration declaration, GeneratedType type) {
        return IntStream.range(1, type.name().length())
                .filter(i -> type.name().charAt(i) == '$')
                .mapToObj(i -> surroundings
                        .type(beside(type, type.name().substring(0, i)), declaration)
                        .filter(outer -> hasWithin(outer, type.name().substring(i + 1))))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Whether a type has one of a binary name within it: compilers number those in code, which processors do not see. */
    private static boolean hasWithin(TypeElement outer, String name) {
        return !name.isEmpty() && Character.isDigit(name.charAt(0))
                || ElementFilter.typesIn(outer.getEnclosedElements()).stream()
                        .anyMatch(nested -> name.contentEquals(nested.getSimpleName())
                                || name.startsWith(nested.getSimpleName() + "$")
                                        && hasWithin(
                                                nested,
                                                name.substring(
                                                        nested.getSimpleName().length() + 1)));
    }

    /**
     * Whether an earlier compilation generated a type. Its annotation says so in the source alone, its members in the
     * class file.
     */
    private static boolean isGenerated(TypeElement type) {
        Set<String> members = type.getEnclosedElements().stream()
                .map(member -> member.getSimpleName().toString())
                .collect(Collectors.toSet());
        return GENERATED.stream().anyMatch(members::containsAll);
    }

    /** The qualified name of a type of the same package. */
    private static String beside(GeneratedType type, String simpleName) {
        return type.packageName().isEmpty() ? simpleName : type.packageName() + "." + simpleName;
    }
}
