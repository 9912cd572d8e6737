-- A file's events into Parquet, a folder a year.
COPY ({rows}) TO {target} (FORMAT parquet, COMPRESSION zstd, WRITE_BLOOM_FILTER false, PARTITION_BY (year))
