-- All rows of one table (the ledger fills in its name) that the pinned snapshot holds.
CREATE VIEW stored_{table} AS
SELECT * FROM read_parquet(getvariable('{table}_files'))
WHERE added <= getvariable('pinned_commit')
