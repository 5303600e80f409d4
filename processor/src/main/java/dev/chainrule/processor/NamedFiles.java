package dev.chainrule.processor;

import dev.chainrule.annotations.Precision;
import dev.chainrule.processor.declaration.NetworkDeclaration;
import dev.chainrule.processor.network.Network;
import dev.chainrule.processor.network.TrainedNetwork;
import dev.chainrule.processor.onnx.Imported;
import dev.chainrule.processor.onnx.OnnxImport;
import dev.chainrule.processor.onnx.OnnxProblem;
import dev.chainrule.processor.resources.ResourceFolders;
import dev.chainrule.processor.resources.UnusableFileException;
import dev.chainrule.processor.schedule.Limits;
import dev.chainrule.processor.validation.Problem;
import dev.chainrule.processor.weights.ModelReader;
import dev.chainrule.processor.weights.Rounding;
import dev.chainrule.processor.weights.WeightReader;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the files that declarations name, of weights and of models, and says what is wrong with them. */
final class NamedFiles {
    private final ResourceFolders folders;
    private final Consumer<Problem> problems;

    NamedFiles(ResourceFolders folders, Consumer<Problem> problems) {
        this.folders = folders;
        this.problems = problems;
    }

    /** The network with the parameters of its file, or empty after saying what is wrong with that. */
    Optional<TrainedNetwork> weights(NetworkDeclaration declaration, Network network) {
        try {
            Path file = folders.find(declaration.weights().value());
            return Optional.of(WeightReader.read(file, network));
        } catch (UnusableFileException e) {
            problems.accept(Problem.with(declaration, declaration.weights(), e.code(), e.getMessage()));
            return Optional.empty();
        }
    }

    /** The network with its parameters in the precision that is asked for, or empty after saying which is too large. */
    Optional<TrainedNetwork> inPrecision(NetworkDeclaration declaration, TrainedNetwork trained) {
        try {
            boolean isInFloat = declaration.precision().value() == Precision.FLOAT;
            return Optional.of(isInFloat ? Rounding.toFloat(trained) : trained);
        } catch (UnusableFileException e) {
            problems.accept(Problem.with(declaration, declaration.file(), e.code(), e.getMessage()));
            return Optional.empty();
        }
    }

    /** The network of a model, or empty after saying what is wrong with that. */
    Optional<TrainedNetwork> model(NetworkDeclaration declaration) {
        try {
            Path file = folders.find(declaration.model().value());
            if (ModelReader.reads(file)) {
                return Optional.of(ModelReader.read(file, Limits.FROZEN_PARAMETERS));
            }
            Imported imported = OnnxImport.of(file, declaration.output().value(), Limits.FROZEN_PARAMETERS);
            for (OnnxProblem problem : imported.problems()) {
                problems.accept(Problem.with(
                        declaration, declaration.model(), problem.code(), file + ": " + problem.message()));
            }
            return imported.network();
        } catch (UnusableFileException e) {
            problems.accept(Problem.with(declaration, declaration.model(), e.code(), e.getMessage()));
            return Optional.empty();
        }
    }
}
