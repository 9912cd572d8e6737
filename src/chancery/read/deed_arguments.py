"""Who and what a word for a deed has beside it, by the tree: subject, object and the rest.

In: a sentence's tree and the deed's word. Out: by role, the words that fill it. A passive's subject
is an object, what "by" brings a subject; a noun's owner is a subject, what "of" brings an object. A
deed without a subject of its own takes that of what it hangs on ("fired him and hired her").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from chancery.read.parse import ROOT, Tree

Roles = dict[str, list[int]]

FARTHEST: Final = 4
"""Words that are climbed to find a subject."""

SHARING: Final = frozenset({"conj", "xcomp", "advcl", "cop", "aux", "parataxis"})
"""Relations over which a subject is shared."""

PASSIVE: Final = frozenset({"aux:pass", "nsubj:pass"})
VERB_ROLES: Final[Mapping[str, str]] = {
    "nsubj:pass": "object", "nsubj": "subject", "obj": "object", "iobj": "object",
    "xcomp": "clause", "ccomp": "clause", "compound:prt": "particle",
}  # fmt: skip


def roles_of(tree: Tree, forms: Sequence[str], deed: int) -> Roles:
    """Return the words in each role: `subject`, `object`, `oblique`, `clause`, `particle`.

    A noun has `modifier`; `governor` is what the deed hangs on. `forms` are the sentence's words
    in small letters.
    """
    roles: Roles = {}
    verbal = _is_verbal(tree, deed)
    for child in tree.children[deed]:
        role = _verb_role(tree, forms, deed, child) if verbal else _noun_role(tree, forms, child)
        if role:
            several = role not in ("clause", "particle", "modifier")
            filled = _with_peers(tree, child) if several else [child]
            roles.setdefault(role, []).extend(filled)
    if not roles.get("subject"):
        _inherit(tree, forms, deed, verbal, roles)
    if tree.heads[deed] != ROOT:
        roles.setdefault("governor", []).append(tree.heads[deed])
    return roles


def antecedent(tree: Tree, word: int) -> int:
    """Return the noun that a relative pronoun stands for; itself where there is none."""
    clause = word
    while tree.deprels[clause] not in ("acl:relcl", "root"):
        clause = tree.heads[clause]
    return word if tree.deprels[clause] == "root" else tree.heads[clause]


def _is_verbal(tree: Tree, deed: int) -> bool:
    relations = [tree.deprels[child] for child in tree.children[deed]]
    return tree.upos[deed] in ("VERB", "AUX") or any(
        relation == "obj" or relation.startswith(("nsubj", "aux")) for relation in relations
    )


def _verb_role(tree: Tree, forms: Sequence[str], deed: int, child: int) -> str | None:
    relation = tree.deprels[child]
    if relation in VERB_ROLES:
        return VERB_ROLES[relation]
    if relation.startswith("nsubj"):
        return "subject"
    if relation.startswith("obl"):
        passive = any(tree.deprels[other] in PASSIVE for other in tree.children[deed])
        by = _case(tree, forms, child) == "by" and passive
        return "subject" if relation == "obl:agent" or by else "oblique"
    return None


def _noun_role(tree: Tree, forms: Sequence[str], child: int) -> str | None:
    relation = tree.deprels[child]
    if relation == "nmod:poss":
        return "subject"
    if relation == "nmod":
        return {"by": "subject", "of": "object"}.get(_case(tree, forms, child), "oblique")
    return "modifier" if relation in ("compound", "amod") else None


def _case(tree: Tree, forms: Sequence[str], word: int) -> str:
    cases = (forms[child] for child in tree.children[word] if tree.deprels[child] == "case")
    return next(cases, "")


def _with_peers(tree: Tree, word: int) -> list[int]:
    return [word, *(child for child in tree.children[word] if tree.deprels[child] == "conj")]


def _inherit(tree: Tree, forms: Sequence[str], deed: int, verbal: bool, roles: Roles) -> None:
    """Add the subject of what the deed hangs on, however far up."""
    word = deed
    for _ in range(FARTHEST):
        governor, relation = tree.heads[word], tree.deprels[word]
        if governor == ROOT or roles.get("subject"):
            return
        if relation in SHARING:
            for child in _subjects(tree, governor):
                passive = tree.deprels[child] == "nsubj:pass" and relation == "conj"
                role = "object" if passive else "subject"
                roles.setdefault(role, []).extend(_with_peers(tree, child))
        elif relation in ("acl:relcl", "acl"):
            participle = relation == "acl" and forms[word].endswith(("ed", "en"))
            roles.setdefault("object" if participle else "subject", []).append(governor)
        elif relation in ("obj", "nsubj:pass") and not verbal and word == deed:
            for child in _subjects(tree, governor):
                if tree.deprels[child] == "nsubj":
                    roles.setdefault("subject", []).extend(_with_peers(tree, child))
        else:
            return
        word = governor


def _subjects(tree: Tree, word: int) -> Iterator[int]:
    for child in tree.children[word]:
        if tree.deprels[child].startswith("nsubj"):
            yield child
