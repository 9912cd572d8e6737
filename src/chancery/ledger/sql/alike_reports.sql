-- Pairs of some wanted reports with any others whose sketches share enough hashes to be worth
-- comparing, with how many days apart they were published. Each pair comes once where all reports
-- are wanted bit by bit; where they are `new`, it comes whichever of the two is wanted.
WITH wanted AS (
    SELECT id, len(sketch) AS size, unnest(sketch) AS hash FROM stored_reports
    WHERE id IN (SELECT unnest($wanted))
), spread AS (
    SELECT id, len(sketch) AS size, unnest(sketch) AS hash FROM stored_reports
), others AS (
    SELECT spread.* FROM spread SEMI JOIN wanted USING (hash)
), telling AS (
    SELECT hash FROM others GROUP BY hash HAVING count(*) BETWEEN 2 AND $most_reports
), pairs AS (
    SELECT least(wanted.id, others.id) AS one, greatest(wanted.id, others.id) AS other
    FROM wanted JOIN telling USING (hash) JOIN others USING (hash)
    WHERE wanted.id < others.id
        OR ($new AND wanted.id > others.id AND others.id NOT IN (SELECT unnest($wanted)))
    GROUP BY wanted.id, others.id
    HAVING count(*) >= greatest(
        $least_shared, $least_sketch * least(any_value(wanted.size), any_value(others.size)))
)
SELECT pairs.one, pairs.other, abs(datediff('day',
    coalesce(first.published_first, first.published_last),
    coalesce(second.published_first, second.published_last)))::INTEGER
FROM pairs
JOIN reports AS first ON first.id = pairs.one
JOIN reports AS second ON second.id = pairs.other
ORDER BY pairs.one, pairs.other
