-- What was left out of the cells, and what was kept.
SELECT coalesce(sum(events) FILTER (actor = target), 0),
    coalesce(sum(events) FILTER (actor IS NULL OR target IS NULL), 0), coalesce(sum(events), 0)
FROM base
