package dev.chainrule.processor.java;

import java.util.Map;

/**
 * A generated class as Java.
 *
 * @param text the file's text, in ASCII
 * @param bodies of each method that does a routine, by name, the body as it was rendered
 */
public record JavaSource(String text, Map<String, JavaMethodRenderer.Body> bodies) {}
