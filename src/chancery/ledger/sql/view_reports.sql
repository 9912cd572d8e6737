-- Reports, dated, and with the traits that the newest reading found, or a person, beside those that
-- the input states.
CREATE VIEW reports AS
SELECT dated.* EXCLUDE (date_decided, withdrawn) REPLACE (
    list_concat(
        traits, list_filter(
            list_concat(
                coalesce(found.names, []), CASE WHEN withdrawn THEN ['withdrawn'] ELSE [] END),
            lambda one: NOT list_contains(traits, one))
    ) AS traits
), date_decided
FROM dated_reports AS dated
LEFT JOIN (
    SELECT report, list(name ORDER BY ordinal) AS names FROM traits GROUP BY report
) AS found ON found.report = dated.id
