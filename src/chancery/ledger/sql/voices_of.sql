-- The slugs of the voices of some statements and forecasts, as they are shown.
WITH linked AS (
    SELECT unnest($linked::STRUCT(slug VARCHAR, root VARCHAR)[], recursive := true)
)
SELECT id, coalesce(linked.root, sayings.slug)
FROM sayings LEFT JOIN linked ON linked.slug = sayings.slug
WHERE id IN (SELECT unnest($ids::VARCHAR[]))
ORDER BY id
