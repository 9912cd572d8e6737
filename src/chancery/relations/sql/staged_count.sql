-- How many rows were staged.
SELECT count(*) FROM read_parquet({target})
