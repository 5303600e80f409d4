package dev.chainrule.processor;

import dev.chainrule.processor.declaration.NetworkDeclaration;
import dev.chainrule.processor.network.GeneratedType;
import dev.chainrule.processor.property.ProvedProperty;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.annotation.processing.Filer;
import javax.tools.StandardLocation;

/**
 * The certificates beside frozen classes: what is proved of them, for others to check, and for the next build to see that nothing
 * has changed.
 */
final class Certificates {
    static final String SUFFIX = ".certificate";

    private static final String HEAD = "chainrule-certificate 1\n";

    /** Before the digest of all that stands before it. */
    private static final String SEAL = "sha256 ";

    private static final String SECTION = "property ";
    private static final String END = "end\n";

    private final Filer filer;
    private final Documents documents;

    Certificates(Filer filer, Documents documents) {
        this.filer = filer;
        this.documents = documents;
    }

    /** What tells that a proof is of this property of this circuit, by this version. */
    static String key(String circuit, String property) {
        return digest(Certificates.class.getPackage().getImplementationVersion() + "\n" + circuit + property);
    }

    /** The proofs of the build before, by their keys; none, where there is no certificate or it is not as it was written. */
    Map<String, String> earlier(GeneratedType type) {
        Map<String, String> proofs = new HashMap<>();
        try {
            String text = filer.getResource(StandardLocation.SOURCE_OUTPUT, "", path(type))
                    .getCharContent(true)
                    .toString();
            int seal = text.lastIndexOf(SEAL);
            if (!text.startsWith(HEAD)
                    || seal < 0
                    || !text.substring(seal).equals(SEAL + digest(text.substring(0, seal)) + "\n")) {
                return Map.of();
            }
            for (int from = text.indexOf("\n" + SECTION); from >= 0; from = text.indexOf("\n" + SECTION, from)) {
                int key = from + 1 + SECTION.length();
                from = text.indexOf("\n", key) + 1;
                proofs.put(text.substring(key, from - 1), text.substring(from, text.indexOf("\n" + END, from) + 1));
            }
        } catch (IOException | RuntimeException notThere) {
            return Map.of();
        }
        return proofs;
    }

    /**
     * Makes the certificate of a class.
     *
     * @param source the text of the class
     * @param circuit what it computes
     */
    void make(
            NetworkDeclaration declaration,
            GeneratedType type,
            String source,
            String circuit,
            List<ProvedProperty> proved) {
        StringBuilder text = new StringBuilder(HEAD);
        text.append("class ").append(type.qualifiedName()).append('\n');
        text.append("source ").append(digest(source)).append('\n').append(circuit);
        for (ProvedProperty property : proved) {
            text.append(SECTION).append(property.key()).append('\n');
            text.append(property.proof()).append(END);
        }
        String body = text.toString();
        documents.make(declaration, path(type), () -> body + SEAL + digest(body) + "\n");
    }

    private static String path(GeneratedType type) {
        return type.qualifiedName().replace('.', '/') + SUFFIX;
    }

    private static String digest(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
