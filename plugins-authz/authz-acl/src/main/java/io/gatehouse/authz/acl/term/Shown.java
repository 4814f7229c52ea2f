package io.gatehouse.authz.acl.term;

/** How pieces of a foreign text are shown in messages: short, and without characters that could disturb a log or a terminal. */
public final class Shown {
    private static final int LONGEST = 40;

    private Shown() {}

    /** The text itself when it is short and printable. */
    public static String shortened(String text) {
        StringBuilder shown = new StringBuilder();
        int i = 0;
        int count = 0;
        while (i < text.length()) {
            if (count == LONGEST) {
                return shown.append("...").toString();
            }
            int codePoint = text.codePointAt(i);
            shown.append(isPlain(codePoint) ? Character.toString(codePoint) : codePoint(codePoint));
            i += Character.charCount(codePoint);
            count++;
        }
        return shown.toString();
    }

    /** A character by its number, such as {@code U+0007}. */
    public static String codePoint(int codePoint) {
        return String.format("U+%04X", codePoint);
    }

    /** The first word of a compound. */
    static String brief(Term term) {
        return switch (term) {
            case Term.Atom atom -> shortened(atom.name());
            case Term.Text text -> text.shown();
            case Term.Whole whole -> whole.shown();
            case Term.Tuple tuple -> "{...}";
            case Term.Sequence sequence -> "[...]";
        };
    }

    /** True for what prints as itself; direction marks and other formats could make a line look different from what it is. */
    private static boolean isPlain(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
