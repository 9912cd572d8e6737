-- The doubled lines, the first ones first.
SELECT DISTINCT line, left(id, $words) FROM doubled ORDER BY line
