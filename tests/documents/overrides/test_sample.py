"""Made-up pilots: nothing of a playbook is left empty in the full one, and its papers can be rendered."""

import pytest

from engine.documents.overrides.sample import samples
from engine.documents.render import render_paper
from engine.resources import shipped_playbooks
from tests.documents import sample


def test_the_full_one_has_a_value_for_everything() -> None:
    empty, full = samples(sample.book(), sample.calendar(), sample.NOW)
    book = sample.book()
    assert not empty.pilot.fields and set(full.pilot.fields) == set(book.fields)
    assert set(full.pilot.rows["faults"][1]) == {"what", "room", "state"}
    assert set(full.pilot.people) == set(book.roles)


@pytest.mark.parametrize("name", shipped_playbooks())
def test_every_paper_of_a_shipped_playbook_can_be_made_of_it(name: str) -> None:
    from engine.load import load

    loaded = load(name)
    for one in samples(loaded.playbook, sample.calendar(), sample.NOW):
        for document in loaded.playbook.documents:
            made = render_paper(
                loaded.playbook, one.pilot, one.events, document, calendar=sample.calendar(), now=sample.NOW,
                hospital="样例医院", templates=loaded.bundle.templates,
            )  # fmt: skip
            assert made.words > 100
