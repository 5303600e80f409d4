package dev.chainrule.processor;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Filer;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/** Runs a processor, and answers what it asks of the compiler: as that does, or otherwise. Build tools hand out environments of their own, too. */
final class Interposed extends AbstractProcessor {
    private final Processor processor;
    private final Calls calls;

    /** Answers the calls of a {@link Filer} and of {@link Elements}, and those of files that the filer gives. */
    interface Calls {
        /** The result of a method, which the compiler itself would give by {@code real}. */
        Object answer(Method method, Object[] arguments, Callable<Object> real) throws Exception;
    }

    Interposed(Processor processor, Calls calls) {
        this.processor = processor;
        this.calls = calls;
    }

    /** All processors that are registered. */
    static List<Interposed> registered(Calls calls) {
        return UserCode.processors().stream()
                .map(processor -> new Interposed(processor, calls))
                .toList();
    }

    @Override
    public synchronized void init(ProcessingEnvironment environment) {
        Filer filer = answering(Filer.class, environment.getFiler());
        Elements elements = answering(Elements.class, environment.getElementUtils());
        processor.init(proxy(ProcessingEnvironment.class, (method, arguments) -> switch (method.getName()) {
            case "getFiler" -> filer;
            case "getElementUtils" -> elements;
            default -> call(method, environment, arguments);
        }));
    }

    private <T> T answering(Class<T> type, T real) {
        return proxy(type, (method, arguments) -> {
            Object answer = calls.answer(method, arguments, () -> call(method, real, arguments));
            Class<?> result = method.getReturnType();
            return result.getPackageName().equals("javax.tools") ? wrapped(result, answer) : answer;
        });
    }

    private <T> T wrapped(Class<T> type, Object real) {
        return answering(type, type.cast(real));
    }

    private interface Handler {
        Object handle(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Handler handler) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> handler.handle(method, arguments)));
    }

    private static Object call(Method method, Object target, Object[] arguments) throws Exception {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception exception) {
                throw exception;
            }
            throw (Error) e.getCause();
        }
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
        return processor.getSupportedAnnotationTypes();
    }

    @Override
    public Set<String> getSupportedOptions() {
        return processor.getSupportedOptions();
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return processor.getSupportedSourceVersion();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        return processor.process(annotations, round);
    }
}
