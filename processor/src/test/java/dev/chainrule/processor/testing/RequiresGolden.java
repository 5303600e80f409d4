package dev.chainrule.processor.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/** A test that needs {@link Golden} values, and is skipped with a word where they are absent. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
        value = "dev.chainrule.processor.testing.Golden#isPresent",
        disabledReason = "there is no shared/golden beside the checkout")
public @interface RequiresGolden {}
