package dev.chainrule.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.catalyst.expressions.codegen.Block;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeBlock;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataType;
import scala.Function1;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The outputs of a network for some columns, one each input, in the code that Spark generates for a query: each value
 * goes into an array that the query has for all its rows, so that a row makes no garbage beside its prediction.
 */
final class ForwardExpression extends Expression implements Serializable {
    private static final long serialVersionUID = 1;

    /** The network. */
    private final Scoring scoring;

    /** The inputs, doubles; all of Scala's lists can be sent. */
    @SuppressWarnings("serial")
    private final Seq<Expression> inputs;

    ForwardExpression(Scoring scoring, Seq<Expression> inputs) {
        this.scoring = scoring;
        this.inputs = inputs;
    }

    /** Whether the inputs are columns of a plan as they are. */
    boolean isOfColumns(LogicalPlan plan) {
        return CollectionConverters.asJava(inputs).stream()
                .allMatch(input ->
                        input instanceof Attribute column && plan.outputSet().contains((NamedExpression) column));
    }

    /** A column for the outputs. */
    Attribute attribute() {
        return Predict.prediction(scoring);
    }

    /** The rows of a plan that has the columns, with the outputs as one more. */
    LogicalPlan asStep(Attribute prediction, LogicalPlan plan) {
        List<Attribute> columns = CollectionConverters.asJava(inputs).stream()
                .map(Attribute.class::cast)
                .toList();
        return new Predict.Logical(scoring, Lists.of(columns), prediction, plan);
    }

    @Override
    public Seq<Expression> children() {
        return inputs;
    }

    @Override
    public Expression withNewChildrenInternal(IndexedSeq<Expression> others) {
        return new ForwardExpression(scoring, others);
    }

    @Override
    public boolean nullable() {
        return true;
    }

    @Override
    public DataType dataType() {
        return scoring.predictionType();
    }

    /** Where Spark does not generate code. */
    @Override
    public Object eval(InternalRow row) {
        double[] input = new double[inputs.length()];
        for (int i = 0; i < input.length; i++) {
            Object value = inputs.apply(i).eval(row);
            if (value == null) {
                return null;
            }
            input[i] = (Double) value;
        }
        double[] output = new double[scoring.outputs()];
        scoring.forward(input, output);
        return scoring.outputs() == 1 ? output[0] : UnsafeArrayData.fromPrimitiveArray(output);
    }

    @Override
    public ExprCode doGenCode(CodegenContext context, ExprCode result) {
        String network = context.addReferenceObj("network", scoring, Scoring.class.getName());
        String input = array(context, "input", inputs.length());
        String output = array(context, "output", scoring.outputs());
        Block code = text("");
        List<String> nulls = new ArrayList<>();
        StringBuilder stores = new StringBuilder();
        for (int i = 0; i < inputs.length(); i++) {
            ExprCode value = inputs.apply(i).genCode(context);
            code = code.$plus(value.code());
            nulls.add(value.isNull().toString());
            stores.append(input + "[" + i + "] = " + value.value() + ";\n");
        }
        boolean isOne = scoring.outputs() == 1;
        String type = isOne ? "double" : UnsafeArrayData.class.getName();
        String prediction = isOne ? output + "[0]" : type + ".fromPrimitiveArray(" + output + ")";
        return result.copy(
                code.$plus(text("""
                        final boolean %1$s = %2$s;
                        %3$s %4$s = %5$s;
                        if (!%1$s) {
                        %6$s
                        %7$s.forward(%8$s, %9$s);
                        %4$s = %10$s;
                        }
                        """.formatted(
                                result.isNull(),
                                String.join(" || ", nulls),
                                type,
                                result.value(),
                                isOne ? "0" : "null",
                                stores,
                                network,
                                input,
                                output,
                                prediction))),
                result.isNull(),
                result.value());
    }

    /** An array of the class that Spark generates, of which each task has an instance. */
    private static String array(CodegenContext context, String name, int length) {
        Function1<String, String> initial = field -> field + " = new double[" + length + "];";
        return context.addMutableState("double[]", name, initial, false, true);
    }

    private static Block text(String code) {
        return new CodeBlock(Lists.of(List.of(code)), Lists.of(List.of()));
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof ForwardExpression;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ForwardExpression forward
                && forward.scoring == scoring
                && forward.inputs.equals(inputs);
    }

    @Override
    public int hashCode() {
        return 31 * System.identityHashCode(scoring) + inputs.hashCode();
    }

    @Override
    public int productArity() {
        return 2;
    }

    @Override
    public Object productElement(int n) {
        return n == 0 ? scoring : inputs;
    }
}
