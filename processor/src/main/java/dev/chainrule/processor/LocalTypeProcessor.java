package dev.chainrule.processor;

import com.google.auto.service.AutoService;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
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

    private static void check(Trees trees, Element root) {
        TreePath path = trees.getPath(root);
        if (path != null) {
            new LocalTypes(trees, path.getCompilationUnit()).scan(path, false);
        }
    }

    /** Visits every type of a file, knowing whether it is inside a body of code. */
    private static final class LocalTypes extends TreePathScanner<Void, Boolean> {
        private final Trees trees;
        private final CompilationUnitTree file;

        LocalTypes(Trees trees, CompilationUnitTree file) {
            this.trees = trees;
            this.file = file;
        }

        @Override
        public Void visitClass(ClassTree type, Boolean inCode) {
            Tree parent = getCurrentPath().getParentPath().getLeaf();
            boolean isLocal = inCode || !(parent instanceof ClassTree || parent instanceof CompilationUnitTree);
            if (isLocal) {
                type.getModifiers().getAnnotations().stream()
                        .filter(this::isNetwork)
                        .forEach(annotation -> report(type, annotation));
            }
            return super.visitClass(type, isLocal);
        }

        private void report(ClassTree type, AnnotationTree annotation) {
            String message = "[LocalType] @Network is for top-level and static nested types; move "
                    + type.getSimpleName() + " out of the code that it is declared in.";
            trees.printMessage(Diagnostic.Kind.ERROR, message, annotation, file);
        }

        /** By name, as the compiler has not looked into bodies of code yet. */
        private boolean isNetwork(AnnotationTree annotation) {
            String name = annotation.getAnnotationType().toString();
            return name.equals(NetworkProcessor.NETWORK)
                    || name.equals("Network") && file.getImports().stream().anyMatch(LocalTypes::importsNetwork);
        }

        private static boolean importsNetwork(Tree importTree) {
            String text = importTree.toString();
            return text.contains(" " + NetworkProcessor.NETWORK + ";")
                    || text.contains(" dev.chainrule.annotations.*;");
        }
    }
}
