package io.gatehouse.auth.builtin.bootstrap;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads users from CSV: the first line names the columns, each other line is a user. */
final class CsvUsers {
    private final String file;
    private final CsvReader lines;
    private final UserList users;

    CsvUsers(String file, String text, UserList users) {
        this.file = file;
        this.lines = new CsvReader(file, text);
        this.users = users;
    }

    void read() throws BootstrapProblem {
        List<Column> columns = header();
        Optional<CsvReader.Line> next = lines.next();
        while (next.isPresent()) {
            user(columns, next.get());
            next = lines.next();
        }
    }

    private List<Column> header() throws BootstrapProblem {
        CsvReader.Line header = lines.next()
                .orElseThrow(() -> new BootstrapProblem(
                        file,
                        Place.START,
                        "The file is empty; its first line must name the columns, such as"
                                + " user_id,password,is_superuser."));
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < header.fields().size(); i++) {
            Place place = header.places().get(i);
            Column column = Column.of(header.fields().get(i).strip())
                    .orElseThrow(() -> new BootstrapProblem(
                            file, place, "The first line must name columns; " + Column.ALL + " are known."));
            if (columns.contains(column)) {
                throw new BootstrapProblem(file, place, "The column " + column.key() + " is named twice.");
            }
            columns.add(column);
        }
        requireColumns(columns);
        return columns;
    }

    private void requireColumns(List<Column> columns) throws BootstrapProblem {
        if (!columns.contains(Column.USER_ID)) {
            throw new BootstrapProblem(file, Place.START, "The column user_id is missing.");
        }
        if (columns.contains(Column.PASSWORD) == columns.contains(Column.PASSWORD_HASH)) {
            throw new BootstrapProblem(
                    file, Place.START, "There must be either a column password or a column password_hash.");
        }
    }

    private void user(List<Column> columns, CsvReader.Line line) throws BootstrapProblem {
        Place place = line.places().getFirst();
        if (line.fields().size() != columns.size()) {
            throw new BootstrapProblem(
                    file,
                    place,
                    "This line has " + line.fields().size() + " fields, but the first line names " + columns.size()
                            + " columns.");
        }
        Map<Column, String> fields = new EnumMap<>(Column.class);
        for (int i = 0; i < columns.size(); i++) {
            fields.put(columns.get(i), line.fields().get(i));
        }
        users.add(place, fields);
    }
}
