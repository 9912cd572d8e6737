-- The staged rows, each with the line of the file it stands on.
CREATE OR REPLACE VIEW staged AS
SELECT * EXCLUDE ({dropped}), CAST(file_row_number + {first} + {breaks} AS BIGINT) AS line
FROM read_parquet({target}, file_row_number = true)
