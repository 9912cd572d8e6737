-- The runs of each report's readings, in their order.
SELECT report, list(run ORDER BY ordinal) FROM stored_readings
WHERE list_contains($ids, report)
GROUP BY report
