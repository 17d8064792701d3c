"""What a page of the questionnaire offers to pick from."""

from modes.web.questions import shown
from modes.web.words import Words
from surveys.loading import definition
from tests.modes.web.samples import NAMES


def test_a_scale_in_tens_offers_eleven_points_and_one_that_was_given_between_them() -> None:
    asked = definition("children-2012").by_id["rating_0_to_100"]
    for filled_in, offered in (((), range(0, 101, 10)), (("75",), [0, 10, 20, 30, 40, 50, 60, 70, 75, 80, 90, 100])):
        drawn = shown(asked, NAMES, Words("en", "children"), easy=False, filled_in=filled_in)
        assert [option.value for option in drawn.options] == [str(number) for number in offered]
