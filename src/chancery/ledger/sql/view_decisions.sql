-- What people settled, in the order they did.
CREATE VIEW decisions AS
SELECT unnest(
    CAST(getvariable('decisions_made') AS STRUCT(
        id VARCHAR, about VARCHAR, verdict VARCHAR, reason VARCHAR, who VARCHAR, made VARCHAR,
        undoes VARCHAR, anchors STRUCT(claim VARCHAR, report VARCHAR, trigger_start INTEGER,
        trigger_end INTEGER, frame VARCHAR)[], added BIGINT)[]),
    max_depth := 2)
