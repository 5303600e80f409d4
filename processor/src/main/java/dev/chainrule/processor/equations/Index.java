package dev.chainrule.processor.equations;

/** Which unit of a layer. */
public sealed interface Index {
    /** As it stands in a name: {@code 3} or {@code j}. */
    String text();

    /** Its number: {@code 3}, {@code j} or {@code j + 2}. */
    default String value() {
        return text();
    }

    /** This index, with {@code index} put in for {@code variable}. */
    Index at(Variable variable, Index index);

    /** The index of the unit that stands {@code by} further on. */
    Index plus(int by);

    /** One unit: {@code 3}. */
    record Unit(int number) implements Index {
        @Override
        public String text() {
            return Integer.toString(number);
        }

        @Override
        public Index at(Variable variable, Index index) {
            return this;
        }

        @Override
        public Index plus(int by) {
            return new Unit(number + by);
        }

        @Override
        public int hashCode() {
            return number;
        }
    }

    /** Every unit in turn: {@code j}, for j from 0 to size - 1. */
    record Variable(String name, int size) implements Index {
        @Override
        public String text() {
            return name;
        }

        @Override
        public Index at(Variable variable, Index index) {
            return equals(variable) ? index : this;
        }

        @Override
        public Index plus(int by) {
            return by == 0 ? this : new Shifted(this, by);
        }

        @Override
        public int hashCode() {
            return name.hashCode() + size;
        }
    }

    /** The unit {@code by} after that of a variable, as when several are dealt with a turn: {@code j3} for j + 3. */
    record Shifted(Variable variable, int by) implements Index {
        @Override
        public String text() {
            return variable.name() + by;
        }

        @Override
        public String value() {
            return variable.name() + " + " + by;
        }

        @Override
        public Index at(Variable other, Index index) {
            return variable.equals(other) ? index.plus(by) : this;
        }

        @Override
        public Index plus(int more) {
            return variable.plus(by + more);
        }
    }
}
