"""Reads each gold report with heads that never saw it.

    python training/deeds/folds.py --data FOLDER --start FOLDER --weights FOLDER --roles FOLDER

For every fold the heads of `FOLD.pt` are exported, those of deeds and those of statements
(`--roles`: what `training/statements/train.py` wrote), the states' weights fitted without the fold,
and the fold's reports read by the reader itself; newswire, never trained on, is read with
`all.pt`. All claims, likely or not, go to `candidates.jsonl` with their signs, an offset row each
and no words of any report; `fit_sureness.py` makes of them what the tests score.
"""

from __future__ import annotations

import argparse
import json
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Sequence, Set
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT / "src"), str(HERE), str(ROOT / "tests" / "quality")]

from fit_states import NEWSWIRE, Case, fit, read_cases  # noqa: E402
from reports import FOLDS, Annotated  # noqa: E402

from chancery.lexicon import Lexicon  # noqa: E402
from chancery.model import Claim, Report  # noqa: E402
from chancery.outputs.coding import code_lines  # noqa: E402
from chancery.read import Reader, claims, state_model, sureness  # noqa: E402
from chancery.read.encoder import SHIPPED, Encoder  # noqa: E402

EXPORT_ROLES = HERE.parent / "statements" / "export_roles.py"


def row_of(line: dict[str, Any], text: str) -> dict[str, Any]:
    """Return a coded claim as offsets and codes alone."""
    words = text[line["start"] : line["end"]]
    trigger = line["start"] + words.find(line["trigger"])
    voice = line["voice"]
    return {
        "doc": line["doc"],
        "span": [line["start"], line["end"], trigger, trigger + len(line["trigger"])],
        "actors": [party["id"] for party in line["actors"]],
        "targets": [party["id"] for party in line["targets"]],
        "type": line["type"],
        "standing": line["standing"],
        "when": (line["when"] or {}).get("value"),
        "voice": voice and voice["kind"],
        "score": line["score"],
    }


def read_fold(
    fold: str, reports: list[Annotated], cases: list[Case], weights: Path, roles: Path, start: Path
) -> list[dict[str, Any]]:
    """Read the reports of one fold, or with `all` the newswire."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, HERE / "export_deeds.py", "--weights", weights / f"{fold}.pt"]
        command += ["--start", start, "--base", SHIPPED, "--out", folder]
        subprocess.run(list(map(str, command)), check=True)
        command = [sys.executable, EXPORT_ROLES, "--weights", roles / f"{fold}.pt", "--out", folder]
        subprocess.run(list(map(str, command)), check=True)
        fitted = fit([case for case in cases if str(case.fold) != fold])
        wide = state_model.StateWeights(*(weight.astype("float32") for weight in fitted))
        state_model.state_weights = lambda: wide
        seen: list[dict[str, float]] = []

        def keep_all(
            report: Report, found: Sequence[Claim], cued: Set[str], _: str | None
        ) -> list[Claim]:
            seen[:] = sureness.signs_of(report, found, cued)
            return list(found)

        claims.likely = keep_all
        # What a release tells by its form is known without learning, and weighed by nothing.
        claims.ClaimFinder._with_forms = lambda _, report, found, kept, run: kept
        reader = Reader("small", Lexicon.load(), Encoder.load(folder))
        mine = [
            r
            for r in reports
            if (r.part == NEWSWIRE if fold == "all" else str(r.fold) == fold and r.part != NEWSWIRE)
        ]
        rows = []
        for each in mine:
            lines = list(code_lines(each.report, reader.read_one(each.report), "claims"))
            for line, signs in zip(lines, seen, strict=True):
                rows.append(row_of(line, each.report.text) | {"signs": signs})
    return rows


def main() -> None:
    """Read the arguments and do it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--roles", type=Path, required=True)
    parser.add_argument("--out", type=Path, help="instead of candidates.jsonl beside the data")
    parser.add_argument("--fold", nargs="+", default=[*map(str, range(FOLDS)), "all"])
    arguments = parser.parse_args()
    with (arguments.data / "examples.pickle").open("rb") as file:
        reports = pickle.load(file)["reports"]
    cases = read_cases(arguments.data)
    path = arguments.out or arguments.data / "candidates.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for fold in arguments.fold:
            for row in read_fold(
                fold, reports, cases, arguments.weights, arguments.roles, arguments.start
            ):
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
            print(f"fold {fold} read", flush=True)


if __name__ == "__main__":
    main()
