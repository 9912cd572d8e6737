-- The two voices of some proposals, by their ids or by the voices; both are voices of its report.
SELECT pairs.id, one.slug, other.slug
FROM same_sources AS pairs
JOIN sayings AS one ON one.report = pairs.report AND one.first = pairs.first_start
JOIN sayings AS other ON other.report = pairs.report AND other.first = pairs.second_start
WHERE ($ids::VARCHAR[] IS NULL OR pairs.id IN (SELECT unnest($ids::VARCHAR[])))
    AND ($slugs::VARCHAR[] IS NULL OR list_contains($slugs::VARCHAR[], one.slug)
        OR list_contains($slugs::VARCHAR[], other.slug))
    AND NOT one.everywhere AND NOT other.everywhere
GROUP BY ALL ORDER BY ALL
