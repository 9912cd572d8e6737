-- Some claims of the newest runs with their reports' day and the words they rest on, both last: all
-- claims of `reports`, and those named in `claims`, which are of `others`.
WITH told AS MATERIALIZED (
    SELECT id, text, published_first FROM reports
    WHERE list_contains(list_concat($reports::VARCHAR[], $others::VARCHAR[]), id)
), asked AS MATERIALIZED (
    SELECT * FROM claims
    WHERE list_contains(list_concat($reports::VARCHAR[], $others::VARCHAR[]), report)
        AND (list_contains($reports::VARCHAR[], report) OR list_contains($claims::VARCHAR[], id))
)
SELECT asked.* EXCLUDE (ordinal, added), told.published_first AS told_on,
    substring(told.text, asked.words_start + 1, asked.words_end - asked.words_start) AS quoted
FROM asked JOIN told ON told.id = asked.report
ORDER BY asked.id
