-- Why reports have one root.
SELECT * FROM ties ORDER BY first, second, kind
