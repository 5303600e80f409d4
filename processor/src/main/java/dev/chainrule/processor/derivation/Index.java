package dev.chainrule.processor.derivation;

/** Which unit of a layer. */
public sealed interface Index {
    /** As it stands in a name: {@code 3} or {@code j}. */
    String text();

    /** This index, or {@code number} where it is {@code variable}. */
    Index at(Variable variable, int number);

    /** One unit: {@code 3}. */
    record Unit(int number) implements Index {
        @Override
        public String text() {
            return Integer.toString(number);
        }

        @Override
        public Index at(Variable variable, int value) {
            return this;
        }
    }

    /** Every unit in turn: {@code j}, for j from 0 to size - 1. */
    record Variable(String name, int size) implements Index {
        @Override
        public String text() {
            return name;
        }

        @Override
        public Index at(Variable variable, int number) {
            return equals(variable) ? new Unit(number) : this;
        }
    }
}
