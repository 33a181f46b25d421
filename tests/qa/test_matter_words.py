"""A word is of a matter of its own where one of the listed words stands anywhere in it."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.qa.question import QuestionReader


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
@given(data=st.data(), around=st.tuples(st.text("人的费期A1", max_size=6), st.text("人的费期A1", max_size=6)))
def test_a_matter_s_word_is_found_wherever_it_stands(
    reader: QuestionReader, data: st.DataObject, around: tuple[str, str]
) -> None:
    matters = sorted(reader._matters)
    before, behind = around
    assert reader._is_matter(before + data.draw(st.sampled_from(matters)) + behind)
    cut = data.draw(st.sampled_from(matters))[1:]
    assert reader._is_matter(cut) == any(matter in cut for matter in matters)
    assert reader._is_matter(before + behind) == any(matter in before + behind for matter in matters)
