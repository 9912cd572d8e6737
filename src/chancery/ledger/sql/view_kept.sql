-- The rows of one derived table (the ledger fills in its name) that no later commit has retired.
CREATE VIEW kept_{table} AS
SELECT stored.* FROM read_parquet(getvariable('{table}_files')) AS stored
WHERE NOT EXISTS (
    FROM retired WHERE retired.part = stored.part AND retired.made > stored.made
)
