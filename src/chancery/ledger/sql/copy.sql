-- Write rows to a Parquet file; the ledger fills in one of its own steps and a path it has chosen.
COPY ({select}) TO {target} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {rows})
