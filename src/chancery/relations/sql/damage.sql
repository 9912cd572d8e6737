-- What was left out of staging: the kind of damage, the line, the byte it begins at, and its first words.
SELECT CAST(error_type AS VARCHAR), line, min(line_byte_position), left(min(csv_line), $words)
FROM {damage} GROUP BY 1, 2 ORDER BY 1, 2
