-- What was left out of the cells, and what was kept.
SELECT coalesce(sum(events) FILTER (NOT apart), 0), coalesce(sum(events) FILTER (apart IS NULL), 0),
    coalesce(sum(events), 0)
FROM sides WHERE once
