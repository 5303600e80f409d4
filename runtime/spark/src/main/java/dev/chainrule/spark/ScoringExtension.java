package dev.chainrule.spark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ConditionalExpression;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.columnar.InMemoryRelation;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * What makes columns of predictions as fast as {@linkplain Scoring#batches batches} in any query, for a session that is
 * started with {@code spark.sql.extensions=dev.chainrule.spark.ScoringExtension}.
 *
 * <p>Where Spark has the rows of a query as columns, in a cached data frame or in Parquet's files, {@link Scoring#column} of
 * them is computed for many rows at a time, before what the query does with it; elsewhere, as after a filter, and where
 * a condition decides whether it is needed at all, it stays where it is. The predictions are the same to the bit.
 */
public final class ScoringExtension extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {
    /** For Spark, which makes one for each session. */
    public ScoringExtension() {}

    /**
     * Makes the sessions with these extensions compute columns of predictions in batches.
     *
     * @param extensions of a session
     * @return nothing
     */
    @Override
    public BoxedUnit apply(SparkSessionExtensions extensions) {
        extensions.injectOptimizerRule(session -> new InBatches());
        extensions.injectPlannerStrategy(session -> Predict.Strategy.INSTANCE);
        return BoxedUnit.UNIT;
    }

    /** Takes predictions out of a step of a query, into a step of their own above where its rows are stored as columns. */
    private static final class InBatches extends Rule<LogicalPlan> {
        @Override
        public LogicalPlan apply(LogicalPlan plan) {
            LogicalPlan step = plan.mapChildren(this::apply);
            if (!(step instanceof Project || step instanceof Aggregate)) {
                return step;
            }
            LogicalPlan below = step.children().head();
            LogicalPlan stored = belowProjects(below);
            if (!isOfColumns(stored)) {
                return step;
            }
            Map<ForwardExpression, Attribute> predictions = new LinkedHashMap<>();
            LogicalPlan reading = step.mapExpressions(expression -> reading(expression, stored, predictions));
            return reading.withNewChildren(Lists.of(List.of(computing(below, predictions))));
        }

        private static LogicalPlan belowProjects(LogicalPlan plan) {
            return plan instanceof Project project ? belowProjects(project.child()) : plan;
        }

        private static boolean isOfColumns(LogicalPlan stored) {
            return stored instanceof InMemoryRelation
                    || stored instanceof LogicalRelation relation
                            && relation.relation() instanceof HadoopFsRelation files
                            && files.fileFormat() instanceof ParquetFileFormat;
        }

        /** An expression that reads predictions instead of computing them; which ones is noted. */
        private static Expression reading(
                Expression expression, LogicalPlan stored, Map<ForwardExpression, Attribute> predictions) {
            if (expression instanceof ForwardExpression forward && forward.isOfColumns(stored)) {
                return (Expression) predictions.computeIfAbsent(forward, ForwardExpression::attribute);
            }
            return expression instanceof ConditionalExpression
                    ? expression
                    : expression.mapChildren(child -> reading(child, stored, predictions));
        }

        private static LogicalPlan computing(LogicalPlan plan, Map<ForwardExpression, Attribute> predictions) {
            if (plan instanceof Project project) {
                List<NamedExpression> columns = new ArrayList<>(CollectionConverters.asJava(project.projectList()));
                predictions.values().forEach(prediction -> columns.add((NamedExpression) prediction));
                return new Project(Lists.of(columns), computing(project.child(), predictions));
            }
            LogicalPlan computed = plan;
            for (Map.Entry<ForwardExpression, Attribute> prediction : predictions.entrySet()) {
                computed = prediction.getKey().asStep(prediction.getValue(), computed);
            }
            return computed;
        }
    }
}
