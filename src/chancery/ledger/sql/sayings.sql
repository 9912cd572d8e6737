-- What is on somebody's word: statements, forecasts, and claims in an outlet's own voice. Each has
-- the outlet that prints it and the slug of its voice. A voice with a full name of several words,
-- or of one and a known state or body, is one voice wherever it is quoted; any other, and every
-- anonymous one, is a voice of its own report. The name is what the report says, word for word.
WITH spoken AS (
    SELECT 'statement' AS what, id, report, voice_kind, voice_actor, voice_full_name,
        coalesce(facets_description_start, voice_name_start) AS first,
        coalesce(facets_description_end, voice_name_end) AS last,
        facets_number, facets_tenure, facets_rank_start, facets_rank_end,
        facets_institution_start, facets_institution_end, facets_reason_start, facets_reason_end
    FROM statements
    UNION ALL BY NAME
    SELECT 'forecast' AS what, forecasts.id, forecasts.report, forecasts.voice_kind,
        forecasts.voice_actor, forecasts.voice_full_name,
        coalesce(facets_description_start, forecasts.voice_name_start) AS first,
        coalesce(facets_description_end, forecasts.voice_name_end) AS last
    FROM forecasts LEFT JOIN statements ON statements.id = forecasts.statement
    UNION ALL BY NAME
    SELECT 'claim' AS what, id, report, voice_kind FROM claims WHERE voice_kind = 'own'
), outlets AS (
    SELECT source, slug_of(source) AS outlet FROM stored_reports GROUP BY source
), named AS (
    SELECT spoken.*, held.source, outlets.outlet,
        voice_kind = 'named' AND voice_full_name IS NOT NULL
            AND (contains(voice_full_name, ' ') OR voice_actor IS NOT NULL) AS everywhere
    FROM spoken
    JOIN (SELECT id, source FROM stored_reports) AS held ON held.id = spoken.report
    JOIN outlets ON outlets.source IS NOT DISTINCT FROM held.source
), places AS (  -- each stretch of a report once, so that a text is fetched once
    SELECT report, list(DISTINCT {'begins': begins, 'ends': ends}) AS stretches
    FROM (
        SELECT report, first AS begins, last AS ends FROM named
            WHERE voice_kind <> 'own' AND NOT everywhere
        UNION ALL SELECT report, facets_rank_start, facets_rank_end FROM named
        UNION ALL SELECT report, facets_institution_start, facets_institution_end FROM named
        UNION ALL SELECT report, facets_reason_start, facets_reason_end FROM named
    ) WHERE begins IS NOT NULL GROUP BY report
), words AS (
    SELECT report, unnest(list_transform(stretches, lambda one: {'begins': one.begins,
        'ends': one.ends, 'words': substring(text, one.begins + 1, one.ends - one.begins)}),
        recursive := true)
    FROM stored_reports JOIN places ON places.report = stored_reports.id
), worded AS (
    SELECT named.*, CASE WHEN everywhere THEN voice_full_name ELSE called.words END AS name,
        ranks.words AS rank, institutions.words AS institution, reasons.words AS reason
    FROM named
    LEFT JOIN words AS called
        ON called.report = named.report AND called.begins = first AND called.ends = last
            AND voice_kind <> 'own' AND NOT everywhere
    LEFT JOIN words AS ranks ON ranks.report = named.report
        AND ranks.begins = facets_rank_start AND ranks.ends = facets_rank_end
    LEFT JOIN words AS institutions ON institutions.report = named.report
        AND institutions.begins = facets_institution_start
        AND institutions.ends = facets_institution_end
    LEFT JOIN words AS reasons ON reasons.report = named.report
        AND reasons.begins = facets_reason_start AND reasons.ends = facets_reason_end
), names AS (
    SELECT name AS told, CASE WHEN name IS NULL THEN 'undescribed'
        ELSE slug_of(name) END AS dashed
    FROM worded GROUP BY name
)
SELECT what, id, report, source, outlet, voice_kind, voice_actor, name, first, everywhere,
    facets_number AS number, facets_tenure AS tenure, rank, institution, reason,
    CASE WHEN voice_kind = 'own' THEN ''
        WHEN everywhere AND NOT contains(name, ' ')
            THEN names.dashed || '-' || slug_of(party_of(voice_actor))
        ELSE names.dashed END AS called,
    CASE WHEN voice_kind = 'own' THEN '~' || outlet
        WHEN NOT everywhere THEN called || '~' || outlet || '~' || substring(report, 5, 8)
        ELSE called END AS slug
FROM worded JOIN names ON told IS NOT DISTINCT FROM name
