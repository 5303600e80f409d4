package dev.chainrule.processor.page;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/** A test that needs a {@link Browser}, and is skipped with a word where there is none. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
        value = "dev.chainrule.processor.page.Browser#isPresent",
        disabledReason = "there is no chromium with chromedriver on the path")
@interface RequiresChromium {}
