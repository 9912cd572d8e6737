-- All rows of one table that the pinned snapshot holds; {table} is one of the ledger's own names.
CREATE VIEW stored_{table} AS
SELECT * FROM read_parquet(getvariable('{table}_files'))
WHERE added <= getvariable('pinned_commit')
