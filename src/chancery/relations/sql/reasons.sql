-- Why rows are left out, or what is odd about those kept: how often, and the first lines with what stands there.
WITH found AS (
    SELECT DISTINCT {column} AS reason, line, coalesce(left(reject_words, $words), '') AS said
    FROM plain WHERE {column} IS NOT NULL AND {kept}
),
ranked AS (SELECT *, row_number() OVER (PARTITION BY reason ORDER BY line) AS rank FROM found)
SELECT reason, count(*), list(line ORDER BY line) FILTER (rank <= $examples),
    list(said ORDER BY line) FILTER (rank <= $examples)
FROM ranked GROUP BY reason ORDER BY reason
