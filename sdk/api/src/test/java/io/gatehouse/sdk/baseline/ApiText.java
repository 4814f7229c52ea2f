package io.gatehouse.sdk.baseline;

import aQute.bnd.differ.DiffPluginImpl;
import aQute.bnd.service.diff.Delta;
import aQute.bnd.service.diff.Tree;
import aQute.bnd.service.diff.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** bnd's tree of an API as text that can be committed and compared: one element a line, indented by two more than what it belongs to. */
final class ApiText {
    private ApiText() {}

    /** Each line: type, what adding it means, what removing it means, name. */
    static String write(Tree tree) {
        StringBuilder text = new StringBuilder();
        write(tree.serialize(), 0, text);
        return text.toString();
    }

    private static void write(Tree.Data data, int depth, StringBuilder text) {
        text.repeat("  ", depth).append("%s %s %s %s\n".formatted(data.type, data.add, data.rem, data.name));
        for (Tree.Data child : data.children) {
            write(child, depth + 1, text);
        }
    }

    static Tree read(String text) throws Exception {
        List<Tree.Data> roots = new ArrayList<>();
        Deque<Element> open = new ArrayDeque<>();
        for (String line : text.lines().toList()) {
            int depth = (line.length() - line.stripLeading().length()) / 2;
            List<String> fields = List.of(line.strip().split(" ", 4));
            Tree.Data data = new Tree.Data();
            data.type = Type.valueOf(fields.get(0));
            data.add = Delta.valueOf(fields.get(1));
            data.rem = Delta.valueOf(fields.get(2));
            data.name = fields.get(3);
            while (open.size() > depth) {
                open.pop().close();
            }
            (depth == 0 ? roots : open.element().children).add(data);
            open.push(new Element(data, new ArrayList<>()));
        }
        open.forEach(Element::close);
        return new DiffPluginImpl().deserialize(roots.getFirst());
    }

    private record Element(Tree.Data data, List<Tree.Data> children) {
        void close() {
            data.children = children.toArray(Tree.Data[]::new);
        }
    }
}
