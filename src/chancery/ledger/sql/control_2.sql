-- From version 1 to 2: decisions say where the claims stood that they name.
ALTER TABLE decisions ADD COLUMN anchors TEXT NOT NULL DEFAULT '[]';
PRAGMA user_version = 2;
