-- What the newest reading of one report found to be words of time, in their order.
SELECT times.* EXCLUDE (report, run, ordinal, added) FROM times
WHERE report = $report ORDER BY ordinal
