-- Who is named in the rows that are in no cell. None of them names two different parties.
INSERT INTO sides
SELECT coalesce(actor, target), true, actor <> target AS apart, CAST({period} AS DATE) AS period, quad,
    count(*), {weight_sum}
FROM counted WHERE {left_out} GROUP BY ALL
