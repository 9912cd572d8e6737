-- Voices, or the outlets that print them, or the states and bodies that they speak for: what each
-- said, and what became of what it foresaw. `linked` are voices that people said are one, each
-- with the voice it is shown as.
WITH linked AS (
    SELECT unnest($linked::STRUCT(slug VARCHAR, root VARCHAR)[], recursive := true)
), graded AS (
    SELECT unnest($graded::STRUCT(about VARCHAR, grade VARCHAR, decision VARCHAR)[],
        recursive := true)
), said AS (
    SELECT sayings.* EXCLUDE (slug), sayings.slug AS own_slug, state, overdue,
        open_ended.id AS open_ended,
        CASE $grouped::VARCHAR WHEN 'outlet' THEN outlet
            WHEN 'institution' THEN coalesce(voice_actor, '-')
            ELSE coalesce(linked.root, sayings.slug) END AS slug
    FROM sayings
    LEFT JOIN linked ON linked.slug = sayings.slug
    LEFT JOIN outcomes ON what = 'forecast' AND outcomes.forecast = sayings.id
    LEFT JOIN open_ended ON what = 'statement' AND open_ended.id = sayings.id
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
), ranked AS (  -- the rows to be shown, before anything is gathered for them
    SELECT slug FROM said
    WHERE $name::VARCHAR IS NULL OR slug = $name::VARCHAR
    GROUP BY slug
    ORDER BY count(*) FILTER (what = 'statement') DESC, count(*) FILTER (what = 'forecast') DESC,
        count(*) FILTER (what = 'claim') DESC, slug
    LIMIT coalesce($limit::BIGINT, 9223372036854775807) OFFSET coalesce($offset::BIGINT, 0)
), shown AS (
    SELECT said.* FROM said SEMI JOIN ranked USING (slug)
), mostly AS (
    SELECT slug, first(voice_actor ORDER BY times DESC, voice_actor) AS actor
    FROM (SELECT slug, voice_actor, count(*) AS times FROM shown WHERE voice_actor IS NOT NULL
        GROUP BY ALL)
    GROUP BY slug
), counted AS (
    SELECT slug,
        first(voice_kind ORDER BY first NULLS LAST, report, id) AS kind,
        first(name ORDER BY first NULLS LAST, report, id) AS name,
        min(source) AS source,
        coalesce(list_sort(list_distinct(list(name) FILTER (name IS NOT NULL))), []) AS names,
        coalesce(list_sort(list_distinct(list(source) FILTER (source IS NOT NULL))), []) AS outlets,
        list_sort(list_distinct(list(own_slug))) AS slugs,
        CASE WHEN count(DISTINCT report) = 1 AND NOT bool_or(everywhere) THEN min(report) END
            AS report,
        count(DISTINCT report)::INTEGER AS report_count,
        count(*) FILTER (what = 'statement')::INTEGER AS statement_count,
        count(*) FILTER (what = 'statement' AND open_ended IS NOT NULL)::INTEGER AS open_ended_count,
        count(*) FILTER (what = 'claim')::INTEGER AS claim_count,
        count(*) FILTER (what = 'forecast')::INTEGER AS forecast_count,
        count(*) FILTER (state = 'borne out')::INTEGER AS borne_out,
        count(*) FILTER (state = 'partly')::INTEGER AS partly,
        count(*) FILTER (state = 'not borne out')::INTEGER AS not_borne_out,
        count(*) FILTER (state = 'overtaken')::INTEGER AS overtaken,
        count(*) FILTER (state = 'open')::INTEGER AS open,
        count(*) FILTER (state = 'not testable')::INTEGER AS not_testable,
        count(*) FILTER (state = 'open' AND overdue)::INTEGER AS overdue,
        first(number ORDER BY first, id) FILTER (number IS NOT NULL) AS number,
        first(tenure ORDER BY first, id) FILTER (tenure IS NOT NULL) AS tenure,
        first(rank ORDER BY first, id) FILTER (rank IS NOT NULL) AS rank,
        first(institution ORDER BY first, id) FILTER (institution IS NOT NULL) AS institution,
        first(reason ORDER BY first, id) FILTER (reason IS NOT NULL) AS reason
    FROM shown GROUP BY slug
)
SELECT counted.slug, $grouped::VARCHAR AS grouped,
    CASE WHEN $grouped::VARCHAR = 'voice' THEN kind END AS kind,
    CASE $grouped::VARCHAR WHEN 'voice' THEN name WHEN 'outlet' THEN source END AS name,
    CASE WHEN $grouped::VARCHAR <> 'outlet' THEN actor END AS actor,
    CASE WHEN $grouped::VARCHAR = 'voice' THEN names ELSE [] END AS names,
    outlets, CASE WHEN $grouped::VARCHAR = 'voice' THEN slugs ELSE [] END AS slugs,
    counted.* EXCLUDE (slug, kind, name, names, outlets, slugs, source, number, tenure, rank,
        institution, reason),
    COLUMNS(['number', 'tenure', 'rank', 'institution', 'reason']),
    coalesce(graded.grade, 'F') AS reliability, graded.decision AS judged
FROM counted
LEFT JOIN mostly USING (slug)
LEFT JOIN graded
    ON graded.about = CASE $grouped::VARCHAR WHEN 'outlet' THEN 'source:' ELSE 'voice:' END
        || counted.slug
ORDER BY statement_count DESC, forecast_count DESC, claim_count DESC, counted.slug
