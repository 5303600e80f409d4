package dev.chainrule.processor;

import com.google.auto.service.AutoService;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Scope;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.Diagnostic;

/**
 * Reports {@code @Network} on a type declared inside a method. Annotation processors are never shown such types, so that the
 * annotation would silently do nothing; javac's syntax trees show them. With another compiler, or where a build tool stands
 * between, this finds nothing. It takes the options of {@link NetworkProcessor}, which is not asked where nothing is declared: javac
 * warns of those that no processor takes. It is registered before {@link NetworkProcessor} (AutoService sorts by name), because javac asks
 * no more processors once all annotations are claimed.
 */
@AutoService(Processor.class)
@SupportedAnnotationTypes("*")
public final class LocalTypeProcessor extends AbstractProcessor {
    private static final String SIMPLE_NAME = "Network";

    /** Makes a processor, as compilers do. */
    public LocalTypeProcessor() {}

    @Override
    public Set<String> getSupportedOptions() {
        return Options.NAMES;
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        Trees trees;
        try {
            trees = Trees.instance(processingEnv);
        } catch (IllegalArgumentException | LinkageError notJavac) {
            return false;
        }
        try {
            round.getRootElements().forEach(root -> check(trees, root));
        } catch (RuntimeException | Error failure) {
            // What carries no @Network has to compile whatever happens here
            processingEnv.getMessager().printMessage(Diagnostic.Kind.WARNING, Reports.crash(failure));
        }
        return false;
    }

    private void check(Trees trees, Element root) {
        TreePath path = trees.getPath(root);
        if (path != null) {
            new LocalTypes(trees, processingEnv.getElementUtils(), path).scan(path, false);
        }
    }

    /** Visits every type of a file, knowing whether it is inside a body of code. */
    private static final class LocalTypes extends TreePathScanner<Void, Boolean> {
        private final Trees trees;
        private final Elements elements;

        /** The innermost type around that is not inside a body of code. */
        private TreePath member;

        LocalTypes(Trees trees, Elements elements, TreePath root) {
            this.trees = trees;
            this.elements = elements;
            this.member = root;
        }

        @Override
        public Void visitClass(ClassTree type, Boolean inCode) {
            Tree parent = getCurrentPath().getParentPath().getLeaf();
            boolean isLocal = inCode || !(parent instanceof ClassTree || parent instanceof CompilationUnitTree);
            if (isLocal) {
                type.getModifiers().getAnnotations().stream()
                        .filter(this::isNetwork)
                        .forEach(annotation -> report(type, annotation));
                return super.visitClass(type, true);
            }
            TreePath around = member;
            member = getCurrentPath();
            super.visitClass(type, false);
            member = around;
            return null;
        }

        private void report(ClassTree type, AnnotationTree annotation) {
            String message = "[LocalType] @Network is for top-level and static nested types; move "
                    + type.getSimpleName() + " out of the code that it is declared in.";
            trees.printMessage(Diagnostic.Kind.ERROR, message, annotation, member.getCompilationUnit());
        }

        /** By name, as the compiler has not looked into bodies of code yet. */
        private boolean isNetwork(AnnotationTree annotation) {
            String name = annotation.getAnnotationType().toString();
            return name.equals(NetworkProcessor.NETWORK)
                    || name.equals(SIMPLE_NAME)
                            && meaning()
                                    .filter(type -> type.getQualifiedName().contentEquals(NetworkProcessor.NETWORK))
                                    .isPresent();
        }

        /** What the simple name means around the code: a member, what the file imports by name, what the package has, or else. */
        private Optional<TypeElement> meaning() {
            List<Iterable<? extends Element>> nearestFirst = new ArrayList<>();
            boolean isInPackage = false;
            for (Scope scope = trees.getScope(member); scope != null; scope = scope.getEnclosingScope()) {
                nearestFirst.add(scope.getLocalElements());
                if (scope.getEnclosingClass() != null) {
                    nearestFirst.add(elements.getAllMembers(scope.getEnclosingClass()));
                } else if (!isInPackage) {
                    // Imports on demand come after it
                    nearestFirst.add(
                            elements.getPackageOf(trees.getElement(member)).getEnclosedElements());
                    isInPackage = true;
                }
            }
            return nearestFirst.stream()
                    .flatMap(types -> StreamSupport.stream(types.spliterator(), false))
                    .filter(element -> element instanceof TypeElement
                            && element.getSimpleName().contentEquals(SIMPLE_NAME))
                    .map(TypeElement.class::cast)
                    .findFirst();
        }
    }
}
