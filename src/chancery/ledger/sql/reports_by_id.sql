-- Whole reports by their ids, in the order of the list, as in the view `reports`; `added` bounds
-- narrow the search. Only these reports are asked which of their readings is the newest.
WITH newest_of AS (
    SELECT report, arg_max(run, ordinal) AS run FROM stored_readings
    WHERE list_contains($ids::VARCHAR[], report) GROUP BY report
), found AS (
    SELECT report, list(name ORDER BY ordinal) AS names
    FROM stored_traits SEMI JOIN newest_of USING (report, run)
    WHERE list_contains($ids::VARCHAR[], report) GROUP BY report
)
SELECT dated.* EXCLUDE (sketch, added, withdrawn) REPLACE (
    list_concat(
        traits, list_filter(
            list_concat(
                coalesce(found.names, []), CASE WHEN withdrawn THEN ['withdrawn'] ELSE [] END),
            lambda one: NOT list_contains(traits, one))
    ) AS traits
)
FROM dated_reports AS dated LEFT JOIN found ON found.report = dated.id
WHERE list_contains($ids::VARCHAR[], id) AND added BETWEEN $added_first AND $added_last
ORDER BY list_position($ids::VARCHAR[], id)
