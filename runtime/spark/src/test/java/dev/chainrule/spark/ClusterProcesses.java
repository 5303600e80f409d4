package dev.chainrule.spark;

import dev.chainrule.runtime.TrainableNetwork;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * A standalone cluster of Spark on this machine, from the jars of the class path: the master, each worker and each driver is a process of
 * its own, on free ports of the loopback interface. An application gets one jar, of the classes of this project.
 */
final class ClusterProcesses implements AutoCloseable {
    private static final String LOCALHOST = "127.0.0.1";

    /** For processes that end before HotSpot's second compiler has repaid its time. */
    static final List<String> SHORT_LIVED = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final Path folder;
    private final List<String> options;
    private final List<JavaProcess> processes = new ArrayList<>();
    private final List<Path> links = new ArrayList<>();
    private final Thread atExit = new Thread(this::end);
    private final String master;

    /**
     * Starts the master.
     *
     * @param folder for all that the cluster writes
     * @param options of the JVM for drivers and executors
     */
    ClusterProcesses(Path folder, List<String> options) throws IOException, URISyntaxException {
        this.folder = folder;
        this.options = options;
        makeHome();
        makeApplicationJar();
        Runtime.getRuntime().addShutdownHook(atExit);
        master = start("master", daemon("master.Master", "--host", LOCALHOST, "--port", "0", "--webui-port", "0"))
                .await("Starting Spark master at (spark://\\S+)");
    }

    /** Starts a worker of one core and returns when the master has it. */
    JavaProcess startWorker() throws IOException {
        String name = "worker-" + processes.size();
        JavaProcess worker = start(
                name,
                daemon(
                        "worker.Worker",
                        "--host",
                        LOCALHOST,
                        "--port",
                        "0",
                        "--webui-port",
                        "0",
                        "--cores",
                        "1",
                        "--memory",
                        "1g",
                        "--work-dir",
                        folder.resolve(name).toString(),
                        master));
        worker.await("(Successfully registered) with master");
        return worker;
    }

    /**
     * Starts a driver, on all of so many workers.
     *
     * @param settings of Spark, each {@code name=value}
     */
    JavaProcess submit(Class<?> main, int workers, List<String> settings, String... arguments) throws IOException {
        List<String> command = java("-Xmx2g", options, "org.apache.spark.deploy.SparkSubmit");
        command.addAll(List.of("--master", master, "--class", main.getName()));
        Stream.concat(
                        Stream.of(
                                "spark.ui.enabled=false",
                                "spark.ui.showConsoleProgress=false",
                                "spark.driver.host=" + LOCALHOST,
                                "spark.executor.memory=900m",
                                "spark.executor.extraJavaOptions=" + String.join(" ", options),
                                "spark.cores.max=" + workers,
                                "spark.scheduler.minRegisteredResourcesRatio=1",
                                "spark.scheduler.maxRegisteredResourcesWaitingTime=10min"),
                        settings.stream())
                .forEach(setting -> command.addAll(List.of("--conf", setting)));
        command.add(folder.resolve("application.jar").toString());
        command.addAll(List.of(arguments));
        return start("driver-" + processes.size(), command);
    }

    /** Ends all of it. */
    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        end();
    }

    private void end() {
        for (int i = processes.size() - 1; i >= 0; i--) {
            processes.get(i).close();
        }
        for (Path jar : links) { // or whoever deletes the folder warns of each
            jar.toFile().delete();
        }
    }

    private JavaProcess start(String name, List<String> command) throws IOException {
        Map<String, String> environment = Map.of(
                "SPARK_HOME", folder.toString(),
                "SPARK_SCALA_VERSION", "2.13",
                "SPARK_LOCAL_IP", LOCALHOST,
                "SPARK_LOCAL_DIRS", folder.resolve("scratch").toString(),
                "JAVA_HOME", System.getProperty("java.home"));
        JavaProcess process = new JavaProcess(name, folder, environment, command);
        processes.add(process);
        return process;
    }

    private List<String> daemon(String main, String... arguments) {
        List<String> command = java("-Xmx256m", SHORT_LIVED, "org.apache.spark.deploy." + main);
        command.addAll(List.of(arguments));
        return command;
    }

    private List<String> java(String memory, List<String> options, String main) {
        List<String> command =
                new ArrayList<>(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
        command.addAll(options);
        command.addAll(
                List.of(memory, "-cp", folder.resolve("jars").resolve("*").toString(), main));
        return command;
    }

    /** What Spark looks for at its home: a folder of jars. */
    private void makeHome() throws IOException {
        Path jars = Files.createDirectory(folder.resolve("jars"));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path jar = Path.of(entry).toAbsolutePath();
            if (entry.endsWith(".jar") && !jar.getFileName().toString().startsWith("chainrule-")) {
                links.add(Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar));
            }
        }
    }

    private void makeApplicationJar() throws IOException, URISyntaxException {
        try (OutputStream file = Files.newOutputStream(folder.resolve("application.jar"));
                JarOutputStream jar = new JarOutputStream(file)) {
            for (Class<?> of : List.of(TrainableNetwork.class, SparkRecords.class, ClusterProcesses.class)) {
                URI place =
                        of.getProtectionDomain().getCodeSource().getLocation().toURI();
                if (place.getPath().endsWith(".jar")) {
                    try (FileSystem contents = FileSystems.newFileSystem(Path.of(place))) {
                        add(contents.getPath("/"), jar);
                    }
                } else {
                    add(Path.of(place), jar);
                }
            }
        }
    }

    private static void add(Path root, JarOutputStream jar) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(root.resolve("dev"))) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            jar.putNextEntry(new JarEntry(root.relativize(file).toString().replace(File.separatorChar, '/')));
            Files.copy(file, jar);
        }
    }
}
