package dev.chainrule.processor.loops;

import dev.chainrule.annotations.Precision;
import dev.chainrule.processor.code.Argument;
import dev.chainrule.processor.code.BytecodeSize;
import dev.chainrule.processor.code.FrozenStorage;
import dev.chainrule.processor.code.Loads;
import dev.chainrule.processor.code.MemoryUse;
import dev.chainrule.processor.code.MethodBody;
import dev.chainrule.processor.code.Operation;
import dev.chainrule.processor.code.Place;
import dev.chainrule.processor.code.Program;
import dev.chainrule.processor.code.RecordAccess;
import dev.chainrule.processor.code.Routine;
import dev.chainrule.processor.code.Scratch;
import dev.chainrule.processor.code.Statement;
import dev.chainrule.processor.code.Storage;
import dev.chainrule.processor.derivation.Derivation;
import dev.chainrule.processor.equations.Equation;
import dev.chainrule.processor.equations.Quantity;
import dev.chainrule.processor.equations.Section;
import dev.chainrule.processor.equations.Symbol;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.TrainedNetwork;
import dev.chainrule.processor.rewrite.Needed;
import dev.chainrule.processor.rewrite.SumsApart;
import dev.chainrule.processor.schedule.Limits;
import dev.chainrule.processor.schedule.Schedule;
import dev.chainrule.processor.schedule.Sparsity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Network to program: an operation becomes one method with every value in a local variable where that fits, and otherwise a
 * method that calls one step after the other, a step a section, with the values between them in scratch arrays.
 */
public final class Lowering {
    private final Derivation derivation;

    /** What blocks of records do: each record has a weight. */
    private final Derivation weighted;

    private final Network network;
    private final boolean usesVectors;

    /** The terms of the longest sum that is one line where an operation is one method. */
    private final int shortSum;

    private final Schedule schedule;
    private final Sparsity sparsity;
    private final Function<RecordAccess, Storage> storage;
    private final List<Operation> recordOperations;

    /** Whether kernels look up tables: those in float do not. */
    private final boolean hasTables;

    private final Map<Operation, Routine> operations = new EnumMap<>(Operation.class);
    private final Map<String, Section> steppedSections = new LinkedHashMap<>();

    /** The names of sections without vector instructions, which take neither rows filled up nor places in a Jacobian. */
    private final Set<String> withoutVectors = new HashSet<>();

    private Lowering(
            Derivation derivation,
            Schedule schedule,
            Function<RecordAccess, Storage> storage,
            boolean usesVectors,
            int shortSum,
            List<Operation> recordOperations) {
        this.derivation = derivation;
        this.weighted = schedule.hasBlocks() ? derivation.weighted() : derivation;
        this.network = derivation.network();
        this.schedule = schedule;
        this.sparsity = schedule.sparsity();
        this.storage = storage;
        this.usesVectors = usesVectors;
        this.shortSum = shortSum;
        this.recordOperations = recordOperations;
        this.hasTables = storage.apply(RecordAccess.ALONE).precision() == Precision.DOUBLE;
    }

    /**
     * The methods for a network that is to be trained.
     *
     * @param usesVectors whether they use the Vector API where it is there at run time
     */
    public static Program of(Derivation derivation, boolean usesVectors) {
        Network network = derivation.network();
        List<Operation> all = Stream.of(Operation.values())
                .filter(Operation::isOfEveryNetwork)
                .filter(operation -> operation != Operation.FULL_GRADIENT || Schedule.hasFullGradient(derivation))
                .toList();
        return new Lowering(
                        derivation,
                        Schedule.of(network),
                        access -> Storage.of(network, access),
                        usesVectors,
                        Limits.SHORT_SUM,
                        all)
                .program();
    }

    /** The methods for derivatives that only some networks have. */
    public static Program ofDerivatives(Derivation derivation, List<Operation> operations) {
        return new Lowering(
                        derivation,
                        Schedule.of(derivation.network()).withoutBlocks(),
                        access -> Storage.of(derivation.network(), access),
                        false,
                        Limits.SHORT_SUM,
                        operations)
                .program();
    }

    /**
     * The methods of the forward pass alone, for a network whose parameters do not change: where they are literals, each has a
     * line of its own with its name. With the Jacobian by the inputs, where that is asked for.
     */
    public static Program ofFrozen(
            TrainedNetwork trained, Schedule schedule, boolean usesVectors, boolean hasJacobian) {
        return new Lowering(
                        Derivation.of(trained.network()),
                        schedule,
                        access -> FrozenStorage.inArrayOrBlock(trained, schedule.sparsity(), access, usesVectors),
                        usesVectors,
                        0,
                        hasJacobian
                                ? List.of(Operation.FORWARD, Operation.OUTPUT_BY_INPUTS)
                                : List.of(Operation.FORWARD))
                .program();
    }

    private Program program() {
        Map<Operation, List<Section>> stepped = new EnumMap<>(Operation.class);
        List<Operation> inBlocks = new ArrayList<>();
        for (Operation operation : recordOperations) {
            List<Section> sections = scheduled(operation.sections(derivation));
            if (operation.isCold() && schedule.hasBlocks() && operations.containsKey(Operation.BACKPROP)) {
                inBlocks.add(operation);
                continue;
            }
            Optional<Routine> whole = operation.isCold() ? Optional.empty() : asOneMethod(operation, sections);
            whole.ifPresentOrElse(routine -> operations.put(operation, routine), () -> {
                stepped.put(operation, sections);
                sections.forEach(section -> steppedSections.put(section.name(), section));
                if (operation.isOfOneOutput()) {
                    ownSections(sections).forEach(section -> withoutVectors.add(section.name()));
                }
            });
        }
        Map<String, List<Routine>> steps = steps();
        stepped.forEach((operation, sections) -> {
            if (operation.isOfOneOutput()) {
                List<Section> units = scheduled(Operation.UNITS.sections(derivation));
                operations.put(Operation.UNITS, callingSteps(Operation.UNITS, units, steps));
                operations.put(operation, callingSteps(operation, ownSections(sections), steps));
            } else {
                operations.put(operation, callingSteps(operation, sections, steps));
            }
        });
        List<Routine> methods = steps.values().stream().flatMap(List::stream).toList();
        return new Program(
                operations,
                methods,
                scratch(methods),
                schedule.hasBlocks() ? Optional.of(blocks(inBlocks)) : Optional.empty());
    }

    /** What follows the forward pass, which several outputs share. */
    private List<Section> ownSections(List<Section> sections) {
        return sections.subList(scheduled(derivation.forward()).size(), sections.size());
    }

    /** The sections, where sums that are written out do not stand beside what becomes loops. */
    private List<Section> scheduled(List<Section> sections) {
        return sections.stream()
                .flatMap(section -> sparsity.isWrittenOut(section) && schedule.isLooped(section)
                        ? SumsApart.of(section).stream()
                        : Stream.of(section))
                .toList();
    }

    private boolean isLooped(Section section) {
        return !sparsity.isWrittenOut(section) && schedule.isLooped(section);
    }

    /** The methods for blocks, those for a record alone that share their steps, and one for all units where several need them. */
    private Program blocks(List<Operation> alone) {
        List<Operation> blockOperations = recordOperations.stream()
                .filter(operation -> operation == Operation.FORWARD || operation == Operation.BACKPROP)
                .toList();
        Map<String, Routine> steps = blockSteps(blockOperations, alone);
        List<Routine> methods = new ArrayList<>(steps.values());
        List<Section> units = blockSections(Operation.UNITS);
        if (units.size() > 1 && blockOperations.size() + alone.size() > 1) {
            Routine all = routine(Operation.UNITS.blockName(), units, RecordAccess.IN_BLOCK, calls(units, steps));
            units.forEach(section -> steps.put(section.name(), all));
            methods.add(0, all);
        }
        Map<Operation, Routine> blocks = new EnumMap<>(Operation.class);
        blockOperations.forEach(operation -> blocks.put(operation, block(operation, steps)));
        alone.forEach(operation -> blocks.put(operation, firstOfBlock(operation, steps)));
        return new Program(blocks, methods, scratch(methods), Optional.empty());
    }

    /** For each section of an operation for blocks, its method. */
    private Map<String, Routine> blockSteps(List<Operation> blockOperations, List<Operation> alone) {
        Map<String, Section> sections = sections(blockOperations);
        Map<String, Section> all = new LinkedHashMap<>(sections);
        all.putAll(sections(alone));
        Map<Symbol, Set<String>> readers = readers(all.values());
        all.forEach((name, section) -> {
            // Results and derivatives have no place for each record of a block
            Stream<Quantity> computed = section.equations().map(Equation::left).map(Symbol::quantity);
            if (computed.noneMatch(quantity -> quantity.isResult() || quantity.isGradient())) {
                sections.put(name, section);
            }
        });
        Map<String, Routine> steps = new LinkedHashMap<>();
        sections.forEach((name, section) -> {
            Predicate<Symbol> exported = readByOthers(section, readers).or(Symbol.error()::equals);
            if (sparsity.isWrittenOut(section) && schedule.isLoopedInBlocks(section)) {
                steps.putAll(blockParts(section));
                return;
            }
            List<Statement> body =
                    Blocks.of(section, schedule.isLoopedInBlocks(section), exported, shortSum, hasTables, sparsity);
            steps.put(name, blockRoutine(name, section, body));
        });
        return steps;
    }

    /** The methods of sums that are written out for blocks; the last, by the section's name, calls the others. */
    private Map<String, Routine> blockParts(Section section) {
        List<List<Statement>> parts = BlockSums.of(section, sparsity);
        Map<String, Routine> routines = new LinkedHashMap<>();
        for (int i = 0; i < parts.size() - 1; i++) {
            String name = section.name() + "Part" + i;
            routines.put(name, blockRoutine(name, section, parts.get(i)));
        }
        List<Statement> last = parts.get(parts.size() - 1);
        if (parts.size() > 1) {
            String name = section.name() + "Part" + (parts.size() - 1);
            routines.put(name, blockRoutine(name, section, last));
            last = routines.values().stream()
                    .<Statement>map(Statement.Invoke::new)
                    .toList();
        }
        routines.put(section.name(), blockRoutine(section.name(), section, last));
        return routines;
    }

    private Routine blockRoutine(String name, Section section, List<Statement> body) {
        return routine(name + "Block", List.of(section), RecordAccess.IN_BLOCK, body);
    }

    private Map<String, Section> sections(List<Operation> some) {
        Map<String, Section> sections = new LinkedHashMap<>();
        some.forEach(operation -> blockSections(operation).forEach(section -> sections.put(section.name(), section)));
        return sections;
    }

    private List<Section> blockSections(Operation operation) {
        return scheduled(operation.sections(weighted));
    }

    private Routine block(Operation operation, Map<String, Routine> steps) {
        List<Section> sections = blockSections(operation);
        return withAll(
                operation, routine(operation.blockName(), sections, RecordAccess.IN_BLOCK, calls(sections, steps)));
    }

    /** Calls of the methods that compute some sections, one of several once. */
    private static List<Statement> calls(List<Section> sections, Map<String, Routine> steps) {
        return sections.stream()
                .map(section -> steps.get(section.name()))
                .filter(Objects::nonNull)
                .distinct()
                .<Statement>map(Statement.Invoke::new)
                .toList();
    }

    /** The method with all arguments that its callers have, though a formula like {@code sign(z)} leaves some of them unused. */
    private static Routine withAll(Operation operation, Routine routine) {
        Set<Argument> arguments = EnumSet.copyOf(operation.arguments());
        arguments.addAll(routine.arguments());
        return routine.with(arguments);
    }

    /** By the steps for blocks, as a block of one record; what they do not do is written out. */
    private Routine firstOfBlock(Operation operation, Map<String, Routine> steps) {
        List<Section> sections = operation.sections(weighted);
        List<Statement> body = new ArrayList<>(calls(sections, steps));
        List<Statement> rest = sections.stream()
                .filter(section -> !steps.containsKey(section.name()))
                .flatMap(section -> StraightLine.of(section, Limits.SHORT_SUM).stream())
                .toList();
        body.addAll(MethodBody.withLoads(rest));
        if (operation.findsError()) {
            body.add(new Statement.Return(Symbol.error()));
        }
        return withAll(operation, routine(operation.methodName(), sections, RecordAccess.FIRST_OF_BLOCK, body));
    }

    /** The operation's sections in one method, unless that is too large or a section becomes loops. */
    private Optional<Routine> asOneMethod(Operation operation, List<Section> all) {
        List<Section> sections = Needed.of(all);
        // No parameter takes less than 8 bytes of code to load, so most networks need not be written out to see it.
        if (sparsity.parameters(network) > Limits.METHOD_BYTES / 8 || hasLoops(operation, sections)) {
            return Optional.empty();
        }
        List<Statement> statements = new ArrayList<>();
        sections.forEach(section -> statements.addAll(StraightLine.of(section, shortSum, sparsity)));
        if (operation.findsError()) {
            statements.add(new Statement.Return(Symbol.error()));
        }
        List<Statement> body = MethodBody.withLoads(statements);
        return BytecodeSize.of(body, storage.apply(operation.access())) <= Limits.METHOD_BYTES
                ? Optional.of(withAll(operation, routine(operation.methodName(), sections, operation.access(), body)))
                : Optional.empty();
    }

    private boolean hasLoops(Operation operation, List<Section> sections) {
        return operation == Operation.BACKPROP || operation == Operation.FULL_GRADIENT
                ? schedule.gradientHasLoops()
                : sections.stream().anyMatch(this::isLooped);
    }

    /** For each section that becomes a step, its method: the last of the list, which calls those before it. */
    private Map<String, List<Routine>> steps() {
        Map<String, List<Routine>> steps = new LinkedHashMap<>();
        Map<Symbol, Set<String>> readers = readers(steppedSections.values());
        Storage places = storage.apply(RecordAccess.AMONG_OTHERS);
        for (Section section : steppedSections.values()) {
            Predicate<Symbol> exported = readByOthers(section, readers);
            if (isLooped(section)) {
                List<List<Statement>> parts = Loops.of(section, exported, places::rowLength, hasTables);
                withReturn(section, parts.get(parts.size() - 1));
                steps.put(section.name(), inMethods(section, parts));
                continue;
            }
            // A literal in each term makes it a line of its own
            int inALine = sparsity.isWrittenOut(section) ? shortSum : Limits.SHORT_SUM;
            List<Statement> statements =
                    withReturn(section, new ArrayList<>(StraightLine.of(section, inALine, sparsity)));
            if (sparsity.isWrittenOut(section)) {
                statements = StoredAtOnce.of(statements, exported);
            }
            List<List<Statement>> parts = MethodBody.split(statements, exported, places);
            steps.put(section.name(), inMethods(section, parts));
        }
        return steps;
    }

    private List<Routine> inMethods(Section section, List<List<Statement>> parts) {
        if (parts.size() == 1) {
            return List.of(step(section.name(), section, parts.get(0)));
        }
        List<Routine> routines = new ArrayList<>();
        List<Statement> calls = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Routine part = step(section.name() + "part" + i, section, parts.get(i));
            routines.add(part);
            calls.add(new Statement.Invoke(part));
            if (part.returnsError()) {
                calls.add(new Statement.Return(Symbol.error()));
            }
        }
        routines.add(step(section.name(), section, calls));
        return routines;
    }

    private Routine callingSteps(Operation operation, List<Section> sections, Map<String, List<Routine>> steps) {
        List<Statement> body = new ArrayList<>();
        for (Section section : sections) {
            List<Routine> routines = steps.get(section.name());
            body.add(new Statement.Invoke(routines.get(routines.size() - 1)));
        }
        if (operation.findsError()) {
            body.add(new Statement.Return(Symbol.error()));
        }
        return withAll(operation, routine(operation.methodName(), sections, operation.access(), body));
    }

    private Routine step(String name, Section section, List<Statement> body) {
        return routine(name, List.of(section), RecordAccess.AMONG_OTHERS, body);
    }

    private static List<Statement> withReturn(Section section, List<Statement> body) {
        if (section.equations().anyMatch(equation -> equation.left().equals(Symbol.error()))) {
            body.add(new Statement.Return(Symbol.error()));
        }
        return body;
    }

    /** For each quantity of a layer, the names of the sections that read it. */
    private static Map<Symbol, Set<String>> readers(Collection<Section> sections) {
        Map<Symbol, Set<String>> readers = new HashMap<>();
        sections.forEach(section ->
                section.forEachRead(symbol -> readers.computeIfAbsent(symbol.family(), family -> new HashSet<>())
                        .add(section.name())));
        return readers;
    }

    /** Whether a section other than this one reads a symbol of the same quantity and layer. */
    private static Predicate<Symbol> readByOthers(Section section, Map<Symbol, Set<String>> readers) {
        return symbol -> readers.getOrDefault(symbol.family(), Set.of()).stream()
                .anyMatch(reader -> !reader.equals(section.name()));
    }

    private Routine routine(String name, List<Section> sections, RecordAccess access, List<Statement> choices) {
        Storage places = storage.apply(access);
        List<Statement> loaded = Loads.once(
                usesVectors && sections.stream().map(Section::name).noneMatch(withoutVectors::contains)
                        ? choices
                        : choices.stream()
                                .flatMap(statement -> statement instanceof Statement.Either either
                                        ? either.otherwise().stream()
                                        : Stream.of(statement))
                                .toList());
        // What is in the code is not loaded
        List<Statement> body = loaded.stream()
                .filter(statement -> !(statement instanceof Statement.Load load && places.isLiteral(load.symbol())))
                .toList();
        Set<Argument> arguments = EnumSet.noneOf(Argument.class);
        boolean usesParameters = false;
        boolean returnsError = false;
        for (Statement statement : body) {
            if (statement instanceof Statement.Invoke invoke) {
                arguments.addAll(invoke.routine().arguments());
            } else if (statement instanceof Statement.Return) {
                returnsError = true;
            }
        }
        MemoryUse use = MemoryUse.of(body);
        if (!use.gradients().isEmpty()) {
            arguments.add(Argument.GRADIENT);
        }
        Set<String> scratch = new TreeSet<>();
        for (Symbol symbol : use.places()) {
            if (places.handsOutScratch()
                    && places.place(symbol) instanceof Place.Element element
                    && element.isScratch()) {
                arguments.add(Argument.SCRATCH);
                scratch.add(element.array());
            }
            switch (symbol.quantity()) {
                case INPUT -> arguments.add(Argument.INPUTS);
                case TARGET -> arguments.add(Argument.TARGETS);
                case CHOSEN -> arguments.add(Argument.CHOSEN);
                case OUTPUT_BY_WEIGHT, OUTPUT_BY_BIAS, OUTPUT_BY_TRAINABLE, OUTPUT_BY_INPUT ->
                    arguments.add(Argument.JACOBIAN);
                case DIRECTION_OF_WEIGHT, DIRECTION_OF_BIAS, DIRECTION_OF_TRAINABLE, DIRECTION_OF_INPUT ->
                    arguments.add(Argument.DIRECTION);
                case OUTPUT -> arguments.add(Argument.OUTPUT);
                case UNIT_VALUE -> arguments.add(Argument.ACTIVATIONS);
                case WEIGHT, BIAS, TRAINABLE -> usesParameters |= !places.isLiteral(symbol);
                default -> {}
            }
        }
        return new Routine(name, sections, access, arguments, scratch, usesParameters, returnsError, body);
    }

    private List<Scratch> scratch(List<Routine> methods) {
        Map<String, Scratch> fields = new TreeMap<>();
        for (Routine method : methods) {
            Storage places = storage.apply(method.access());
            for (Symbol symbol : MemoryUse.of(method.body()).places()) {
                Place place = places.place(symbol);
                if (place instanceof Place.Field field) {
                    fields.put(field.name(), new Scratch(field.name(), 0));
                } else if (place instanceof Place.Element element && element.isScratch()) {
                    fields.put(element.array(), new Scratch(element.array(), places.length(symbol)));
                }
            }
        }
        return List.copyOf(fields.values());
    }
}
