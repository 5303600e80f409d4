package dev.chainrule.spark;

import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/** The session of all tests in this JVM, on two threads; it ends with the JVM. */
final class LocalSession {
    static final SparkSession SESSION = SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", 3)
            .config("spark.sql.warehouse.dir", "target/warehouse")
            .getOrCreate();

    /** One with columns of predictions in batches; what others cache it does not know. */
    static SparkSession extended() {
        SESSION.version(); // before it, as the first of a JVM's sessions has the settings
        SparkSession.clearActiveSession();
        SparkSession.clearDefaultSession();
        try {
            return SparkSession.builder().withExtensions(new ScoringExtension()).getOrCreate();
        } finally {
            SparkSession.setActiveSession(SESSION);
            SparkSession.setDefaultSession(SESSION);
        }
    }

    private LocalSession() {}

    /** How many sets of records Spark keeps. */
    static int kept() {
        return (int) records().count();
    }

    /** Loses the records that Spark keeps, as a worker does that dies: they are to be kept all the same. */
    static void lose() {
        records().forEach(records -> SparkEnv.get().blockManager().master().removeRdd(records.id(), true));
    }

    private static Stream<RDD<?>> records() {
        return CollectionConverters.asJava(SESSION.sparkContext().getPersistentRDDs()).values().stream()
                .filter(rdd -> rdd.name() != null && rdd.name().startsWith("chainrule: "))
                .map(rdd -> (RDD<?>) rdd);
    }
}
