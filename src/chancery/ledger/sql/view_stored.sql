-- All rows of one table (the ledger fills in its name) that the pinned snapshot holds. Files are
-- joined by the names of their columns, as older ones may lack some.
CREATE VIEW stored_{table} AS
SELECT * FROM read_parquet(getvariable('{table}_files'), union_by_name = true)
WHERE added <= getvariable('pinned_commit')
