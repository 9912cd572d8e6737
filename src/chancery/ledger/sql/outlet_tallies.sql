-- How many happenings an outlet tells in which way.
SELECT count(*) FILTER (own)::INTEGER AS own_count, count(*) FILTER (first)::INTEGER AS first_count,
    count(*) FILTER (alone)::INTEGER AS alone_count,
    count(*) FILTER (copied)::INTEGER AS copied_count
FROM tellings
WHERE outlet = $outlet::VARCHAR
