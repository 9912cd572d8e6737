-- The rows of one derived table (the ledger fills in its name) that no later commit has retired.
CREATE VIEW kept_{table} AS
SELECT stored.* FROM read_parquet(getvariable('{table}_files')) AS stored
LEFT JOIN retired USING (part)
WHERE retired.made IS NULL OR retired.made <= stored.made
