-- The parts that claims belong to, and whether they are loose.
WITH found AS MATERIALIZED (
    SELECT claim, part, loose, made FROM read_parquet(getvariable('members_files'))
    WHERE list_contains($claims::VARCHAR[], claim)
)
SELECT claim, any_value(part), any_value(loose) FROM found
WHERE NOT EXISTS (FROM retired WHERE retired.part = found.part AND retired.made > found.made)
GROUP BY claim ORDER BY claim
