-- Pairs of reports worth comparing, with how many days apart they were published.
SELECT pairs.one, pairs.other, abs(datediff('day',
    coalesce(first.published_first, first.published_last),
    coalesce(second.published_first, second.published_last)))::INTEGER
FROM alike_pairs($least_shared, $most_reports) AS pairs
JOIN reports AS first ON first.id = pairs.one
JOIN reports AS second ON second.id = pairs.other
ORDER BY pairs.one, pairs.other
