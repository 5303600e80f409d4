package dev.chainrule.processor.property;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is to hold of variables; its documentation is the text that it is written as. */
public sealed interface Requirement {
    /** Whether it holds of values, decided exactly. One that is no number breaks it; an infinite one, wherever it counts. */
    boolean holds(double[] values);

    /**
     * {@code left > 0} or {@code left >= 0}.
     *
     * @param column where its comparison stands in the text
     */
    record Inequality(Linear left, boolean strict, int column) implements Requirement {
        @Override
        public boolean holds(double[] values) {
            for (int variable : left.factors().keySet()) {
                if (!Double.isFinite(values[variable])) {
                    return holdsWithInfinities(values);
                }
            }
            int sign = left.at(values).signum();
            return strict ? sign > 0 : sign >= 0;
        }

        /** An infinite sum has the sign of its infinite terms, where they agree. */
        private boolean holdsWithInfinities(double[] values) {
            double sum = 0;
            for (int variable : left.factors().keySet()) {
                if (!Double.isFinite(values[variable])) {
                    sum += left.factors().get(variable).signum() * values[variable];
                }
            }
            return sum > 0;
        }
    }

    /** {@code a && b && c}. */
    record All(List<Requirement> of) implements Requirement {
        @Override
        public boolean holds(double[] values) {
            return of.stream().allMatch(each -> each.holds(values));
        }
    }

    /** {@code a || b || c}. */
    record Any(List<Requirement> of) implements Requirement {
        @Override
        public boolean holds(double[] values) {
            return of.stream().anyMatch(each -> each.holds(values));
        }
    }

    /** As clauses, of each of which one inequality has to hold; empty where there are more than {@code most}. */
    default Optional<List<List<Inequality>>> clauses(int most) {
        if (this instanceof Inequality inequality) {
            return Optional.of(List.of(List.of(inequality)));
        }
        boolean isAll = this instanceof All;
        List<Requirement> parts = isAll ? ((All) this).of() : ((Any) this).of();
        List<List<Inequality>> clauses = isAll ? List.of() : List.of(List.of());
        for (Requirement part : parts) {
            Optional<List<List<Inequality>>> own = part.clauses(most);
            if (own.isEmpty()) {
                return own;
            }
            clauses = isAll ? joined(clauses, own.get()) : crossed(clauses, own.get());
            if (clauses.size() > most) {
                return Optional.empty();
            }
        }
        return Optional.of(clauses);
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    /** {@code (a && b) || (c && d) = (a || c) && (a || d) && (b || c) && (b || d)}. */
    private static <T> List<List<T>> crossed(List<List<T>> first, List<List<T>> second) {
        List<List<T>> all = new ArrayList<>();
        for (List<T> one : first) {
            second.forEach(other -> all.add(joined(one, other)));
        }
        return all;
    }
}
