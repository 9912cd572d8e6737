-- The contexts of one report, as its newest run found them.
SELECT * EXCLUDE (report, run, ordinal, added) FROM contexts WHERE report = $report ORDER BY ordinal
