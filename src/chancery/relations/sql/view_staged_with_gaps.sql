-- The staged rows, each with the line of the file it stands on, where lines before it were left out.
CREATE OR REPLACE VIEW staged AS
SELECT * EXCLUDE ({dropped}, kept, gone),
    CAST(file_row_number + {first} + {breaks} + coalesce(gone, 0) AS BIGINT) AS line
FROM read_parquet({target}, file_row_number = true)
ASOF LEFT JOIN gaps ON file_row_number >= kept
