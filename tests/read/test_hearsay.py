"""Through whom words came, and who unnamed voices are, on statements and on claims."""

from __future__ import annotations

from datetime import date

import pytest

from chancery.model import Reading, Report, When
from chancery.read import Reader

DAY = When(first=date(2020, 2, 10), last=date(2020, 2, 10), basis="stated")


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


def read(reader: Reader, text: str, published: When = DAY) -> Reading:
    return reader.read_one(Report(id="rep_0", text=text, published=published))


TOLD = "A Baltic official said that Mitchell told them Belarus had expelled ten American diplomats."


def test_a_statement_keeps_both_voices(reader: Reader) -> None:
    [statement] = read(reader, TOLD).statements
    [link] = statement.voice.chain
    assert link.outer.of(TOLD) == "A Baltic official"
    assert (link.inner.of(TOLD), link.cue.of(TOLD), link.kind) == ("Mitchell", "told", "told")


@pytest.mark.parametrize("name", ["small", "frames"])
def test_a_claim_has_the_chain_of_its_statement(name: str) -> None:
    reading = read(Reader.load(name), TOLD)
    assert reading.claims
    assert {claim.voice for claim in reading.claims} == {reading.statements[0].voice}


def test_a_chain_goes_from_the_outermost_to_the_innermost(reader: Reader) -> None:
    text = "Reuters reported that the minister said that the envoy had told him of the storm."
    chains = [one.voice.chain for one in read(reader, text).statements]
    longest = max(chains, key=len)
    assert [link.outer.of(text) for link in longest] == ["Reuters", "the minister"]
    assert longest[-1].inner.of(text) == "the envoy"


def test_who_speaks_alone_has_no_chain(reader: Reader) -> None:
    text = "The minister said that the road was open. The envoy said nothing of it."
    assert not any(one.voice.chain for one in read(reader, text).statements)


def test_an_anonymous_voice_has_its_facets(reader: Reader) -> None:
    text = (
        "Two senior State Department officials, who were not authorised to speak, said that "
        "the talks had failed."
    )
    [statement] = read(reader, text).statements
    facets = statement.facets
    assert facets
    assert facets.rank
    assert facets.institution
    assert facets.reason
    assert (facets.number, facets.rank.of(text)) == ("two", "senior")
    assert facets.institution.of(text) == "State Department"
    assert facets.reason.of(text) == "not authorised to speak"


def test_a_named_voice_has_none(reader: Reader) -> None:
    [statement] = read(reader, "Foreign Minister Vladimir Makei said the road was open.").statements
    assert statement.facets is None


def test_two_labels_of_one_source_are_proposed_and_kept_apart(reader: Reader) -> None:
    text = "Two congressmen said that Turkey lied. The Hill aides said that Greece was right."
    reading = read(reader, text)
    [proposal] = reading.same_sources
    assert (proposal.first.of(text), proposal.second.of(text)) == (
        "Two congressmen", "The Hill aides",
    )  # fmt: skip
    assert "legislature" in proposal.reason
    assert len({one.voice.name for one in reading.statements}) == 2


def test_traits_come_with_their_words(reader: Reader) -> None:
    text = "President Poetin met Loekashenko in Minsk."
    [trait] = read(reader, text).traits
    assert trait.name == "reads as translation"
    assert [one.words.of(text) for one in trait.evidence if one.words] == ["Poetin", "Loekashenko"]


def test_an_undated_report_says_so_until_it_has_a_day(reader: Reader) -> None:
    text = "The ministers met in Rome."
    assert [trait.name for trait in read(reader, text, When()).traits] == ["undated report"]
    assert read(reader, text).traits == ()


def test_the_contexts_of_a_report_are_kept_beside_those_of_its_claims(reader: Reader) -> None:
    text = "Turkey attacked Syria. Voters went home. The ballot was late."
    reading = read(reader, text)
    assert [(one.name, [cue.of(text) for cue in one.cues]) for one in reading.contexts] == [
        ("election", ["Voters", "ballot"])
    ]
    assert not any("election" in claim.contexts for claim in reading.claims)


def test_a_letter_that_grows_in_small_does_not_shift_the_cues(reader: Reader) -> None:
    text = "İstanbul, İzmir: voters went home. The ballot was late."
    [context] = [one for one in read(reader, text).contexts if one.name == "election"]
    assert [cue.of(text) for cue in context.cues] == ["voters", "ballot"]
