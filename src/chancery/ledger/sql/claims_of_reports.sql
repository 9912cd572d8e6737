-- Claims of the newest runs by their ids, all of them told by some reports: only these reports are
-- asked which of their readings is the newest. By their earliest possible day, as in `claims`.
WITH newest_of AS (
    SELECT report, arg_max(run, ordinal) AS run FROM stored_readings
    WHERE list_contains($reports::VARCHAR[], report) GROUP BY report
)
SELECT all_claims.* EXCLUDE (ordinal, added)
FROM all_claims SEMI JOIN newest_of USING (report, run)
WHERE list_contains($reports::VARCHAR[], report) AND list_contains($ids::VARCHAR[], id)
ORDER BY coalesce(when_first, when_last) NULLS LAST, when_last NULLS LAST, report,
    words_start, trigger_start, id
