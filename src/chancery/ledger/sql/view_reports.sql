-- Reports, with the day a person has settled in place of the stored one, and with the traits that
-- the newest reading found beside those that the input states.
CREATE VIEW reports AS
SELECT stored.* REPLACE (
    CASE WHEN dated.report IS NULL THEN published_first ELSE dated.first_day END
        AS published_first,
    CASE WHEN dated.report IS NULL THEN published_last ELSE dated.last_day END
        AS published_last,
    CASE WHEN dated.report IS NULL THEN published_basis ELSE 'stated' END AS published_basis,
    CASE WHEN dated.report IS NULL THEN published_words_start END AS published_words_start,
    CASE WHEN dated.report IS NULL THEN published_words_end END AS published_words_end,
    list_concat(
        traits, list_filter(coalesce(found.names, []), lambda one: NOT list_contains(traits, one))
    ) AS traits
), dated.report IS NOT NULL AS date_decided
FROM stored_reports AS stored
LEFT JOIN (
    SELECT report, list(name ORDER BY ordinal) AS names FROM traits GROUP BY report
) AS found ON found.report = stored.id
LEFT JOIN (
    SELECT unnest(
        CAST(getvariable('dates_decided')
            AS STRUCT(report VARCHAR, first_day DATE, last_day DATE)[]),
        recursive := true)
) AS dated ON dated.report = stored.id
