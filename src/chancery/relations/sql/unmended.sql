-- The rows that could not be mended.
SELECT damage, count(*), list(line ORDER BY line)[:$examples], list(damaged_words ORDER BY line)[:$examples]
FROM whole_rows WHERE damage IS NOT NULL GROUP BY 1 ORDER BY 1
