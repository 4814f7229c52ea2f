package io.gatehouse.authz.acl;

import io.gatehouse.authz.acl.term.Problem;
import io.gatehouse.authz.acl.term.Problems;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Says why an {@code acl.conf} cannot be used: its message has one line for each thing that is wrong, for an operator to read. */
final class AclFileException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String summary;

    /** The file as a whole cannot be used. */
    AclFileException(String message) {
        super(message);
        this.summary = message;
    }

    /** The text has mistakes. */
    AclFileException(Path file, List<Problem> problems) {
        super(problems.stream().map(problem -> line(file, problem)).collect(Collectors.joining("\n"))
                + (problems.size() < Problems.LIMIT ? "" : "\n" + file + ": reading ended after so many problems"));
        String first = line(file, problems.getFirst());
        this.summary = problems.size() == 1 ? first : first + " (and " + (problems.size() - 1) + " more)";
    }

    private static String line(Path file, Problem problem) {
        return file + ":" + problem.at() + ": " + problem.text();
    }

    /** All of it, one line each. */
    String text() {
        return String.valueOf(getMessage());
    }

    /** The first of it, in one line. */
    String summary() {
        return summary;
    }
}
