-- Rows that are broken over lines, put together again; the fields of each, in the order of `header`.
--
-- A row begins with an id and a day. Where its line has too few columns, the lines up to the next row belong to it;
-- where it has enough, they belong to nothing. Empty columns at the end are cut off; a row that has the official columns
-- is read by their order even where the header has a stray name more.
CREATE OR REPLACE TABLE whole_rows AS
WITH begun AS (
    SELECT line, words,
        regexp_matches(words, '^[^\t]*\t\d{4}-\d{2}-\d{2}[\t ]') AS begins,
        len(string_split(words, chr(9))) AS columns,
        sum(CASE WHEN regexp_matches(words, '^[^\t]*\t\d{4}-\d{2}-\d{2}[\t ]') THEN 1 ELSE 0 END)
            OVER (ORDER BY line) AS row_number
    FROM lines WHERE line > 1 AND trim(words, chr(9) || ' ') <> ''
),
firsts AS (
    SELECT *, first(begins) OVER w AS has_start, first(columns) OVER w AS first_columns,
        first(line) OVER w AS first_line
    FROM begun WINDOW w AS (PARTITION BY row_number ORDER BY line)
),
whole AS (
    SELECT
        CASE WHEN has_start AND first_columns < {least} THEN first_line ELSE line END AS line,
        string_agg(words, ' ' ORDER BY f.line) AS words,
        count(*) AS line_count,
        bool_or(begins) AS begins
    FROM firsts f GROUP BY 1
),
-- Empty columns at the end are no columns.
split AS (
    SELECT *, string_split(regexp_replace(words, '\t+$', ''), chr(9)) AS fields,
        len(string_split(words, chr(9))) AS columns
    FROM whole
)
SELECT line, fields, line_count, columns,
    CASE WHEN line_count > 1 THEN 'row was broken over lines'
        WHEN columns > {most} THEN 'empty columns at the end' END AS mended,
    CASE WHEN NOT begins THEN 'line belongs to no row'
        WHEN columns < {least} THEN 'too few columns'
        WHEN len(fields) > {most} THEN 'too many columns' END AS damage,
    left(words, 80) AS damaged_words
FROM split
