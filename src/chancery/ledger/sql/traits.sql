-- The traits of one report, as its newest run found them.
SELECT * EXCLUDE (report, run, ordinal, added) FROM traits WHERE report = $report ORDER BY ordinal
