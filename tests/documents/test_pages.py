"""Slides are the pages of a paper that is slides; what is too full is told whichever way the format was asked for."""

from engine.documents.pages import with_pages
from tests.documents.slides.decks import TEXT, deck
from tests.documents.slides.test_plan import FULL


def test_slides_are_counted_as_pages() -> None:
    made = with_pages(deck(TEXT, formats=("pptx", "md"), most_pages=5))
    assert (made.pages, made.problems) == (5, ())
    (problem,) = with_pages(deck(TEXT, formats=("pptx", "md"), most_pages=4)).problems
    assert problem.code == "too-long" and "5 页，上限 4 页" in problem.message.zh


def test_a_full_slide_is_told_also_where_the_format_is_asked_for_by_name() -> None:
    paper = deck(FULL["text"], formats=("md",))
    assert with_pages(paper).problems == ()
    assert [p.code for p in with_pages(paper, ("pptx",)).problems] == ["slide-full"]
    assert with_pages(paper, ("pptx",)).pages is None


def test_a_paper_with_a_pdf_is_measured_on_it() -> None:
    made = with_pages(deck(TEXT, formats=("pptx", "pdf"), most_pages=4))
    assert made.pages is not None and made.pages < 5 and made.problems == ()


def test_a_pdf_asked_for_beside_slides_does_not_change_their_count() -> None:
    made = with_pages(deck(TEXT, formats=("pptx",), most_pages=5), ("pptx", "pdf"))
    assert (made.pages, made.problems) == (5, ())
