-- Reports that match an expression: those that match in the title first, then the newest.
-- No score of the whole collection is used, so that a snapshot's hits keep their order for ever.
SELECT report_index.report
FROM report_words JOIN report_index ON report_index.number = report_words.rowid
LEFT JOIN (
    SELECT rowid AS titled FROM report_words WHERE report_words MATCH '{title} : (' || ? || ')'
) ON titled = report_words.rowid
WHERE report_words MATCH ? AND report_index.added <= ?
ORDER BY titled IS NULL, day DESC NULLS LAST, report_index.report
LIMIT ?
