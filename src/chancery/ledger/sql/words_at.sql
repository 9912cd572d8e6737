-- The words that stand at places of reports' texts. Texts never change, so they are taken as stored.
SELECT report, first, last, substring(text, first + 1, last - first) AS words
FROM (SELECT unnest($places::STRUCT(report VARCHAR, first INTEGER, last INTEGER)[],
    recursive := true)) AS places
JOIN (SELECT id, text FROM stored_reports WHERE list_contains($reports::VARCHAR[], id)) AS told
    ON told.id = report
