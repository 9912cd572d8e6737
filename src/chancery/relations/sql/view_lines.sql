-- A file that was staged line by line.
CREATE OR REPLACE VIEW lines AS
SELECT words, file_row_number + 1 AS line FROM read_parquet({target}, file_row_number = true)
