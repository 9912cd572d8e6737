-- What each report says of where it came from: its source, and with it its credits, bylines and
-- datelines.
SELECT id, source, list_concat([coalesce(source, '')], list_transform(
    list_filter(asides, lambda one: one.kind IN ('credit', 'byline', 'dateline')),
    lambda one: substring(text, one.words_start + 1, one.words_end - one.words_start)))
FROM stored_reports
ORDER BY id
