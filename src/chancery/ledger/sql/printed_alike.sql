-- Which of some reports have the address of another report, or its outlet and its title.
WITH these AS (
    SELECT id, url, title, source FROM stored_reports WHERE list_contains($reports::VARCHAR[], id)
)
SELECT DISTINCT one.id
FROM these AS one JOIN stored_reports AS other ON one.id <> other.id
    AND (one.url = other.url OR (one.title = other.title AND one.source = other.source))
ORDER BY one.id
