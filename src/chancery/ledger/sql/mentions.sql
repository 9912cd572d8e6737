-- What the newest reading of one report found to be names of actors, in their order.
SELECT mentions.* EXCLUDE (report, run, ordinal, added) FROM mentions
WHERE report = $report ORDER BY ordinal
