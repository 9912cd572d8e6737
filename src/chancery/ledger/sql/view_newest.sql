-- The newest reading of each report: the one whose claims count.
CREATE VIEW newest AS
SELECT report, max(ordinal) AS ordinal, arg_max(run, ordinal) AS run
FROM stored_readings
GROUP BY report
