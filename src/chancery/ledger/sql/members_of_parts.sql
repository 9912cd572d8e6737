-- The claims of some parts, with their reports, and whether they are loose.
WITH found AS MATERIALIZED (
    SELECT claim, report, part, loose, made FROM read_parquet(getvariable('members_files'))
    WHERE list_contains($parts::VARCHAR[], part)
)
SELECT claim, any_value(report), any_value(loose) FROM found
WHERE NOT EXISTS (FROM retired WHERE retired.part = found.part AND retired.made > found.made)
GROUP BY claim ORDER BY claim
