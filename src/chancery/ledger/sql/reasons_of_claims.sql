-- Reasons of the newest runs, of claims that are told by some reports: only these reports are asked
-- which of their readings is the newest. In the order of `reasons`.
WITH newest_of AS (
    SELECT report, arg_max(run, ordinal) AS run FROM stored_readings
    WHERE list_contains($reports::VARCHAR[], report) GROUP BY report
), days AS (
    SELECT report, published_first FROM report_days
    WHERE list_contains($reports::VARCHAR[], report)
)
SELECT reasons.* EXCLUDE (run, ordinal, added)
FROM (SELECT stored_reasons.* FROM stored_reasons SEMI JOIN newest_of USING (report, run)
    WHERE list_contains($reports::VARCHAR[], report) AND list_contains($claims::VARCHAR[], claim)) AS reasons JOIN days USING (report)
ORDER BY published_first NULLS LAST, report, passage_start, reasons.id
