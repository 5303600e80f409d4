package dev.chainrule.samples.benchmarks.speed;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A process that compiles once, as a build does: {@code SOURCES CLASSES OPTION...}. Prints milliseconds, then megabytes: allocated,
 * and the most that the heap held.
 */
final class CompileWorker {
    private static final double MEGABYTE = 1 << 20;

    private CompileWorker() {}

    public static void main(String[] arguments) throws IOException {
        Compilation compilation = new Compilation(Path.of(arguments[0]), Path.of(arguments[1]));
        String[] options = Arrays.copyOfRange(arguments, 2, arguments.length);
        // javac works in the thread that calls it.
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = thread.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        compilation.run(options);
        System.out.println((System.nanoTime() - start) / 1e6);
        System.out.println((thread.getCurrentThreadAllocatedBytes() - allocated) / MEGABYTE);
        System.out.println(ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .mapToLong(pool -> pool.getPeakUsage().getUsed())
                        .sum()
                / MEGABYTE);
    }
}
