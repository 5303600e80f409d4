package dev.chainrule.processor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.JavaFileObjects;
import dev.chainrule.annotations.Activation;
import dev.chainrule.annotations.Loss;
import dev.chainrule.annotations.Unroll;
import dev.chainrule.processor.testing.FrozenNetwork;
import dev.chainrule.processor.testing.PlainNetwork;
import dev.chainrule.processor.testing.Program;
import dev.chainrule.processor.testing.Topologies;
import dev.chainrule.processor.testing.Topology;
import dev.chainrule.runtime.TrainableNetwork;
import dev.chainrule.runtime.weights.WeightFile;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A thread that has computed with a generated class, and lives on, does not keep the class: an application can be
 * deployed again.
 */
class ClassUnloadingTest {
    private static final Topology TOPOLOGY =
            Topologies.of("Unloaded", "3-20-1", Activation.TANH, Activation.SIGMOID, Loss.HUBER, Unroll.NONE);

    @TempDir
    private static Path folder;

    private static List<String> classNames;

    @BeforeAll
    static void compile() throws IOException {
        double[] parameters =
                new Random(8).doubles(TOPOLOGY.parameters(), -1, 1).toArray();
        WeightFile.save(new PlainNetwork(TOPOLOGY, parameters), folder.resolve("w"));
        List<JavaFileObject> sources = new ArrayList<>();
        sources.add(source(TOPOLOGY.name(), TOPOLOGY.declarationWith(", weights = \"w\"")));
        for (String form : List.of(FloatNetworksTest.FLOAT, ", standalone = true")) {
            String name = TOPOLOGY.name() + sources.size();
            sources.add(source(
                    name,
                    TOPOLOGY.declarationWithoutLoss(", weights = \"w\"" + form)
                            .replace(" Unloaded ", " " + name + " ")));
        }
        Compilation compilation = UserCode.compileWithVectors(folder, sources);
        Files.createDirectories(folder.resolve("classes/nets"));
        for (var classFile : UserCode.classes(compilation).entrySet()) {
            Files.write(
                    folder.resolve("classes").resolve(classFile.getKey().replace('.', '/') + ".class"),
                    classFile.getValue());
        }
        classNames = UserCode.generated(compilation).keySet().stream()
                .filter(name -> !name.matches(".*(Vector|Blocks|Numbers)"))
                .toList();
        assertThat(classNames).hasSize(4);
    }

    private static JavaFileObject source(String name, String text) {
        return JavaFileObjects.forSourceString("nets." + name, text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseSerialGC", "--add-modules=jdk.incubator.vector"})
    void byClassLoadersThatAreDropped(String option) throws Exception {
        List<String> arguments = new ArrayList<>(classNames);
        arguments.add(0, folder.resolve("classes").toString());
        assertThat(Program.java(folder, List.of(option), Deployments.class, arguments)
                        .strip())
                .endsWith("deployments: 30, kept: 0");
    }

    /** Loads classes by many class loaders, one after the other, for a thread that stays; prints how many loaders stay. */
    static final class Deployments {
        private static final int COUNT = 30;

        private static final long MINUTES = 5;

        private Deployments() {}

        public static void main(String[] arguments) throws Exception {
            URL[] classes = {Path.of(arguments[0]).toUri().toURL()};
            ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
            Set<Reference<?>> kept = new HashSet<>();
            ExecutorService pool = Executors.newSingleThreadExecutor();
            for (int i = 0; i < COUNT; i++) {
                URLClassLoader loader = new URLClassLoader(classes);
                kept.add(new WeakReference<>(loader, collected));
                pool.submit(() -> {
                            for (int j = 1; j < arguments.length; j++) {
                                compute(loader.loadClass(arguments[j]));
                            }
                            return null;
                        })
                        .get();
                loader.close();
            }
            long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
            while (!kept.isEmpty() && System.nanoTime() < end) {
                System.gc();
                Reference<?> reference = collected.remove(100);
                while (reference != null) {
                    kept.remove(reference);
                    reference = collected.poll();
                }
            }
            System.out.println("deployments: " + COUNT + ", kept: " + kept.size());
            pool.shutdown();
        }

        private static void compute(Class<?> type) throws ReflectiveOperationException {
            if (TrainableNetwork.class.isAssignableFrom(type)) {
                Constructor<?> constructor = type.getDeclaredConstructor();
                constructor.setAccessible(true);
                ((TrainableNetwork) constructor.newInstance()).forward(new double[3], new double[1]);
                return;
            }
            FrozenNetwork network = new FrozenNetwork(type);
            if (network.isInFloat()) {
                network.forward(new float[3], new float[1]);
                network.predict(1f, 2f, 3f);
            } else {
                network.forward(new double[3], new double[1]);
                network.predict(1.0, 2.0, 3.0);
            }
        }
    }
}
