-- Write rows to a Parquet file; {select} is a step of the ledger, {target} a path it has chosen.
COPY ({select}) TO {target} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {rows})
