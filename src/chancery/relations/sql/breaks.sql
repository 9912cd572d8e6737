-- Line ends within the quoted fields of the rows before a row.
coalesce(sum(breaks) OVER (ORDER BY file_row_number ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)
