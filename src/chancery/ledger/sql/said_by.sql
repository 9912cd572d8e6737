-- The ids of statements, of forecasts or of own-voice claims: by a voice, of an outlet, for a state
-- or body. A voice's slug may be cut off after its name, or after its outlet.
WITH linked AS (
    SELECT unnest($linked::STRUCT(slug VARCHAR, root VARCHAR)[], recursive := true)
)
SELECT id
FROM sayings LEFT JOIN linked ON linked.slug = sayings.slug
WHERE what = $what::VARCHAR
    AND ($by::VARCHAR IS NULL OR coalesce(linked.root, sayings.slug) = $by::VARCHAR
        OR (called = $called::VARCHAR
            AND ($by_outlet::VARCHAR IS NULL OR outlet = $by_outlet::VARCHAR)
            AND ($by_report::VARCHAR IS NULL
                OR starts_with(report, 'rep_' || $by_report::VARCHAR))))
    AND ($source::VARCHAR IS NULL OR outlet = $source::VARCHAR)
    AND ($institution::VARCHAR IS NULL OR coalesce(voice_actor, '-') = $institution::VARCHAR)
ORDER BY id
