package io.gatehouse.kernel.develop;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The few things that the archetype's templates use of Velocity: {@code ${name}} for known names, and {@code #if($name == "text")},
 * {@code #elseif(...)} and {@code #end} on lines of their own.
 */
final class TemplateText {
    private static final Pattern CONDITION = Pattern.compile("#(if|elseif)\\(\\$(\\w+) == \"([^\"]*)\"\\)");

    private final Map<String, String> properties;
    private final StringBuilder text = new StringBuilder();

    /** The conditions around this line, innermost first. */
    private final Deque<Branch> branches = new ArrayDeque<>();

    private TemplateText(Map<String, String> properties) {
        this.properties = properties;
    }

    static String render(String template, Map<String, String> properties) {
        TemplateText rendered = new TemplateText(properties);
        template.lines().forEach(rendered::line);
        return rendered.text.toString();
    }

    private void line(String line) {
        Matcher condition = CONDITION.matcher(line);
        if (condition.matches()) {
            boolean holds = condition.group(3).equals(properties.get(condition.group(2)));
            boolean first = condition.group(1).equals("if");
            boolean taken = !first && branches.pop() != Branch.NOT_YET;
            branches.push(taken ? Branch.OVER : holds ? Branch.HERE : Branch.NOT_YET);
        } else if (line.equals("#end")) {
            branches.pop();
        } else if (branches.stream().allMatch(branch -> branch == Branch.HERE)) {
            text.append(replaced(line)).append('\n');
        }
    }

    private String replaced(String line) {
        String result = line;
        for (Map.Entry<String, String> property : properties.entrySet()) {
            result = result.replace("${" + property.getKey() + "}", property.getValue());
        }
        return result;
    }

    /** Where in an if the lines are that hold. */
    private enum Branch {
        NOT_YET,
        HERE,
        OVER
    }
}
