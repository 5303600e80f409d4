package dev.chainrule.spark;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.types.DataTypeUtils;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkStrategy;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A step of a query's plan: the rows of another plan, with the predictions as one more column.
 *
 * <p>Spark copies its plans by reflection, through public constructors of public classes, with the values of
 * {@code productElement} as arguments.
 */
final class Predict {
    private Predict() {}

    /**
     * Columns of a data frame, and the predictions from others.
     *
     * @param inputs columns of doubles, or one of arrays of doubles
     * @param keep names of columns
     */
    static Dataset<Row> appended(Scoring scoring, Dataset<Row> rows, List<Column> inputs, List<String> keep) {
        SparkSession session = (SparkSession) rows.sparkSession();
        enable(session);
        Stream<Column> kept = keep.stream().map(Columns::column);
        LogicalPlan selected =
                plan(rows.select(Stream.concat(inputs.stream(), kept).toArray(Column[]::new)));
        List<Attribute> columns = CollectionConverters.asJava(selected.output());
        Attribute prediction = prediction(scoring);
        LogicalPlan predict = new Logical(
                scoring,
                Lists.of(columns.subList(0, inputs.size())),
                prediction,
                new Project(Lists.of(inOrderOf(plan(rows), columns)), selected));
        return org.apache.spark.sql.classic.Dataset.ofRows(session, predict)
                .select(Stream.concat(
                                columns.stream().skip(inputs.size()).map(ExpressionUtils::column),
                                Stream.of(ExpressionUtils.column(prediction).as(Scoring.PREDICTION)))
                        .toArray(Column[]::new));
    }

    /** A column of predictions, another one each time. */
    static Attribute prediction(Scoring scoring) {
        return DataTypeUtils.toAttribute(
                new StructField(Scoring.PREDICTION, scoring.predictionType(), true, Metadata.empty()));
    }

    private static LogicalPlan plan(Dataset<Row> rows) {
        return ((org.apache.spark.sql.classic.Dataset<Row>) rows).logicalPlan();
    }

    /** Each of some columns once, those of a plan first and in its order: for another order Spark would make rows. */
    private static List<NamedExpression> inOrderOf(LogicalPlan plan, List<Attribute> columns) {
        Set<Attribute> ordered = new LinkedHashSet<>(CollectionConverters.asJava(plan.output()));
        ordered.retainAll(columns);
        ordered.addAll(columns);
        return List.copyOf(ordered);
    }

    /** Makes a session run plans that have such a step. */
    private static void enable(SparkSession session) {
        synchronized (Strategy.INSTANCE) {
            Seq<SparkStrategy> strategies = session.experimental().extraStrategies();
            if (!strategies.contains(Strategy.INSTANCE)) {
                session.experimental().extraStrategies_$eq(Lists.appended(strategies, Strategy.INSTANCE));
            }
        }
    }

    /** Plans such a step. */
    static final class Strategy extends SparkStrategy {
        private static final long serialVersionUID = 1;

        static final Strategy INSTANCE = new Strategy();

        @Override
        public Seq<SparkPlan> apply(LogicalPlan plan) {
            return plan instanceof Logical predict
                    ? Lists.of(List.of(new Physical(
                            predict.scoring, predict.inputs, predict.prediction, planLater(predict.child))))
                    : Lists.of(List.of());
        }
    }

    /** What is to be computed. */
    public static final class Logical extends LogicalPlan {
        private static final long serialVersionUID = 1;

        private final Scoring scoring;

        /** Columns of doubles, or one of arrays of doubles. */
        private final Seq<Attribute> inputs;

        private final Attribute prediction;

        private final LogicalPlan child;

        public Logical(Scoring scoring, Seq<Attribute> inputs, Attribute prediction, LogicalPlan child) {
            this.scoring = scoring;
            this.inputs = inputs;
            this.prediction = prediction;
            this.child = child;
        }

        @Override
        public String nodeName() {
            return "Predict";
        }

        @Override
        public Seq<Attribute> output() {
            return Lists.appended(child.output(), prediction);
        }

        @Override
        public AttributeSet producedAttributes() {
            return AttributeSet.apply(prediction);
        }

        @Override
        public Seq<LogicalPlan> children() {
            return Lists.of(List.of(child));
        }

        @Override
        public LogicalPlan withNewChildrenInternal(IndexedSeq<LogicalPlan> children) {
            return new Logical(scoring, inputs, prediction, children.head());
        }

        @Override
        public int productArity() {
            return 4;
        }

        @Override
        public Object productElement(int n) {
            return fields().get(n);
        }

        private List<Object> fields() {
            return List.of(scoring, inputs, prediction, child);
        }

        @Override
        public boolean canEqual(Object other) {
            return other instanceof Logical;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Logical predict && predict.fields().equals(fields());
        }

        @Override
        public int hashCode() {
            return fields().hashCode();
        }
    }

    /**
     * How it is computed. Where rows come as batches of columns, as from Parquet or from a cached data frame of numbers,
     * predictions are one more column of a batch, and no row is made; else rows are taken many at a time.
     */
    public static final class Physical extends SparkPlan {
        private static final long serialVersionUID = 1;

        /** What computes the predictions. */
        private final Scoring scoring;

        /** The columns that it takes. */
        @SuppressWarnings("serial") // all of Scala's lists can be sent
        private final Seq<Attribute> inputs;

        /** The column that it adds. */
        @SuppressWarnings("serial") // all of Spark's attributes can be sent
        private final Attribute prediction;

        /** Where the rows are from. */
        private final SparkPlan child;

        public Physical(Scoring scoring, Seq<Attribute> inputs, Attribute prediction, SparkPlan child) {
            this.scoring = scoring;
            this.inputs = inputs;
            this.prediction = prediction;
            this.child = child;
        }

        @Override
        public String nodeName() {
            return "Predict";
        }

        @Override
        public boolean supportsColumnar() {
            return child.supportsColumnar();
        }

        @Override
        public RDD<ColumnarBatch> doExecuteColumnar() {
            Model model = scoring.model();
            int[] columns = columns();
            boolean isArray = isArray();
            return child.executeColumnar()
                    .toJavaRDD()
                    .mapPartitions(batches -> new BatchPredictor(model, columns, isArray).ofColumns(batches), true)
                    .rdd();
        }

        @Override
        public RDD<InternalRow> doExecute() {
            Model model = scoring.model();
            int[] columns = columns();
            boolean isArray = isArray();
            StructType schema = schema();
            return child.execute()
                    .toJavaRDD()
                    .mapPartitions(rows -> new BatchPredictor(model, columns, isArray).ofRows(rows, schema), true)
                    .rdd();
        }

        /** Where the other plan's rows have the inputs. */
        private int[] columns() {
            List<ExprId> ids = CollectionConverters.asJava(child.output()).stream()
                    .map(Attribute::exprId)
                    .toList();
            return CollectionConverters.asJava(inputs).stream()
                    .mapToInt(input -> ids.indexOf(input.exprId()))
                    .toArray();
        }

        private boolean isArray() {
            return inputs.head().dataType() instanceof ArrayType;
        }

        @Override
        public Seq<Attribute> output() {
            return Lists.appended(child.output(), prediction);
        }

        @Override
        public AttributeSet producedAttributes() {
            return AttributeSet.apply(prediction);
        }

        @Override
        public Seq<SparkPlan> children() {
            return Lists.of(List.of(child));
        }

        @Override
        public SparkPlan withNewChildrenInternal(IndexedSeq<SparkPlan> children) {
            return new Physical(scoring, inputs, prediction, children.head());
        }

        @Override
        public int productArity() {
            return 4;
        }

        @Override
        public Object productElement(int n) {
            return fields().get(n);
        }

        private List<Object> fields() {
            return List.of(scoring, inputs, prediction, child);
        }

        @Override
        public boolean canEqual(Object other) {
            return other instanceof Physical;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Physical predict && predict.fields().equals(fields());
        }

        @Override
        public int hashCode() {
            return fields().hashCode();
        }
    }
}
