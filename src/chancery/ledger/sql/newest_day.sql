-- The day of the newest report: what forecasts are overdue by.
SELECT max(published_first) FROM report_days
