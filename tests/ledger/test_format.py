"""The ledger's format is documented: every column, every table, every line of the policy."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from chancery.ledger import Ledger
from chancery.ledger.control import Control
from chancery.ledger.tables import DECISIONS, TABLES
from chancery.model import Happening

DOCS = Path(__file__).resolve().parents[2] / "docs"
VIEWS = (*TABLES, "all_claims", "decisions")


def documented(table: str) -> str:
    """The page's common columns, and the section of one table."""
    page = (DOCS / "ledger-format.md").read_text("utf-8")
    common = page.partition("## Columns common")[2].partition("\n## ")[0]
    heading = re.search(rf"^## (?:\w+, )*{table}\b.*?(?=^## |\Z)", page, re.M | re.S)
    assert heading, f"docs/ledger-format.md has no section on {table}"
    return common + heading[0]


@pytest.mark.parametrize("table", VIEWS)
def test_every_column_is_documented(shared_ledger: Ledger, table: str) -> None:
    page = documented(table)
    for row in shared_ledger.sql(f"DESCRIBE {table}"):
        name = row["column_name"]
        beginning = f"`{name.split('_')[0]}_…`"
        assert f"`{name}`" in page or beginning in page, f"{table}.{name}"


def test_every_part_of_a_struct_is_documented() -> None:
    for table in (*TABLES.values(), DECISIONS):
        for column in table.columns:
            for item in column.items:
                assert f"`{item.name}`" in documented(table.name), f"{column.name}.{item.name}"


def test_every_control_table_is_documented(tmp_path: Path) -> None:
    control = Control(tmp_path / "control.sqlite")
    page = (DOCS / "ledger-format.md").read_text("utf-8").partition("## The control file")[2]
    with control.transaction() as sql:
        rows = sql.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    for name in {row[0] for row in rows}:
        if not name.startswith("report_words_"):
            assert f"`{name}`" in page, name
    control.close()


def test_the_settings_file_says_what_it_must(shared_ledger: Ledger) -> None:
    settings = tomllib.loads((shared_ledger.path / "chancery.toml").read_text("utf-8"))
    assert settings["format"] == 1
    assert "SHA-256" in settings["ids"]["recipe"]


@pytest.mark.parametrize("field", ["actors", "standing", "targets", "when", "where"])
def test_every_dispute_is_documented(field: str) -> None:
    assert field in Happening.__struct_fields__
    assert f"`{field}`" in (DOCS / "reconcile.md").read_text("utf-8")


def test_the_page_on_reconciling_has_the_policy_s_numbers() -> None:
    from chancery.ledger.policy import load_policy

    page = (DOCS / "reconcile.md").read_text("utf-8")
    policy = load_policy()
    copies, anew = policy.copies, policy.retranslations
    for number in (
        copies.least_share,
        copies.least_share_same_outlet,
        copies.most_days_apart,
        anew.least_names,
        anew.least_numbers,
        anew.least_names_alone,
    ):
        assert str(number) in page
    for family, standings in policy.families.items():
        assert f"*{family}* ({', '.join(standings)})" in page
