-- What people settled, in the order they did.
CREATE VIEW decisions AS
SELECT unnest(
    CAST(getvariable('decisions_made') AS STRUCT(
        id VARCHAR, about VARCHAR, verdict VARCHAR, reason VARCHAR, who VARCHAR, made VARCHAR,
        undoes VARCHAR, added BIGINT)[]),
    recursive := true)
