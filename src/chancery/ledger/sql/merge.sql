-- All rows of several segments, in the order of the files: that of their commits.
SELECT * FROM read_parquet($files, union_by_name = true)
