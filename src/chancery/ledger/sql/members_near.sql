-- The claims that share a key on days that meet; with their reports. The few rows of these keys are
-- taken out first, and only they are asked whether a later commit has retired them.
WITH wanted AS (
    SELECT unnest($keys::STRUCT(key VARCHAR, first_day INTEGER, last_day INTEGER)[],
        max_depth := 2)
), found AS MATERIALIZED (
    SELECT key, claim, report, first_day, last_day, part, made
    FROM read_parquet(getvariable('members_files'))
    WHERE list_contains($names::VARCHAR[], key)
)
SELECT DISTINCT claim, report FROM found JOIN wanted USING (key)
WHERE found.first_day <= wanted.last_day AND wanted.first_day <= found.last_day
    AND NOT EXISTS (FROM retired WHERE retired.part = found.part AND retired.made > found.made)
ORDER BY claim
