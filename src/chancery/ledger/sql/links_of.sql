-- What bears on a happening, and what it bears on.
SELECT * FROM links WHERE $happening IN (first, second) ORDER BY first, second, kind, stage
