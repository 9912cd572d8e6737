-- How many voices there are, under the filters of voices.
WITH linked AS (
    SELECT unnest($linked::STRUCT(slug VARCHAR, root VARCHAR)[], recursive := true)
)
SELECT count(DISTINCT CASE $grouped::VARCHAR WHEN 'outlet' THEN outlet
    WHEN 'institution' THEN coalesce(voice_actor, '-')
    ELSE coalesce(linked.root, sayings.slug) END)::INTEGER
FROM sayings
LEFT JOIN linked ON linked.slug = sayings.slug
WHERE all_take_part([coalesce(voice_actor, '')], $who::VARCHAR[])
    AND voice_is(voice_kind, voice_actor, $voice::VARCHAR)
    AND ($source::VARCHAR IS NULL OR outlet = $source::VARCHAR)
    AND ($institution::VARCHAR IS NULL OR coalesce(voice_actor, '-') = $institution::VARCHAR)
    AND ($grouped::VARCHAR <> 'institution' OR what <> 'claim')
    AND ($called::VARCHAR IS NULL OR coalesce(linked.root, sayings.slug) = $by::VARCHAR
        OR (called = $called::VARCHAR
            AND ($by_outlet::VARCHAR IS NULL OR outlet = $by_outlet::VARCHAR)
            AND ($by_report::VARCHAR IS NULL
                OR starts_with(report, 'rep_' || $by_report::VARCHAR))))
