-- What each report says of where it came from: its source; its credits, bylines and datelines; and
-- the first and last words of its text, where an agency may be credited too.
SELECT id, source, list_transform(
    list_filter(asides, lambda one: one.kind IN ('credit', 'byline', 'dateline')),
    lambda one: substring(text, one.words_start + 1, one.words_end - one.words_start)),
    [substring(text, CASE WHEN length(title) > 0 THEN length(title) + 2 ELSE 1 END, $edge),
     right(text, $edge)]
FROM stored_reports
WHERE $new_reports IS NULL OR list_contains($new_reports, id)
ORDER BY id
