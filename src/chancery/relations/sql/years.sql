-- The years that a file's rows fall in.
SELECT DISTINCT year(day) FROM plain WHERE reject IS NULL ORDER BY 1
