package dev.chainrule.spark;

import java.util.ArrayList;
import java.util.List;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Scala's lists, which Spark's plans are made of. */
final class Lists {
    private Lists() {}

    static <T> Seq<T> of(List<T> elements) {
        return CollectionConverters.asScala(List.copyOf(elements)).toSeq();
    }

    static <T> Seq<T> appended(Seq<T> elements, T last) {
        List<T> all = new ArrayList<>(CollectionConverters.asJava(elements));
        all.add(last);
        return of(all);
    }
}
